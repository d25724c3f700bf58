import type { EventRole } from '../../model/report.js';

/** Changes (a service started, an update) are kept only this near to an onset: a busy System log holds them by the thousand. */
const CHANGES_AROUND_ONSET = 40;

/** Which events of a file are kept, in bounded memory. */
export class ChangesNearOnset<Event> {
  readonly #recent: Event[] = [];
  #toKeep = 0;

  /** The events that are to be kept now that this one was read, in their order. */
  keptWith(event: Event, role: EventRole): readonly Event[] {
    if (role === 'change') {
      if (this.#toKeep > 0) {
        this.#toKeep -= 1;
        return [event];
      }
      this.#recent.push(event);
      if (this.#recent.length > CHANGES_AROUND_ONSET) this.#recent.shift();
      return [];
    }
    if (role !== 'onset') return [event];
    this.#toKeep = CHANGES_AROUND_ONSET;
    return [...this.#recent.splice(0), event];
  }
}
