// The program as a process whose current folder is gone; its arguments are the command line.
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInProcess } from '../../src/cli/run-in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'portmortem-test-'));
process.chdir(folder);
rmdirSync(folder);
await runInProcess('1.2.3');
