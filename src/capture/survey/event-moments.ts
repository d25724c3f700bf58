import { eventRole } from '../../model/event-role.js';
import type { LogEvent } from '../../model/log-event.js';
import { ChangesNearOnset } from './changes-near-onset.js';
import { groupMoments, type EventMoment } from './event-groups.js';

/** Far more than any readable report; from here on what lies near one another becomes one group while the file is still read. */
const MAX_MOMENTS = 20_000;

/** The interesting events of one file, in bounded memory. */
export class EventMoments {
  #moments: EventMoment[] = [];
  readonly #changes = new ChangesNearOnset<LogEvent>();
  #isFull = false;
  /** Events that found no place. */
  overflow = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  addEvent(event: LogEvent): void {
    const known = eventRole(event.provider, event.id);
    if (known === null) return;
    for (const kept of this.#changes.keptWith(event, known.role)) this.#keep(kept);
  }

  list(): readonly EventMoment[] {
    return this.#moments;
  }

  #keep(event: LogEvent): void {
    const known = eventRole(event.provider, event.id);
    if (known === null) return;
    if (this.#moments.length >= MAX_MOMENTS && !this.#isFull) {
      this.#moments = groupMoments(this.#moments);
      this.#isFull = this.#moments.length > MAX_MOMENTS / 2;
    }
    if (this.#isFull) {
      this.overflow += 1;
      return;
    }
    const { provider, id, atMs, recordId } = event;
    this.#moments.push({
      provider,
      id,
      role: known.role,
      weight: known.weight,
      file: this.#file,
      fromMs: atMs,
      toMs: atMs,
      count: 1,
      clockErrorSeconds: 0,
      sample: event,
      records: recordId === null ? [] : [{ recordId, atMs }],
    });
  }
}
