// Writes the goldens of every scenario again, one for each rendering, the registries of what is published, and the picture and the
// table of formats of README.md: npm run goldens
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { VERSION } from '../../src/model/version.js';
import { PICTURE, PICTURED_SCENARIO, pictureText } from '../support/picture.js';
import { goldenPath, goldensOf, goldenText, scenarioNames, scenarioReport } from '../support/scenarios.js';
import { REGISTRIES, brokenPromises, publishedLines } from './published.js';
import { withFormats } from './readme-formats.js';

for (const scenario of scenarioNames()) {
  const goldens = await goldensOf(await scenarioReport(scenario));
  for (const [golden, text] of goldens) {
    const path = goldenPath(scenario, golden);
    const before = goldenText(scenario, golden);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`${path}: ${before === null ? 'new' : before === text ? 'unchanged' : 'changed'}`);
  }
  for (const name of readdirSync(goldenPath(scenario, ''))) {
    if (goldens.has(name)) continue;
    rmSync(goldenPath(scenario, name));
    console.log(`${goldenPath(scenario, name)}: removed`);
  }
}

for (const { path, lines, warnedOf } of REGISTRIES) {
  const [before, after] = [publishedLines(path), await lines()];
  const broken = brokenPromises(before, after, VERSION, warnedOf);
  if (broken.length > 0) throw new Error(`${path}: published names never go: ${broken.join('; ')}`);
  writeFileSync(path, `${after.join('\n')}\n`);
  console.log(`${path}: ${before.join() === after.join() ? 'unchanged' : 'changed'}`);
}

mkdirSync(dirname(PICTURE), { recursive: true });
writeFileSync(PICTURE, pictureText(goldenText(PICTURED_SCENARIO, 'report.html') ?? ''));
console.log(`${PICTURE}: written`);

const readme = readFileSync('README.md', 'utf8');
writeFileSync('README.md', withFormats(readme));
console.log(`README.md: ${withFormats(readme) === readme ? 'unchanged' : 'changed'}`);
