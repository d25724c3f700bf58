import { MINUTE_MS } from '../../model/durations.js';
import { grouped } from '../../model/grouped.js';
import type { EventMoment } from '../survey/event-groups.js';

const SECOND_MS = 1000;

/** An event with what its text leaves out of its time, in seconds. */
export interface TimedMoment {
  readonly moment: EventMoment;
  readonly precisionSeconds: number;
}

/**
 * Which events have been told, so that another text that tells them does not count them again. Without record numbers all that is left
 * of an event is its kind and its second: what several files tell of it is as much as the one that tells most.
 */
export class EventsTold {
  readonly #counts = new Map<string, number>();

  /** Events of a log in UTC. */
  addLog(host: string, moments: readonly EventMoment[]): void {
    const timed = moments.map((moment) => [moment.file, { moment, precisionSeconds: 1 }] as const);
    for (const own of grouped(timed).values()) this.fresh(host, own);
  }

  /** Of the events of one file those that none before it told. */
  fresh(host: string, events: readonly TimedMoment[]): EventMoment[] {
    const own = new Map<string, number>();
    const fresh = events.filter(({ moment, precisionSeconds }) => {
      const [second, minute] = [keyOf(host, moment, SECOND_MS), keyOf(host, moment, MINUTE_MS)];
      for (const key of [second, minute]) own.set(key, (own.get(key) ?? 0) + moment.count);
      const key = precisionSeconds > 1 ? minute : second;
      return (own.get(key) ?? 0) > (this.#counts.get(key) ?? 0);
    });
    for (const [key, count] of own) this.#counts.set(key, Math.max(count, this.#counts.get(key) ?? 0));
    return fresh.map(({ moment }) => moment);
  }
}

function keyOf(host: string, { provider, id, fromMs }: EventMoment, unitMs: number): string {
  return `${host}|${provider.toLowerCase()}|${String(id)}|${String(unitMs)}|${String(Math.floor(fromMs / unitMs))}`;
}
