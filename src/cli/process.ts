import { fstatSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ExitCode } from './exit-code.js';
import { identityOf } from './file-identity.js';
import type { Engine, TextOutput } from './io.js';
import { run } from './run.js';
import { TemporaryFiles } from './temporary-files.js';

/** Runs the command line of this process and sets its exit code. */
export async function runInProcess(version: string): Promise<void> {
  const temporaryFiles = new TemporaryFiles();
  process.once('SIGINT', () => {
    temporaryFiles.removeAll();
    process.exit(ExitCode.interrupted);
  });
  for (const stream of [process.stdout, process.stderr]) {
    // `portmortem schema | head`: the reader has seen enough, which is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      temporaryFiles.removeAll();
      process.exit(ExitCode.done);
    });
  }

  process.exitCode = await run(process.argv.slice(2), {
    stdout: textOutput(process.stdout),
    stderr: textOutput(process.stderr),
    stdin: process.stdin,
    stdinIdentity,
    cwd: process.cwd(),
    env: process.env,
    version,
    sampleCapture: fileURLToPath(new URL('../../fixtures/scenarios/rdsh-no-buffer-space/capture', import.meta.url)),
    temporaryFiles,
    now: () => Date.now(),
    loadEngine,
  });
}

function textOutput(stream: NodeJS.WriteStream): TextOutput {
  return {
    isTTY: stream.isTTY,
    // Some pseudo terminals say 0.
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : null,
    write: (text) => void stream.write(text),
  };
}

function stdinIdentity(): string | null {
  const stats = fstatSync(0, { bigint: true });
  return stats.isFile() ? identityOf(stats) : null;
}

async function loadEngine(): Promise<Engine> {
  const [{ analyze }, { nodePlatform }, { renderHtml }, { renderJson }] = await Promise.all([
    import('../analyze.js'),
    import('./node-platform.js'),
    import('../report/html.js'),
    import('../report/json.js'),
  ]);
  return { analyze, platform: nodePlatform, renderHtml, renderJson };
}
