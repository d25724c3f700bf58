// Prints `passed failed skipped` of a vitest JSON report, and on stderr what was skipped: nothing is left out in silence.
import { existsSync, readFileSync } from 'node:fs';

if (!existsSync(process.argv[2])) {
  console.error('the tests left no results');
  process.exit(1);
}
const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const count = (status) => tests.filter((test) => test.status === status).length;
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
for (const { fullName } of skipped) console.error(`skipped: ${fullName}`);
// A file that fails to load has no tests of its own.
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
console.log(count('passed'), count('failed') + broken.length, skipped.length);
