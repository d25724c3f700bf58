import type { EventGroup } from '../../model/event-group.js';

/** A group is one moment of a host's life: what follows its first event within this time belongs to it. */
const GROUP_SPAN_MS = 60_000;
/** Records remembered of one group, to know them again in another export of the same log. */
const MAX_RECORDS = 100;

/** One event or some near one another, with the record numbers that tell whether another file repeats them. */
export interface EventMoment extends EventGroup {
  readonly records: readonly { readonly recordId: number; readonly atMs: number }[];
}

/**
 * Groups of events of one kind (provider, id, host), each at most a minute long, in time order. Where a minute begins on the clock
 * means nothing. A record that several exports of one log hold (the same channel, number and time) counts once.
 */
export function groupMoments(moments: readonly EventMoment[]): EventMoment[] {
  const groups: EventMoment[] = [];
  const open = new Map<string, number>();
  const seen = new Set<string>();
  for (const moment of [...moments].sort(inTimeOrder)) {
    // What may have been hours away says nothing of the minute of another.
    const kind = `${moment.provider.toLowerCase()}|${String(moment.id)}|${moment.sample.host ?? ''}|${String(moment.clockErrorSeconds)}`;
    const records = moment.records.filter(({ recordId, atMs }) => {
      const key = `${kind}|${moment.sample.channel ?? ''}|${String(recordId)}|${String(atMs)}`;
      return !seen.has(key) && seen.add(key);
    });
    // What a group counted beyond the records it remembers is repeated where those are.
    const isRepeated = records.length < moment.records.length;
    const fresh = isRepeated ? { ...moment, records, count: records.length } : moment;
    if (fresh.count === 0) continue;
    const at = open.get(kind);
    const group = at === undefined ? undefined : groups[at];
    if (at !== undefined && group !== undefined && fresh.toMs - group.fromMs <= GROUP_SPAN_MS) {
      groups[at] = {
        ...group,
        toMs: Math.max(group.toMs, fresh.toMs),
        count: group.count + fresh.count,
        records: group.records.length >= MAX_RECORDS ? group.records : [...group.records, ...records],
      };
    } else {
      open.set(kind, groups.length);
      groups.push(fresh);
    }
  }
  return groups;
}

function inTimeOrder(a: EventMoment, b: EventMoment): number {
  if (a.fromMs !== b.fromMs) return a.fromMs - b.fromMs;
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.sample.line - b.sample.line;
}
