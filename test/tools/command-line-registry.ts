import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exit-code.js';
import type { Io } from '../../src/cli/io.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { createProgram } from '../../src/cli/program.js';
import { run } from '../../src/cli/run.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import type { HostReport } from '../../src/model/report.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { aHost, aReport, words } from '../cli/a-report.js';

/** What is run to show the shape of standard output; the report is that of two hosts. */
const SHOWN = [
  ['--version'],
  ['analyze', 'evidence'],
  ['analyze', 'evidence', '-o', 'a.html', '-o', 'b.json'],
  ['analyze', 'evidence', '-q', '-o', 'c.html'],
  ['sample'],
];

/**
 * What other programs may rely on when they call this one, one line each: commands, arguments, options, endings of outputs, exit
 * codes, and what stands on standard output.
 */
export async function commandLineRegistry(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portmortem-registry-'));
  try {
    writeFileSync(join(folder, 'evidence'), 'TCP');
    const { io } = world(folder);
    const lines = createProgram(io, RENDERINGS).commands.flatMap((command) => [
      `command ${command.name()}`,
      ...command.registeredArguments.map(
        (argument) => `command ${command.name()} <${argument.name()}${argument.variadic ? '...' : ''}>`,
      ),
      ...command.options.map(({ flags }) => `command ${command.name()} ${flags}`),
    ]);
    const endings = RENDERINGS.map(({ suffix }) => `output ${suffix}`);
    const codes = Object.entries(ExitCode).map(([name, code]) => `exit code ${String(code)} ${name}`);
    return [...lines, ...endings, ...codes, ...(await printed(folder))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function printed(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const argv of SHOWN) {
    const { io, stdout } = world(folder);
    const exitCode = await run(argv, io);
    const shown = `portmortem ${argv.join(' ')}`;
    lines.push(`${shown} ends with ${String(exitCode)}`);
    for (const line of stdout().split('\n').slice(0, -1)) lines.push(`${shown} prints ${line}`);
  }
  return lines;
}

function judged(host: string): HostReport {
  const { verdict } = aHost();
  return aHost({ host, verdict: { ...verdict, summary: words(`The verdict on ${host}.`) } });
}

function world(cwd: string): { io: Io; stdout: () => string } {
  let said = '';
  const output = (write: (text: string) => void): Io['stdout'] => ({ isTTY: false, columns: null, write });
  const io: Io = {
    stdout: output((text) => (said += text)),
    stderr: output(() => undefined),
    stdin: { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) },
    stdinIdentity: () => null,
    cwd,
    env: {},
    version: 'VERSION',
    sampleCapture: cwd,
    temporaryFiles: new TemporaryFiles(),
    now: () => Date.UTC(2026, 2, 3, 8),
    loadEngine: () =>
      Promise.resolve({
        platform: nodePlatform,
        analyze: () => Promise.resolve(aReport({ hosts: ['RDSH01', 'APP02'].map(judged) })),
      }),
  };
  return { io, stdout: () => said };
}
