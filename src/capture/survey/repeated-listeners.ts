import type { ConnectionRow } from '../../model/connection.js';

/** One process may listen twice on a port; that several do, each on its own, is another capture below the first. */
const FEWEST_REPEATED = 3;
const MOST_LISTENERS = 4096;

/** Tells a table in which the same listeners stand twice: captures were appended to one file, and nothing sets them apart. */
export class RepeatedListeners {
  readonly #seen = new Set<string>();
  readonly #again = new Set<string>();

  addListener({ localAddress, localPort, pid, owner }: ConnectionRow): void {
    const key = `${localAddress}|${String(localPort)}|${String(pid)}|${owner}`;
    if (this.#seen.has(key)) this.#again.add(key);
    else if (this.#seen.size < MOST_LISTENERS) this.#seen.add(key);
  }

  /** At least three listeners, and half of all, stand there more than once. */
  get areSeveralCaptures(): boolean {
    return this.#again.size >= FEWEST_REPEATED && this.#again.size * 2 >= this.#seen.size;
  }
}
