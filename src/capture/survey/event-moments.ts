import { eventRole } from '../../model/event-role.js';
import type { LogEvent } from '../../model/log-event.js';
import { groupMoments, type EventMoment } from './event-groups.js';

/** Changes (a service started, an update) are kept only this near to an onset: a busy System log holds them by the thousand. */
const CHANGES_AROUND_ONSET = 40;
/** Far more than any readable report; from here on what lies near one another becomes one group while the file is still read. */
const MAX_MOMENTS = 20_000;

/** The interesting events of one file, in bounded memory. */
export class EventMoments {
  #moments: EventMoment[] = [];
  readonly #recentChanges: LogEvent[] = [];
  #changesToKeep = 0;
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
    if (known.role === 'change') {
      if (this.#changesToKeep > 0) {
        this.#changesToKeep -= 1;
        this.#keep(event);
        return;
      }
      this.#recentChanges.push(event);
      if (this.#recentChanges.length > CHANGES_AROUND_ONSET) this.#recentChanges.shift();
      return;
    }
    if (known.role === 'onset') {
      for (const change of this.#recentChanges.splice(0)) this.#keep(change);
      this.#changesToKeep = CHANGES_AROUND_ONSET;
    }
    this.#keep(event);
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
      sample: event,
      records: recordId === null ? [] : [{ recordId, atMs }],
    });
  }
}
