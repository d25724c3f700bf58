import { eventRole } from '../../model/event-role.js';
import type { EventInWords } from '../../model/log-event.js';
import type { EventRole } from '../../model/report.js';
import { ChangesNearOnset } from './changes-near-onset.js';

/** Far more than any readable report. */
const MAX_EVENTS_KEPT = 20_000;

/** An event of a text that means something here; where in time it belongs is not known before all files are read. */
export interface WordedEvent {
  readonly role: EventRole;
  readonly weight: number;
  readonly event: EventInWords;
}

/** The interesting events that one file tells in words, in the order of the file, in bounded memory. */
export class EventsInWords {
  readonly #kept: WordedEvent[] = [];
  readonly #changes = new ChangesNearOnset<WordedEvent>();
  /** Events that found no place. */
  overflow = 0;

  addEvent(event: EventInWords): void {
    const known = eventRole(event.provider, event.id);
    if (known === null) return;
    const { role, weight } = known;
    for (const kept of this.#changes.keptWith({ role, weight, event }, role)) {
      if (this.#kept.length < MAX_EVENTS_KEPT) this.#kept.push(kept);
      else this.overflow += 1;
    }
  }

  list(): readonly WordedEvent[] {
    return this.#kept;
  }
}
