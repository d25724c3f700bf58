import { MINUTE_MS } from '../../model/durations.js';
import { grouped } from '../../model/grouped.js';
import type { EventInWords } from '../../model/log-event.js';
import type { EventMoment } from '../survey/event-groups.js';

/** Zones are quarters of an hour apart, fourteen hours from UTC at most. */
const STEP_MINUTES = 15;
const FURTHEST_MINUTES = 14 * 60;
/** The second of one event agrees by chance once in 900, the minute once in 15: of the latter several must agree. */
const NEEDED_BY_MINUTE = 3;
/** Where less than the minute is known, anything agrees. */
const COARSEST_SECONDS = 60;
/** More tell nothing new of the zone. */
const MOST_COMPARED = 500;

/**
 * The offset in minutes from UTC of a text whose events a log has in UTC, too: the one by which most of them fall on the very second
 * of such an event. Null where none does, or two offsets explain as many.
 */
export function offsetOfSameEvents(
  worded: readonly { readonly event: EventInWords; readonly localMs: number }[],
  logged: readonly EventMoment[],
): number | null {
  const byKind = grouped(logged.map((moment) => [kindOf(moment), moment.fromMs] as const));
  const votes = new Map<number, number>();
  const timed = worded.filter(({ event }) => event.precisionSeconds <= COARSEST_SECONDS);
  for (const { event, localMs } of timed.slice(0, MOST_COMPARED)) {
    const offsets = (byKind.get(kindOf(event)) ?? []).flatMap((utcMs) => offsetBetween(event, localMs, utcMs) ?? []);
    for (const offset of new Set(offsets)) votes.set(offset, (votes.get(offset) ?? 0) + 1);
  }
  const [first, second] = [...votes].sort(([, a], [, b]) => b - a);
  const needed = worded.some(({ event }) => event.precisionSeconds === 1) ? 1 : NEEDED_BY_MINUTE;
  if (first === undefined || first[1] < needed || first[1] === second?.[1]) return null;
  return first[0];
}

function offsetBetween({ precisionSeconds }: EventInWords, localMs: number, utcMs: number): number | null {
  const minutes = Math.round((localMs - utcMs) / MINUTE_MS / STEP_MINUTES) * STEP_MINUTES;
  if (Math.abs(minutes) > FURTHEST_MINUTES) return null;
  // A text cuts the fraction of a second off, or the seconds; one that has milliseconds may have rounded them.
  const cutMs = utcMs + minutes * MINUTE_MS - localMs;
  return cutMs >= -1 && cutMs < precisionSeconds * 1000 ? minutes : null;
}

function kindOf({ provider, id }: Pick<EventMoment, 'provider' | 'id'>): string {
  return `${provider.toLowerCase()}|${String(id)}`;
}
