import type { analyze } from '../analyze.js';
import type { Platform } from '../model/input.js';
import type { TemporaryFiles } from './temporary-files.js';

export interface TextOutput {
  readonly isTTY: boolean;
  /** Width in characters, null where the output is no terminal. */
  readonly columns: number | null;
  write(text: string): void;
}

/** The parts that make a report: loaded only when a command needs them. */
export interface Engine {
  readonly analyze: typeof analyze;
  readonly platform: Platform;
}

/** The world as a run sees it, so that a test can be the world. */
export interface Io {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Identity of the file that standard input is redirected from, null when it is none. */
  readonly stdinIdentity: () => string | null;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** The capture that ships with the package. */
  readonly sampleCapture: string;
  readonly temporaryFiles: TemporaryFiles;
  /** UTC milliseconds. */
  readonly now: () => number;
  loadEngine(): Promise<Engine>;
}
