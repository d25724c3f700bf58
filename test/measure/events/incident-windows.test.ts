import { describe, expect, it } from 'vitest';
import { incidentWindows } from '../../../src/measure/events/incident-windows.js';
import { emptyCounts } from '../../../src/measure/pools/port-ledger.js';
import type { EventGroup } from '../../../src/model/event-group.js';
import { isoTime } from '../../../src/model/iso-time.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';

const HOUR = 3_600_000;

function event(hour: number, count = 1, minutes = 0, id = 4231): EventGroup {
  const fromMs = hour * HOUR;
  const facts = { provider: 'Tcpip', id };
  const sample = { ...facts, host: null, atMs: fromMs, recordId: 1, channel: 'System', data: [], line: 1, text: '' };
  return {
    ...facts,
    role: 'onset',
    weight: 1,
    file: 'System.xml',
    fromMs,
    toMs: fromMs + minutes * 60_000,
    clockErrorSeconds: 0,
    count,
    sample,
  };
}

const collision = (hour: number): EventGroup => event(hour, 1, 0, 4227);

/** A snapshot at an hour with this share of the pool in use; undated where the hour is null. */
function snapshot(hour: number | null, share: number, unseen: LedgerEntry['unseen'] = []): LedgerEntry {
  return {
    at: hour === null ? null : isoTime(hour * HOUR),
    clockErrorSeconds: 2,
    file: 'netstat.txt',
    line: 1,
    poolId: 'tcp',
    transport: 'tcp',
    family: 'combined',
    usable: 1000,
    inUse: share * 1000,
    free: 1000 - share * 1000,
    ...emptyCounts(),
    udp: 0,
    listening: 0,
    directionUnknown: 0,
    rowsCountedNaively: 0,
    scope: 'whole',
    unseen,
  };
}

/** Windows as `from–to onsets peak endedBy` in hours. */
function windows(
  onsets: EventGroup[],
  ledger: LedgerEntry[] = [],
  boots: EventGroup[] = [],
  udp: LedgerEntry[] = [],
): string[] {
  return incidentWindows(onsets, ledger, udp, boots).map(
    ({ fromMs, toMs, onsets: count, peakUtilisation, endedBy }) => {
      const to = toMs === null ? 'open' : String(toMs / HOUR);
      return `${String(fromMs / HOUR)}–${to}, ${String(count)} onsets, peak ${String(peakUtilisation)}, ${String(endedBy)}`;
    },
  );
}

describe('an incident', () => {
  it('is nothing without an onset or a full pool', () => {
    expect(windows([], [snapshot(1, 0.989), snapshot(null, 1)])).toEqual([]);
  });

  it('begins with its first onset and stays open where nothing shows its end', () => {
    expect(windows([event(9, 3), event(10, 2)])).toEqual(['9–open, 5 onsets, peak null, null']);
  });

  it('is seen in a pool with less than one port in a hundred free though no event was written', () => {
    expect(windows([], [snapshot(8, 0.5), snapshot(9, 0.99), snapshot(10, 0.3)])).toEqual([
      '9–10, 0 onsets, peak 0.99, free-ports',
    ]);
  });

  it('does not end with a table that hides what fills the pool', () => {
    const filtered = snapshot(11, 0.01, ['established', 'bound', 'listening']);
    expect(windows([event(9)], [snapshot(9, 0.99), filtered])).toEqual(['9–open, 1 onsets, peak 0.99, null']);
    // Plain netstat hides Bound ports, and nothing says that it was not they that ran out.
    expect(windows([event(9)], [snapshot(11, 0.01, ['bound'])])).toEqual(['9–open, 1 onsets, peak null, null']);
    expect(windows([event(9)], [snapshot(9, 0.99, ['bound']), snapshot(11, 0.01, ['bound'])])).toEqual([
      '9–11, 1 onsets, peak 0.99, free-ports',
    ]);
  });

  it('of 4227 alone does not end with free ports where the pool never was full', () => {
    expect(windows([collision(9)], [snapshot(9.1, 0.1), snapshot(10, 0.1)])).toEqual([
      '9–open, 1 onsets, peak null, null',
    ]);
    expect(windows([collision(9), collision(10)], [snapshot(9.5, 0.95), snapshot(11, 0.1)])).toEqual([
      '9–11, 2 onsets, peak 0.95, free-ports',
    ]);
  });

  it('is over where half of the pool is free again, and the next sign is another one', () => {
    const ledger = (between: number): LedgerEntry[] => [snapshot(9, 1), snapshot(9.5, between), snapshot(10, 1)];
    expect(windows([], ledger(0.49))).toEqual([
      '9–9.5, 0 onsets, peak 1, free-ports',
      '10–open, 0 onsets, peak 1, null',
    ]);
    expect(windows([], ledger(0.5))).toEqual(['9–open, 0 onsets, peak 1, null']);
  });

  it('of UDP ends with free UDP ports, whatever the TCP tables say', () => {
    const ran = event(9, 1, 0, 4266);
    expect(windows([ran], [snapshot(10, 0.1)])).toEqual(['9–open, 1 onsets, peak null, null']);
    expect(windows([ran], [], [], [snapshot(9, 1), snapshot(11, 0.1)])).toEqual(['9–11, 1 onsets, peak 1, free-ports']);
  });

  it('ends with the first snapshot after its last sign that finds free ports', () => {
    const ledger = [snapshot(8, 0.2), snapshot(9.5, 0.97), snapshot(11, 0.4), snapshot(12, 0.1)];
    expect(windows([event(9), event(10)], ledger)).toEqual(['9–11, 2 onsets, peak 0.97, free-ports']);
  });

  it('ends with a restart that comes before the first free ports', () => {
    expect(windows([event(9)], [snapshot(12, 0.1)], [event(11)])).toEqual(['9–11, 1 onsets, peak null, restart']);
    expect(windows([event(9)], [snapshot(10, 0.1)], [event(11)])).toEqual(['9–10, 1 onsets, peak null, free-ports']);
    expect(windows([event(9)], [], [event(8)])).toEqual(['9–open, 1 onsets, peak null, null']);
  });

  it('goes on through four hours without a sign, and no longer', () => {
    expect(windows([event(9), event(13)])).toEqual(['9–open, 2 onsets, peak null, null']);
    expect(windows([event(9), event(13.01)])).toEqual([
      '9–open, 1 onsets, peak null, null',
      '13.01–open, 1 onsets, peak null, null',
    ]);
  });

  it('of another night is another one, each with its own end', () => {
    const ledger = [snapshot(2, 0.2), snapshot(24.5, 0.95), snapshot(26, 0.2)];
    expect(windows([event(1), event(24)], ledger)).toEqual([
      '1–2, 1 onsets, peak null, free-ports',
      '24–26, 1 onsets, peak 0.95, free-ports',
    ]);
  });

  it('lasts as long as the minute-by-minute groups of its events', () => {
    expect(windows([event(9, 7, 30)], [snapshot(9.25, 0.1), snapshot(9.75, 0.1)])).toEqual([
      '9–9.75, 7 onsets, peak 0.1, free-ports',
    ]);
  });
});
