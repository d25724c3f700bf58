import { eventRole } from '../model/event-role.js';
import type { EventGroup } from '../model/event-group.js';
import type { LogEvent } from '../model/log-event.js';

const MINUTE_MS = 60_000;
/** Changes (a service started, an update) are kept only this near to an onset: a busy System log holds them by the thousand. */
const CHANGES_AROUND_ONSET = 40;
/** Far more kinds-by-minute than any readable report; beyond it events are only counted. */
const MAX_GROUPS = 20_000;

/** Folds the interesting events of one file into groups by provider, id, host and minute, in bounded memory. */
export class EventGroups {
  readonly #groups = new Map<string, EventGroup>();
  readonly #recentChanges: LogEvent[] = [];
  #changesToKeep = 0;
  /** Events that found no place. */
  overflow = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(event: LogEvent): void {
    const known = eventRole(event.provider, event.id);
    if (known === null) return;
    if (known.role === 'change') {
      if (this.#changesToKeep > 0) {
        this.#changesToKeep -= 1;
        this.#group(event);
        return;
      }
      this.#recentChanges.push(event);
      if (this.#recentChanges.length > CHANGES_AROUND_ONSET) this.#recentChanges.shift();
      return;
    }
    if (known.role === 'onset') {
      for (const change of this.#recentChanges.splice(0)) this.#group(change);
      this.#changesToKeep = CHANGES_AROUND_ONSET;
    }
    this.#group(event);
  }

  list(): EventGroup[] {
    return [...this.#groups.values()].sort((a, b) => a.fromMs - b.fromMs);
  }

  #group(event: LogEvent): void {
    const known = eventRole(event.provider, event.id);
    if (known === null) return;
    const minute = Math.floor(event.atMs / MINUTE_MS);
    const key = `${event.provider.toLowerCase()}|${String(event.id)}|${event.host ?? ''}|${String(minute)}`;
    const group = this.#groups.get(key);
    if (group !== undefined) {
      group.count += 1;
      group.fromMs = Math.min(group.fromMs, event.atMs);
      group.toMs = Math.max(group.toMs, event.atMs);
      return;
    }
    if (this.#groups.size >= MAX_GROUPS) {
      this.overflow += 1;
      return;
    }
    this.#groups.set(key, {
      provider: event.provider,
      id: event.id,
      role: known.role,
      weight: known.weight,
      file: this.#file,
      fromMs: event.atMs,
      toMs: event.atMs,
      count: 1,
      sample: event,
    });
  }
}
