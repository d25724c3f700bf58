import type { Progress } from '../model/analysis.js';
import type { TextOutput } from './io.js';
import { terminalText } from './terminal-text.js';

/** Ten times a second is as fast as anybody reads. */
const EVERY_MS = 100;
const ERASE_LINE = '\r\u001B[K';

/** One line on a terminal that says how far the reading has come, and leaves nothing behind. */
export class ProgressLine {
  readonly #output: TextOutput;
  readonly #now: () => number;
  #lastMs = -Infinity;
  #shown = false;

  constructor(output: TextOutput, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  show({ pass, file, bytesDone, bytesTotal }: Progress): void {
    const nowMs = this.#now();
    if (nowMs - this.#lastMs < EVERY_MS) return;
    this.#lastMs = nowMs;
    this.#shown = true;
    const share = bytesTotal === 0 ? 0 : Math.floor((100 * bytesDone) / bytesTotal);
    const line = `${pass === 'survey' ? 'Surveying' : 'Reading'} ${String(share).padStart(3)} %  ${terminalText(file)}`;
    this.#output.write(ERASE_LINE + line.slice(0, Math.max((this.#output.columns ?? 80) - 1, 20)));
  }

  clear(): void {
    if (this.#shown) this.#output.write(ERASE_LINE);
    this.#shown = false;
  }
}
