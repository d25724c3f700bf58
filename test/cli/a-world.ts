import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine, Io } from '../../src/cli/io.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { run } from '../../src/cli/run.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import type { AnalysisOptions } from '../../src/model/analysis.js';
import type { EvidenceFile } from '../../src/model/input.js';
import { RENDERINGS, type Rendering } from '../../src/render/renderings.js';
import { aReport } from './a-report.js';

/** A folder with these files, gone when the test is over. */
export function aFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'portmortem-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the engine was given; null when the command line never came to it. */
  readonly analysed: { readonly files: readonly EvidenceFile[]; readonly options: AnalysisOptions } | null;
  /** Temporary folders left over. */
  readonly temporaryFiles: TemporaryFiles;
}

interface World {
  readonly cwd: string;
  readonly terminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: readonly string[] | AsyncIterable<Uint8Array>;
  readonly stdinIdentity?: string;
  readonly engine?: Partial<Engine>;
  readonly sampleCapture?: string;
  /** In place of the program's own, which are not run. */
  readonly renderings?: readonly Rendering[];
}

/** The suffixes of the program with next to nothing in the files. */
const STAND_INS: readonly Rendering[] = RENDERINGS.map((rendering) => ({
  ...rendering,
  render: () => Promise.resolve(rendering.suffix === '.html' ? '<!doctype html>' : '{}'),
}));

/** Runs one command line in a made-up world with an engine that reports a healthy host. */
export async function runIn(world: World, ...argv: string[]): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  let analysed: Outcome['analysed'] = null;
  const temporaryFiles = new TemporaryFiles();
  const terminal = world.terminal ?? false;
  const engine: Engine = {
    platform: nodePlatform,
    analyze: () => Promise.resolve(aReport()),
    ...world.engine,
  };
  const io: Io = {
    stdout: { isTTY: terminal, columns: terminal ? 100 : null, write: (text) => void (stdout += text) },
    stderr: { isTTY: terminal, columns: terminal ? 100 : null, write: (text) => void (stderr += text) },
    stdin: isList(world.stdin) ? bytesOf(world.stdin) : (world.stdin ?? bytesOf([])),
    stdinIdentity: () => world.stdinIdentity ?? null,
    cwd: world.cwd,
    env: world.env ?? {},
    version: '1.2.3',
    sampleCapture: world.sampleCapture ?? world.cwd,
    temporaryFiles,
    now: () => Date.UTC(2026, 2, 3, 8),
    loadEngine: () =>
      Promise.resolve({
        ...engine,
        analyze: (files, platform, options, onProgress) => {
          analysed = { files, options };
          return engine.analyze(files, platform, options, onProgress);
        },
      }),
  };
  const exitCode = await run(argv, io, world.renderings ?? STAND_INS);
  return { exitCode, stdout, stderr, analysed, temporaryFiles };
}

/** The whole content of a file of evidence, as the core would read it. */
export async function contentOf(file: EvidenceFile): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.open()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('latin1');
}

function isList(stdin: World['stdin']): stdin is readonly string[] {
  return Array.isArray(stdin);
}

async function* bytesOf(texts: readonly string[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text, 'latin1'));
}
