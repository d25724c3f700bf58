// Plays the labelled incidents over fresh seeds, analyses each capture and compares with the truth:
//   npm run accuracy [-- --seeds 3 --first 1 --only churn --json FILE --verbose]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { INCIDENTS } from '../simulator/incidents/catalogue.js';
import { judgeIncident, type Row } from './accuracy-row.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const rows: Row[] = [];
for (let seed = Number(values.first); seed < Number(values.first) + Number(values.seeds); seed += 1) {
  for (const incident of INCIDENTS) {
    if (!incident.id.includes(values.only)) continue;
    rows.push(...(await judgeIncident(incident, seed)));
  }
}

console.log(
  '| incident | seed | verdict | confidence | right | culprit | destination | rate | rate of the log | incidents | delay | ledger | settings | plan | next weaker |',
);
console.log(`|${' --- |'.repeat(15)}`);
for (const row of rows) {
  const shown = [
    row.incident,
    row.seed,
    row.verdict,
    row.confidence,
    row.right,
    row.culprit,
    row.destination,
    row.rate,
    row.logRate,
    row.incidents,
    row.delay,
  ];
  console.log(`| ${[...shown, row.ledger, row.settings, row.plan, row.weaker].join(' | ')} |`);
  if (values.verbose) for (const miss of row.misses) console.log(`    ${miss}`);
}
const count = (wanted: (row: Row) => boolean): number => rows.filter(wanted).length;
console.log('');
console.log(`incidents             ${String(rows.length)} (${String(INCIDENTS.length)} labelled)`);
console.log(`verdict right         ${String(count((row) => row.right === 'yes'))}`);
console.log(`honestly undetermined ${String(count((row) => row.right === 'honest'))}`);
console.log(
  `verdict wrong         ${String(count((row) => row.right === 'no'))}, at high ${String(count((row) => row.right === 'no' && row.confidence === 'high'))}`,
);
console.log(`confidence too high   ${String(count((row) => row.tooSure))}`);
console.log(
  `culprit right         ${String(count((row) => row.culprit === 'yes'))} of ${String(count((row) => row.culprit !== '–'))}`,
);
console.log(
  `destination right     ${String(count((row) => row.destination === 'yes'))} of ${String(count((row) => row.destination !== '–'))}`,
);
console.log(
  `rate inside           ${String(count((row) => row.rate.startsWith('in')))} of ${String(count((row) => row.rate !== '–'))}`,
);
console.log(
  `rate of the log in    ${String(count((row) => row.logRate.startsWith('in')))} of ${String(count((row) => row.logRate !== '–'))}`,
);
console.log(
  `incidents apart right ${String(count((row) => row.incidents.startsWith('all')))} of ${String(count((row) => row.incidents !== '–'))}`,
);
console.log(
  `delay inside          ${String(count((row) => row.delay.startsWith('in')))} of ${String(count((row) => row.delay !== '–'))}`,
);
console.log(
  `ledger exact          ${String(count((row) => row.ledger === '0'))} of ${String(count((row) => row.ledger !== '–'))}`,
);
console.log(`settingsHelp right    ${String(count((row) => row.settings === 'yes'))}`);
console.log(
  `advice that helps     ${String(count((row) => row.plan.startsWith('holds')))} of ${String(count((row) => row.plan !== '–'))}`,
);
console.log(
  `weaker plan breaks    ${String(count((row) => row.weaker === 'breaks'))} of ${String(count((row) => row.weaker !== '–'))}`,
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2));
// A wrong verdict, one surer than the capture allows, a port miscounted, or advice that does not hold is a fault of reasoning.
const faults = rows.filter(
  (row) =>
    row.right === 'no' ||
    row.tooSure ||
    row.culprit === 'no' ||
    row.settings === 'no' ||
    row.weaker === 'would do' ||
    row.logRate.startsWith('out') ||
    row.incidents.startsWith('not all') ||
    row.plan.startsWith('fails') ||
    (row.ledger !== '0' && row.ledger !== '–'),
);
for (const fault of faults) console.error(`${fault.incident} seed ${String(fault.seed)}: ${fault.misses.join('; ')}`);
if (faults.length > 0) process.exitCode = 1;
