import type { TextOutput } from './io.js';
import { systemErrorCode, systemErrorReason } from './system-error.js';

/** Standard output or standard error of the process, which may be full or closed. */
export class StandardOutput implements TextOutput {
  readonly isTTY: boolean;
  readonly columns: number | null;
  readonly #stream: NodeJS.WriteStream;
  #failure: Error | null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.isTTY = stream.isTTY;
    // Some pseudo terminals say 0.
    this.columns = stream.isTTY && stream.columns > 0 ? stream.columns : null;
    this.#failure = stream.errored;
    stream.on('error', (error: Error) => {
      this.#failure ??= error;
    });
  }

  write(text: string): void {
    if (this.#failure === null) this.#stream.write(text);
  }

  /** Waits until everything is written and returns why not all of it could be; null also when the reader has seen enough. */
  async flush(): Promise<string | null> {
    if (this.#failure === null) {
      await new Promise<void>((resolve) => {
        // An error is announced after the callbacks of what could not be written.
        this.#stream.write('', () => setImmediate(resolve));
      });
    }
    if (this.#failure === null) return null;
    // `portmortem schema | head`: no error.
    if (systemErrorCode(this.#failure) === 'EPIPE') return null;
    return systemErrorReason(this.#failure) ?? this.#failure.message;
  }
}
