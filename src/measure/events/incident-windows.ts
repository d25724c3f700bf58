import { isPlaced, type EventGroup } from '../../model/event-group.js';
import { TIME_WAIT_COLLISION, UDP_PORT_SPACE_EXHAUSTED } from '../../model/event-role.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import {
  EXHAUSTED_UTILISATION,
  NEARLY_FULL_UTILISATION,
  RECOVERED_UTILISATION,
  utilisation,
} from '../pools/fullness.js';

/**
 * Signs further apart than this belong to different incidents. The log throttles (a WSL report counts two events in twelve hours of
 * outage), so the gap must be long; a night between two bad days is longer.
 */
export const INCIDENT_GAP_MS = 4 * 3_600_000;

export interface IncidentWindow {
  readonly fromMs: number;
  /** The last sign of trouble. */
  readonly lastMs: number;
  /** The end, where something shows it: a snapshot with free ports or a restart after the last sign. */
  readonly toMs: number | null;
  readonly onsets: number;
  readonly peakUtilisation: number | null;
  readonly endedBy: 'free-ports' | 'restart' | null;
}

/** One table as a sign of trouble, or of its end. */
interface Sight {
  readonly atMs: number;
  readonly utilisation: number;
  /** Classes it hides but for the owner: `bound` for plain netstat; more where it was filtered. */
  readonly hidden: LedgerEntry['unseen'];
}

interface Group {
  readonly fromMs: number;
  lastMs: number;
  onsets: number;
  /** An event of it says that the pool was empty, not only that one endpoint was used a moment before. */
  ranOut: boolean;
}

/**
 * Windows from onset events (moments, never rates) and from snapshots that found the pool exhausted, in time order. A UDP event alone
 * goes by the UDP tables. Signs belong together unless they are hours apart, or a table in between shows that the trouble was over.
 */
export function incidentWindows(
  onsets: readonly EventGroup[],
  tcp: readonly LedgerEntry[],
  udp: readonly LedgerEntry[],
  boots: readonly EventGroup[],
): IncidentWindow[] {
  const udpOnly = onsets.length > 0 && onsets.every(({ id }) => id === UDP_PORT_SPACE_EXHAUSTED);
  const sights = (udpOnly ? udp : tcp).flatMap(sightOf).sort((a, b) => a.atMs - b.atMs);
  const groups = groupsOf(onsets, sights);
  return groups.map((group, index) => {
    const { fromMs, lastMs } = group;
    const limit = groups[index + 1]?.fromMs ?? Infinity;
    const free = sights.find((sight) => sight.atMs > lastMs && sight.atMs < limit && showsEnd(sights, group, sight));
    const restart = boots.find((boot) => boot.fromMs > lastMs && boot.fromMs < limit);
    const restarted = restart !== undefined && restart.fromMs <= (free?.atMs ?? Infinity);
    const within = sights.filter(({ atMs }) => atMs >= fromMs && atMs <= lastMs);
    return {
      fromMs,
      lastMs,
      toMs: restarted ? restart.fromMs : (free?.atMs ?? null),
      onsets: group.onsets,
      peakUtilisation: within.length === 0 ? null : Math.max(...within.map(({ utilisation }) => utilisation)),
      endedBy: restarted ? 'restart' : free !== undefined ? 'free-ports' : null,
    };
  });
}

function groupsOf(onsets: readonly EventGroup[], sights: readonly Sight[]): Group[] {
  const signs = [
    ...onsets.map((group) => ({
      atMs: group.fromMs,
      endMs: group.toMs,
      onsets: group.count,
      // Of an event that may have been hours away no table shows the end.
      ranOut: group.id !== TIME_WAIT_COLLISION && isPlaced(group),
      opens: true,
    })),
    // A nearly full pool that has ports to give goes on with an incident and begins none.
    ...sights
      .filter(({ utilisation }) => utilisation >= NEARLY_FULL_UTILISATION)
      .map(({ atMs, utilisation }) => ({
        atMs,
        endMs: atMs,
        onsets: 0,
        ranOut: false,
        opens: utilisation >= EXHAUSTED_UTILISATION,
      })),
  ].sort((a, b) => a.atMs - b.atMs);
  const groups: Group[] = [];
  for (const sign of signs) {
    let open = groups.at(-1);
    const goesOn =
      open !== undefined && sign.atMs - open.lastMs <= INCIDENT_GAP_MS && !recoveredBetween(sights, open, sign.atMs);
    if (open === undefined || !goesOn) {
      if (!sign.opens) continue;
      open = { fromMs: sign.atMs, lastMs: sign.atMs, onsets: 0, ranOut: false };
      groups.push(open);
    }
    open.lastMs = Math.max(open.lastMs, sign.endMs);
    open.onsets += sign.onsets;
    open.ranOut ||= sign.ranOut;
  }
  return groups;
}

/** A nearly empty pool between two signs: the second one is new trouble. */
function recoveredBetween(sights: readonly Sight[], open: Group, untilMs: number): boolean {
  return sights.some(
    (sight) =>
      sight.atMs > open.lastMs &&
      sight.atMs < untilMs &&
      sight.utilisation < RECOVERED_UTILISATION &&
      showsEnd(sights, open, sight),
  );
}

/**
 * Free ports end an incident only in a table that could show otherwise: of the kind that had shown the pool full, or one that hides
 * nothing after an event that says it was empty. Where the pool never was full, free ports say nothing.
 */
function showsEnd(
  sights: readonly Sight[],
  { fromMs, lastMs, ranOut }: Group,
  { utilisation, hidden }: Sight,
): boolean {
  if (utilisation >= NEARLY_FULL_UTILISATION) return false;
  const sawFull = sights.some(
    (sight) => sight.atMs >= fromMs && sight.atMs <= lastMs && sight.utilisation >= NEARLY_FULL_UTILISATION,
  );
  return sawFull ? hidden.every((what) => what === 'bound') : ranOut && hidden.length === 0;
}

function sightOf(entry: LedgerEntry): Sight[] {
  const { at, unseen } = entry;
  if (at === null) return [];
  const hidden = unseen.filter((what) => what !== 'owner');
  return [{ atMs: Date.parse(at), utilisation: utilisation(entry), hidden }];
}
