import { imageKey, type ProcessRecord } from '../../model/process.js';
import type { Stamp } from '../../model/stamp.js';

/** A busy terminal server lists some thousands of processes; a night of lists repeats them. */
const MAX_PROCESSES = 50_000;

export interface SeenProcess {
  readonly hostText: string | null;
  readonly record: ProcessRecord;
  firstStamp: Stamp | null;
  lastStamp: Stamp | null;
}

/** The processes that the lists of a file name, each once, with the times of the first and the last list that has it. */
export class SeenProcesses {
  readonly #seen = new Map<string, SeenProcess>();

  /** False where there are more than anybody could have; it is left out then. */
  add(record: ProcessRecord, host: string | null, stamp: Stamp | null): boolean {
    const key = `${host ?? ''}|${String(record.pid)}|${imageKey(record.image)}|${record.services.join()}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined) seen.lastStamp = stamp;
    else if (this.#seen.size >= MAX_PROCESSES) return false;
    else this.#seen.set(key, { hostText: host, record, firstStamp: stamp, lastStamp: stamp });
    return true;
  }

  list(): SeenProcess[] {
    return [...this.#seen.values()];
  }
}
