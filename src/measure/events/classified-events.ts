import {
  FIXED_PORT_REFUSED,
  NAT_POOL_EXHAUSTED,
  TCP_PORT_SPACE_EXHAUSTED,
  TIME_WAIT_COLLISION,
  UDP_PORT_SPACE_EXHAUSTED,
  STARTED_IDS,
} from '../../model/event-role.js';
import type { EventGroup } from '../../model/event-group.js';

/**
 * 5719, 1129 and 1055 are also written while the network comes up at boot, and mean nothing then (KB 938449). How long that
 * takes is nowhere documented; ten minutes is ours.
 */
const BOOT_RACE_MS = 10 * 60_000;
const BOOT_RACE_IDS: readonly number[] = [5719, 1129, 1055];
const NON_PAGED_POOL_IDS: readonly number[] = [2019, 2020];

/** The events of a host sorted by what they mean here. */
export interface ClassifiedEvents {
  readonly all: readonly EventGroup[];
  readonly collisions: readonly EventGroup[];
  readonly tcpExhausted: readonly EventGroup[];
  readonly udpExhausted: readonly EventGroup[];
  readonly symptoms: readonly EventGroup[];
  /** Symptoms that the boot race explains. */
  readonly bootRace: readonly EventGroup[];
  readonly boots: readonly EventGroup[];
  readonly changes: readonly EventGroup[];
  readonly lookAlikes: readonly EventGroup[];
  readonly poolShortages: readonly EventGroup[];
  /** A NAT of this host had no port left for what stands behind it. */
  readonly natPools: readonly EventGroup[];
  /** A program was refused the port it is set up with. */
  readonly fixedPorts: readonly EventGroup[];
  /** Uptime that the latest EventLog 6013 states, in seconds. */
  readonly uptimeSeconds: number | null;
  readonly uptimeEvent: EventGroup | null;
}

export function classifyEvents(all: readonly EventGroup[]): ClassifiedEvents {
  const onset = (id: number): EventGroup[] => all.filter((group) => group.role === 'onset' && group.id === id);
  const context = (...ids: readonly number[]): EventGroup[] =>
    all.filter(({ id, role }) => role === 'context' && ids.includes(id));
  const boots = all.filter((group) => group.role === 'boot' && STARTED_IDS.includes(group.id));
  const symptoms = all.filter(({ role }) => role === 'symptom');
  const isBootRace = (group: EventGroup): boolean =>
    BOOT_RACE_IDS.includes(group.id) &&
    boots.some((boot) => group.fromMs >= boot.fromMs && group.fromMs - boot.fromMs <= BOOT_RACE_MS);
  let uptimeSeconds: number | null = null;
  let uptimeEvent: EventGroup | null = null;
  for (const group of all) {
    if (group.id !== 6013 || group.role !== 'boot') continue;
    const seconds = group.sample.data.map(({ value }) => value).find((value) => /^\d{1,10}$/.test(value));
    if (seconds !== undefined && group.fromMs >= (uptimeEvent?.fromMs ?? -Infinity)) {
      uptimeSeconds = Number(seconds);
      uptimeEvent = group;
    }
  }
  return {
    all,
    collisions: onset(TIME_WAIT_COLLISION),
    tcpExhausted: onset(TCP_PORT_SPACE_EXHAUSTED),
    udpExhausted: onset(UDP_PORT_SPACE_EXHAUSTED),
    symptoms: symptoms.filter((group) => !isBootRace(group)),
    bootRace: symptoms.filter(isBootRace),
    boots,
    changes: all.filter(({ role }) => role === 'change'),
    lookAlikes: all.filter(({ role }) => role === 'look-alike'),
    poolShortages: context(...NON_PAGED_POOL_IDS),
    natPools: context(NAT_POOL_EXHAUSTED),
    fixedPorts: context(FIXED_PORT_REFUSED),
    uptimeSeconds,
    uptimeEvent,
  };
}

/** Every event that says a connection or datagram could not get a port. */
export function onsets(events: ClassifiedEvents): EventGroup[] {
  return [...events.collisions, ...events.tcpExhausted, ...events.udpExhausted].sort((a, b) => a.fromMs - b.fromMs);
}
