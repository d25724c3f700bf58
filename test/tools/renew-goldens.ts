// Writes expected/report.json and expected/report.html of every scenario again, and the picture of README.md: npm run goldens
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PICTURE, PICTURED_SCENARIO, pictureText } from '../support/picture.js';
import { GOLDENS, goldenPath, goldenText, renderings, scenarioNames, scenarioReport } from '../support/scenarios.js';

for (const scenario of scenarioNames()) {
  const texts = renderings(await scenarioReport(scenario));
  for (const golden of GOLDENS) {
    const path = goldenPath(scenario, golden);
    const before = goldenText(scenario, golden);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, texts[golden]);
    const what = before === null ? 'new' : before === texts[golden] ? 'unchanged' : 'changed';
    console.log(`${path}: ${what}`);
  }
}

mkdirSync(dirname(PICTURE), { recursive: true });
writeFileSync(PICTURE, pictureText(goldenText(PICTURED_SCENARIO, 'report.html') ?? ''));
console.log(`${PICTURE}: written`);
