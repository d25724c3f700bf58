// Writes capture/ and truth.json of every story again: node test/tools/run-typescript.mjs test/tools/write-scenarios.ts
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STORIES } from '../simulator/incidents/stories.js';

for (const { incident, seed } of STORIES) {
  const folder = join('fixtures', 'scenarios', incident.id);
  const capture = join(folder, 'capture');
  const { files, truth } = incident.make(seed);
  rmSync(capture, { recursive: true, force: true });
  mkdirSync(capture, { recursive: true });
  for (const { name, bytes } of files) writeFileSync(join(capture, name), bytes);
  writeFileSync(join(folder, 'truth.json'), JSON.stringify({ seed, ...truth }, null, 2) + '\n');
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  console.log(
    `${incident.id}: ${String(files.length)} files, ${String(size)} bytes, ${String(truth.failures.count)} failures`,
  );
}
