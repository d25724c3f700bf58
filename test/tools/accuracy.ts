// Plays the labelled incidents over fresh seeds, analyses each capture and compares with the truth:
//   npm run accuracy [-- --seeds 3 --first 1 --only churn --json FILE --reports FILE --verbose]
// --reports writes a line for each incident and seed with the SHA-256 of its JSON report: a change that must not change any report
// leaves that file equal.
// Anything that is neither right nor honestly left open is a fault of reasoning: it is printed, and the exit code is 1.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderJson } from '../../src/index.js';
import { INCIDENTS } from '../simulator/incidents/catalogue.js';
import { isFault, judgeIncident, type Row } from './accuracy-row.js';
import { tableHead, tableLine, tally } from './accuracy-table.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    reports: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const rows: Row[] = [];
const reports: string[] = [];
console.log(tableHead());
for (let seed = Number(values.first); seed < Number(values.first) + Number(values.seeds); seed += 1) {
  for (const incident of INCIDENTS) {
    if (!incident.id.includes(values.only)) continue;
    const { rows: judged, report } = await judgeIncident(incident, seed);
    const hash = createHash('sha256').update(renderJson(report)).digest('hex');
    reports.push(`${incident.id} ${String(seed)} ${hash}\n`);
    for (const row of judged) {
      rows.push(row);
      console.log(tableLine(row));
      if (values.verbose) for (const miss of row.misses) console.log(`    ${miss}`);
    }
  }
}
console.log(`\n${tally(rows, INCIDENTS.length)}`);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2));
if (values.reports !== undefined) writeFileSync(values.reports, reports.join(''));
const faults = rows.filter(isFault);
for (const fault of faults) console.error(`${fault.incident} seed ${String(fault.seed)}: ${fault.misses.join('; ')}`);
if (rows.length === 0) console.error(`no incident's id contains ${values.only}`);
if (faults.length > 0 || rows.length === 0) process.exitCode = 1;
