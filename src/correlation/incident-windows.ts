import type { EventGroup } from '../model/event-group.js';
import type { LedgerEntry } from '../model/report.js';
import { FULL_UTILISATION } from './host-fold.js';

/**
 * Signs further apart than this belong to different incidents. The log throttles (a WSL report counts two events in twelve hours of
 * outage), so the gap must be long; a night between two bad days is longer.
 */
export const INCIDENT_GAP_MS = 4 * 3_600_000;

export interface IncidentWindow {
  readonly fromMs: number;
  /** The end, where something shows it: a snapshot with free ports or a restart after the last sign. */
  readonly toMs: number | null;
  readonly onsets: number;
  readonly peakUtilisation: number | null;
  readonly endedBy: 'free-ports' | 'restart' | null;
}

/** Windows from onset events (moments, never rates) and from snapshots that found the pool full, in time order. */
export function incidentWindows(
  onsets: readonly EventGroup[],
  ledger: readonly LedgerEntry[],
  boots: readonly EventGroup[],
): IncidentWindow[] {
  const dated = ledger.flatMap((entry) =>
    entry.at === null
      ? []
      : [
          {
            atMs: Date.parse(entry.at),
            utilisation: entry.inUse / Math.max(entry.usable, 1),
            // What a table filtered by state leaves out may fill the pool.
            showsFreePorts: entry.unseen.every((what) => what === 'bound' || what === 'owner'),
          },
        ],
  );
  const signs = [
    ...onsets.flatMap(({ fromMs, toMs, count }) => [
      { atMs: fromMs, onsets: count },
      { atMs: toMs, onsets: 0 },
    ]),
    ...dated.filter(({ utilisation }) => utilisation >= FULL_UTILISATION).map(({ atMs }) => ({ atMs, onsets: 0 })),
  ].sort((a, b) => a.atMs - b.atMs);
  const groups: { fromMs: number; lastMs: number; onsets: number }[] = [];
  for (const sign of signs) {
    const open = groups.at(-1);
    if (open !== undefined && sign.atMs - open.lastMs <= INCIDENT_GAP_MS) {
      open.lastMs = sign.atMs;
      open.onsets += sign.onsets;
    } else groups.push({ fromMs: sign.atMs, lastMs: sign.atMs, onsets: sign.onsets });
  }
  return groups.map(({ fromMs, lastMs, onsets: count }, index) => {
    const limit = groups[index + 1]?.fromMs ?? Infinity;
    const healthy = dated.find(
      ({ atMs, utilisation, showsFreePorts }) =>
        showsFreePorts && atMs > lastMs && atMs < limit && utilisation < FULL_UTILISATION,
    );
    const restart = boots.find((boot) => boot.fromMs > lastMs && boot.fromMs < limit);
    const endedBy =
      restart !== undefined && restart.fromMs <= (healthy?.atMs ?? Infinity)
        ? 'restart'
        : healthy !== undefined
          ? 'free-ports'
          : null;
    const within = dated.filter(({ atMs }) => atMs >= fromMs && atMs <= lastMs);
    return {
      fromMs,
      toMs: endedBy === 'restart' ? (restart?.fromMs ?? null) : (healthy?.atMs ?? null),
      onsets: count,
      peakUtilisation: within.length === 0 ? null : Math.max(...within.map(({ utilisation }) => utilisation)),
      endedBy,
    };
  });
}
