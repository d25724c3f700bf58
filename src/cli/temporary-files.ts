import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemErrorReason } from './system-error.js';

/** Files that must not outlive the run, however it ends. Synchronous, so that a signal finds every one that exists. */
export class TemporaryFiles {
  readonly #paths = new Set<string>();

  /** A new folder that only this user can read. */
  newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'portmortem-'));
    this.#paths.add(folder);
    return folder;
  }

  /**
   * A new empty file in `folder`, open for writing, that only this user can read. Nobody can guess its name and lay a link
   * there; and the name is short, so that it fits wherever the final one does.
   */
  newFile(folder: string): { readonly path: string; readonly descriptor: number } {
    const path = join(folder, `.portmortem-${randomBytes(8).toString('hex')}.tmp`);
    const descriptor = openSync(path, 'wx', 0o600);
    this.#paths.add(path);
    return { path, descriptor };
  }

  add(path: string): void {
    this.#paths.add(path);
  }

  /** The file is gone, or is to stay. */
  forget(path: string): void {
    this.#paths.delete(path);
  }

  /** Removes what can be removed and returns the paths that stay, each with the reason. Never throws. */
  removeAll(): string[] {
    const staying: string[] = [];
    for (const path of this.#paths) {
      try {
        rmSync(path, { recursive: true, force: true });
      } catch (error) {
        staying.push(`${path}: ${systemErrorReason(error) ?? String(error)}`);
      }
    }
    this.#paths.clear();
    return staying;
  }
}
