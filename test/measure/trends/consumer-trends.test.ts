import { describe, expect, it } from 'vitest';
import { ConsumerTrends, type ConsumerTrend, type HeldPorts } from '../../../src/measure/trends/consumer-trends.js';
import { emptyCounts } from '../../../src/measure/pools/port-ledger.js';
import type { Holding } from '../../../src/measure/owners/holding.js';
import type { DestinationHolding } from '../../../src/measure/owners/snapshot-holdings.js';
import type { LedgerClass, LedgerEntry } from '../../../src/model/report-ports.js';
import { SourceList } from '../../../src/model/source-ref.js';
import { rowsFrom, snapshotOf, LISTENER } from '../../support/port-table.js';
import { bareHost, measuresOf } from '../../support/table-host.js';

const AGENT = 1;
const OTHER = 2;

function holding(
  consumer: number,
  owned: Partial<Record<LedgerClass, number>>,
  pids: readonly number[] = [],
): [number, Holding] {
  const all = {
    consumer,
    owned: { ...emptyCounts(), ...owned },
    pids: new Map(pids.map((pid) => [pid, 1])),
    settled: { owned: 0, logged: 0, sameTuple: 0 },
    connections: 0,
    exclusive: 0,
    destinations: new Map(),
    createdMs: { bound: [], closeWait: [], established: [] },
    refOf: {},
    sources: new SourceList(),
  };
  return [consumer, all];
}

const ROOM = { isFull: false, wasFull: false };

function table(atMs: number, held: readonly [number, Holding][], changes: Partial<HeldPorts> = {}): HeldPorts {
  return {
    atMs,
    holdings: new Map(held),
    destinations: new Map(),
    udpPorts: null,
    unseen: [],
    showsTcp: true,
    tcp: ROOM,
    udp: ROOM,
    ...changes,
  };
}

/** What came at a rate over some hours came within two standard deviations of it. */
function byChance(perHour: number, hours: number): { low: number; best: number; high: number } {
  const chance = (2 * Math.sqrt(perHour * hours)) / hours;
  return { low: perHour - chance, best: perHour, high: perHour + chance };
}

/** What the agent holds Bound in snapshots an hour apart; null where it is not there at all. */
function boundByHour(values: readonly (number | null)[]): ConsumerTrend[] {
  const trends = new ConsumerTrends();
  values.forEach((bound, hour) => {
    const held = bound === null ? [] : [holding(AGENT, { bound })];
    trends.addTable(table(hour * 3_600_000, held));
  });
  return trends.list();
}

const valuesOf = (trends: readonly ConsumerTrend[]): number[][] =>
  trends.map(({ points }) => points.map(({ value }) => value));

