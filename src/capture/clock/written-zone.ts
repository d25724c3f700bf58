import type { EventGroup } from '../../model/event-group.js';
import { IANA_ZONES } from './windows-zones.js';
import { offsetByRules } from './zone-rules.js';

/** Offset in minutes at an instant. */
export type OffsetAt = (utcMs: number) => number;

interface WrittenZone {
  readonly atMs: number;
  /** Standard offset in minutes. */
  readonly standard: number;
  readonly name: string;
}

/** The zones in `480 Pacific Standard Time` of EventLog 6013: local + bias = UTC, whatever the time of the year. */
export function writtenZones(uptimeEvents: readonly EventGroup[]): WrittenZone[] {
  return uptimeEvents.flatMap(({ sample }) => {
    const zone = sample.data.map(({ value }) => /^(-?\d{1,3}) (\D.*)$/.exec(value)).find((match) => match !== null);
    if (zone?.[1] === undefined || zone[2] === undefined) return [];
    return [{ atMs: sample.atMs, standard: -Number(zone[1]), name: zone[2].trim() }];
  });
}

/**
 * The rules of the one zone that a host names. null where it names none, several, or one in its own language, and where the bias beside
 * the name is not what the rules say: zones have been given other rules, on hosts without the update too.
 */
export function zoneRules(uptimeEvents: readonly EventGroup[]): OffsetAt | null {
  const written = writtenZones(uptimeEvents);
  const [name, ...others] = new Set(written.map((zone) => zone.name));
  const zone = IANA_ZONES.get(name ?? '');
  if (zone === undefined || others.length > 0) return null;
  const offset = offsetByRules(zone);
  const fits = written.every(({ atMs, standard }) => [standard, standard + 60].includes(offset(atMs)));
  return fits ? offset : null;
}
