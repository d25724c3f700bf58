import { fstatSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ExitCode } from './exit-code.js';
import { identityOf } from './file-identity.js';
import type { Engine } from './io.js';
import { run } from './run.js';
import { StandardOutput } from './standard-output.js';
import { systemErrorReason } from './system-error.js';
import { TemporaryFiles } from './temporary-files.js';
import { UserError } from './user-error.js';

/** Signals that end a run, each with 128 and its number. */
const SIGNALS = [
  ['SIGHUP', ExitCode.hungUp],
  ['SIGINT', ExitCode.interrupted],
  ['SIGTERM', ExitCode.terminated],
] as const;

/** Runs the command line of this process and sets its exit code. */
export async function runInProcess(version: string): Promise<void> {
  const temporaryFiles = new TemporaryFiles();
  for (const [signal, exitCode] of SIGNALS) {
    process.once(signal, () => {
      temporaryFiles.removeAll();
      process.exit(exitCode);
    });
  }
  const stdout = new StandardOutput(process.stdout);
  const stderr = new StandardOutput(process.stderr);
  const exitCode = await run(process.argv.slice(2), {
    stdout,
    stderr,
    stdin: standardInput(),
    stdinIdentity,
    get cwd() {
      return workingFolder();
    },
    env: process.env,
    version,
    sampleCapture: fileURLToPath(new URL('../../fixtures/scenarios/rdsh-no-buffer-space/capture', import.meta.url)),
    temporaryFiles,
    now: () => Date.now(),
    loadEngine,
  });
  process.exitCode = await exitCodeOnceSaid(exitCode, stdout, stderr);
}

/** What could not be said was not done: a run whose output is lost does not end with 0. */
async function exitCodeOnceSaid(exitCode: ExitCode, stdout: StandardOutput, stderr: StandardOutput): Promise<ExitCode> {
  const unsaid = await stdout.flush();
  if (unsaid !== null) {
    stderr.write(`portmortem: standard output: cannot be written: ${unsaid}; send the output elsewhere\n`);
  }
  const unheard = await stderr.flush();
  return exitCode === ExitCode.done && (unsaid ?? unheard) !== null ? ExitCode.usage : exitCode;
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    throw new UserError('the current folder', reason, 'change to an existing folder and start again');
  }
}

/** A folder gives Node no bytes and no error. */
async function* standardInput(): AsyncGenerator<Uint8Array, void, undefined> {
  if (fstatSync(0).isDirectory()) throw new UserError('-', 'standard input is a folder', 'name the folder instead');
  yield* process.stdin as AsyncIterable<Uint8Array>;
}

function stdinIdentity(): string | null {
  const stats = fstatSync(0, { bigint: true });
  return stats.isFile() ? identityOf(stats) : null;
}

async function loadEngine(): Promise<Engine> {
  const [{ analyze }, { nodePlatform }] = await Promise.all([import('../analyze.js'), import('./node-platform.js')]);
  return { analyze, platform: nodePlatform };
}
