import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files that must not outlive the run, however it ends. Synchronous, so that a signal handler can call it. */
export class TemporaryFiles {
  readonly #paths = new Set<string>();

  /** A new folder that only this user can read. */
  newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'portmortem-'));
    this.#paths.add(folder);
    return folder;
  }

  add(path: string): void {
    this.#paths.add(path);
  }

  /** The file has its final name now. */
  forget(path: string): void {
    this.#paths.delete(path);
  }

  removeAll(): void {
    for (const path of this.#paths) rmSync(path, { recursive: true, force: true });
    this.#paths.clear();
  }
}