describe('the trend of a consumer', () => {
  it('is what it held over the capture, how fast that grew and how often it did not fall', () => {
    expect(boundByHour([100, 200, 300, 400])).toEqual([
      {
        consumer: AGENT,
        trendClass: 'bound',
        points: [100, 200, 300, 400].map((value, hour) => ({ atMs: hour * 3_600_000, value, ...ROOM })),
        first: 100,
        last: 400,
        peak: 400,
        growthPerHour: byChance(100, 3),
        risingShare: 1,
        shape: 'growth',
        restarts: 0,
        lives: [{ most: 400, perHour: byChance(100, 3) }],
        goesOn: true,
        hasLetGo: false,
        refs: [],
        created: { atMs: NaN, ms: [], isPoolFull: false },
        createdBefore: { atMs: NaN, ms: [], isPoolFull: false },
      },
    ]);
  });

  it('counts a step that stays level as one that does not fall', () => {
    const share = (...values: readonly number[]): number | undefined => boundByHour(values)[0]?.risingShare;
    expect([share(5), share(5, 5), share(5, 4), share(5, 6, 5), share(9, 8, 8, 9)]).toEqual([0, 1, 0, 0.5, 2 / 3]);
  });

  it('begins with nothing in the snapshots before its first ports, and ends with nothing where it has gone', () => {
    expect(valuesOf(boundByHour([null, 0, 7, null, 3]))).toEqual([[0, 0, 7, 0, 3]]);
    expect(boundByHour([null, 7, null])[0]).toMatchObject({ first: 0, last: 0, peak: 7 });
  });

  it('has its slope from its first ports on, not from the snapshots before it came', () => {
    const [trend] = boundByHour([null, null, null, null, 100, 200, 300]);
    expect(trend?.growthPerHour).toEqual(byChance(100, 2));
  });

  it('is none where it never held a port of the class', () => {
    expect(boundByHour([0, 0, null])).toEqual([]);
  });

  it('keeps its peak and its ends in a series too long to be kept whole', () => {
    const values = Array.from({ length: 1000 }, (_, hour) => (hour === 501 ? 9999 : hour + 1));
    const [trend] = boundByHour(values);
    expect([trend?.first, trend?.last, trend?.peak]).toEqual([1, 1000, 9999]);
    expect(trend?.points.length).toBeLessThanOrEqual(301);
  });

  it('of a consumer that comes after hundreds of snapshots begins with nothing, over all that time', () => {
    const [trend] = boundByHour([...Array.from({ length: 700 }, () => null), 40, 50]);
    expect([trend?.points[0], trend?.last]).toEqual([{ atMs: 0, value: 0, ...ROOM }, 50]);
    const times = trend?.points.map(({ atMs }) => atMs) ?? [];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('the creation times of a consumer', () => {
  it('are those of the newest table that carries any', () => {
    const trends = new ConsumerTrends();
    for (const [hour, bound] of [[1], [1, 2], []].entries()) {
      const [consumer, held] = holding(AGENT, { bound: 2 });
      const isFull = hour === 1;
      const pool = { isFull, wasFull: isFull };
      const createdMs = { ...held.createdMs, bound };
      trends.addTable(table(hour * 3_600_000, [[consumer, { ...held, createdMs }]], { tcp: pool }));
    }
    expect(trends.list().map(({ created }) => created)).toEqual([{ atMs: 3_600_000, ms: [1, 2], isPoolFull: true }]);
  });
});

describe('the creation times before the newest ones', () => {
  const before = (...tables: readonly (readonly [pid: number, sockets: number])[]): number[] => {
    const trends = new ConsumerTrends();
    tables.forEach(([pid, sockets], hour) => {
      const [consumer, held] = holding(AGENT, { bound: sockets }, [pid]);
      const createdMs = { ...held.createdMs, bound: Array.from({ length: sockets }, (_, index) => index) };
      trends.addTable(table(hour, [[consumer, { ...held, createdMs }]]));
    });
    return trends.list().flatMap(({ createdBefore: { atMs, ms } }) => [atMs, ms.length]);
  };

  it('are those of the first table of the present life with at least fifty', () => {
    expect(before([51, 49], [51, 50], [51, 60], [51, 70])).toEqual([1, 50]);
    expect(before([51, 60], [51, 70], [62, 20], [62, 60], [62, 90])).toEqual([3, 60]);
  });

  it('are none where that is the newest one', () => {
    expect(before([51, 49], [51, 50])).toEqual([NaN, 0]);
  });
});

describe('a leak that goes with its process and begins anew', () => {
  const lives = (...tables: readonly (readonly [pid: number, bound: number])[]) => {
    const trends = new ConsumerTrends();
    tables.forEach(([pid, bound], hour) => {
      trends.addTable(table(hour * 3_600_000, [holding(AGENT, { bound }, [pid])]));
    });
    const [trend] = trends.list();
    return {
      values: trend?.points.map(({ value }) => value),
      restarts: trend?.restarts,
      slope: trend?.growthPerHour?.best,
      most: trend?.lives.map((life) => [life.most, life.perHour?.best ?? null]),
    };
  };

  it('has its slope within the life of the present process', () => {
    expect(lives([51, 100], [51, 3100], [51, 6100], [62, 50], [62, 3050], [62, 6050])).toEqual({
      values: [50, 3050, 6050],
      restarts: 1,
      slope: 3000,
      most: [
        [6100, 3000],
        [6050, 3000],
      ],
    });
  });

  it('has it within the life before where the present one is too short', () => {
    const { values, restarts } = lives([51, 100], [51, 3100], [51, 6100], [62, 50], [62, 3050]);
    expect({ values, restarts }).toEqual({ values: [100, 3100, 6100], restarts: 1 });
  });

  it('is one where another process takes over without a loss, or the same one lets go', () => {
    expect(lives([51, 100], [62, 3100], [73, 6100])).toMatchObject({ values: [100, 3100, 6100], restarts: 0 });
    expect(lives([51, 100], [51, 3100], [51, 50])).toMatchObject({ values: [100, 3100, 50], restarts: 0 });
  });
});

describe('the shape of a trend', () => {
  const shape = (...values: readonly number[]): string | undefined => boundByHour(values)[0]?.shape;

  it('is growth while it rises to the end, a plateau where it rose and stays', () => {
    expect(shape(100, 200, 300, 400, 500, 600)).toBe('growth');
    expect(shape(1000, 1001, 1002, 1003)).toBe('growth');
    expect(shape(100, 300, 500, 690, 700, 700, 700)).toBe('plateau');
  });

  it('is a plateau within a quarter of its height', () => {
    expect(shape(100, 75, 90, 80)).toBe('plateau');
    expect(shape(100, 74, 90, 80)).toBe('varying');
  });

  it('is a burst where it reached twice what is usual and lost half of it again', () => {
    expect(shape(10, 10, 400, 10, 10)).toBe('burst');
    expect(shape(10, 10, 400, 10, 201)).toBe('varying');
  });

  it('is unknown of fewer than three points', () => {
    expect(shape(100, 200)).toBe('unknown');
  });
});

describe('the trends of a snapshot', () => {
  const all = [
    holding(AGENT, { bound: 1, closeWait: 2, established: 3, synSent: 4, timeWait: 5 }),
    holding(OTHER, { established: 6 }),
  ];
  const EIGHT = { ports: 8, ref: { file: 'netstat.txt', line: 1, record: null, row: null } };
  const listed = (unseen: LedgerEntry['unseen'], udp: HeldPorts['udpPorts'], showsTcp = true): string[] => {
    const trends = new ConsumerTrends();
    trends.addTable(table(0, all, { udpPorts: udp, unseen, showsTcp }));
    return trends.list().map(({ consumer, trendClass, last }) => `${String(consumer)} ${trendClass} ${String(last)}`);
  };

  it('are one for each consumer and class that tells of a leak', () => {
    expect(listed([], new Map([[OTHER, EIGHT]]))).toEqual([
      '1 bound 1',
      '1 closeWait 2',
      '1 established 3',
      '2 established 6',
      '1 synSent 4',
      '2 udp 8',
    ]);
  });

  it('hold the TIME_WAIT ports of a consumer’s own tuples, and those towards where it alone is connected', () => {
    const towards = (destination: number, unresolved: number, ...owners: number[]): [number, DestinationHolding] => [
      destination,
      {
        destination,
        ports: unresolved,
        timeWait: unresolved,
        connected: owners.length,
        reach: unresolved,
        unresolvedKeys: Array.from({ length: unresolved }, (_, key) => key),
        isUnresolved: unresolved > 0,
        liveOwners: new Map(owners.map((owner) => [owner, 1])),
        sources: new SourceList(),
      },
    ];
    const trends = new ConsumerTrends();
    for (const [hour, waiting] of [100, 200, 300].entries()) {
      const [consumer, held] = holding(AGENT, {});
      const destinations = new Map([towards(1, waiting, AGENT), towards(2, 50, AGENT, OTHER), towards(3, 70)]);
      const settled = { owned: 0, logged: 0, sameTuple: 7 };
      trends.addTable(table(hour * 3_600_000, [[consumer, { ...held, settled }]], { destinations }));
    }
    const waiting = trends.list().filter(({ trendClass }) => trendClass === 'timeWait');
    expect(
      waiting.map(({ consumer, first, last, growthPerHour }) => ({ consumer, first, last, growthPerHour })),
    ).toEqual([{ consumer: AGENT, first: 107, last: 307, growthPerHour: byChance(100, 2) }]);
  });

  it('leave out a class that it cannot show, TCP without owners, and TCP where there is no TCP table', () => {
    expect(listed(['bound', 'synSent'], null)).toEqual(['1 closeWait 2', '1 established 3', '2 established 6']);
    expect(listed(['owner'], new Map([[OTHER, EIGHT]]))).toEqual(['2 udp 8']);
    expect(listed([], new Map([[OTHER, EIGHT]]), false)).toEqual(['2 udp 8']);
  });

  it('have no point where a class is hidden, in a series that shows it elsewhere', () => {
    const trends = new ConsumerTrends();
    const at = (hour: number, bound: number, unseen: LedgerEntry['unseen']): void => {
      trends.addTable(table(hour, [holding(AGENT, { bound })], { unseen }));
    };
    at(0, 10, []);
    at(1, 0, ['bound']);
    at(2, 12, []);
    expect(valuesOf(trends.list())).toEqual([[10, 12]]);
  });

  it('of UDP have no point where the table has no owners', () => {
    const udp = rowsFrom(50_000, 5, 'Udp', '*:*', 1424);
    const nameless = rowsFrom(50_000, 5, 'Udp', '*:*').map((row) => row.replace(/ 0$/, ' ?'));
    const measures = measuresOf(
      [
        snapshotOf([LISTENER, ...udp], { atMs: 0 }),
        snapshotOf([LISTENER, ...nameless], { atMs: 60_000, cannotShow: ['owner'] }),
        snapshotOf([LISTENER, ...udp], { atMs: 120_000 }),
      ],
      bareHost({ 1424: 'dns.exe' }),
    );
    expect(valuesOf(measures.tables.trends.filter(({ trendClass }) => trendClass === 'udp'))).toEqual([[5, 5]]);
  });
});
