#!/usr/bin/env node
import { readFileSync } from 'node:fs';

// Asked for by scripts on every start: answered before anything else is loaded.
const asked = process.argv[2];
if (process.argv.length === 3 && (asked === '--version' || asked === '-V')) {
  // Full or closed: the whole program knows what to say and how to end.
  process.stdout.once('error', () => void runProgram());
  process.stdout.write(`${packageVersion()}\n`);
} else {
  await runProgram();
}

async function runProgram(): Promise<void> {
  const { runInProcess } = await import('./run-in-process.js');
  await runInProcess(packageVersion());
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}
