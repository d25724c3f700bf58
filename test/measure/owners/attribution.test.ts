import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisOf, total } from '../../../src/measure/owners/attributed-consumer.js';
import { attribute } from '../../../src/measure/owners/attribution.js';
import type { HostMeasures } from '../../../src/measure/host-measures.js';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import { ADDRESSES, LISTENER, rowsFrom, snapshotOf, type RowText } from '../../support/port-table.js';
import { bareHost, measuresOf } from '../../support/table-host.js';

const SQL = '10.0.7.31:1433';
const WEB = '203.0.113.9:443';
const HIGH = '10.0.7.31:50505';
const IMAGES = { 4: 'System', 4312: 'Contoso.Sync.exe', 4313: 'Contoso.Sync.exe', 777: 'w3wp.exe', 888: 'curl.exe' };
const HOST = bareHost(IMAGES);
const sync = (port: number, remote = SQL): RowText => `Established 10.0.0.4:${String(port)} > ${remote} 4312`;
const web = (port: number, remote = SQL): RowText => `Established 10.0.0.4:${String(port)} > ${remote} 777`;
const waiting = (port: number, remote = SQL): RowText => `TimeWait 10.0.0.4:${String(port)} > ${remote} 0`;

/** Tables taken at these seconds, a listener in each so that none counts as filtered. */
function folded(tables: Readonly<Record<number, readonly RowText[]>>, host = HOST): HostMeasures {
  const snapshots = Object.entries(tables).map(([second, rows]) =>
    snapshotOf([LISTENER, ...rows], { atMs: Number(second) * 1000 }),
  );
  return measuresOf(snapshots, host);
}

/** Who held the ports of the fullest table, and on which rung its TIME_WAIT stands. */
function ladder(measures: HostMeasures): { consumers: string[]; rungs: string } {
  const { peak, owners, isHighPort } = measures.holders;
  if (peak === null) throw new Error('no snapshot');
  const { consumers, attribution } = attribute({ ...peak, owners, isDirectionUnknown: isHighPort });
  const remoteOf = (destination: number): string => {
    const { address, port } = measures.names.destinations.endpoint(destination);
    return formatEndpoint(ADDRESSES.valueOf(address), port);
  };
  const { coverage, ...rungs } = attribution;
  const shown = Object.entries(rungs).filter(([, ports]) => ports > 0);
  return {
    consumers: consumers.map((consumer) => {
      const destinations = [...consumer.destinations]
        .map(([id, { ports }]) => `${remoteOf(id)} ${String(ports)}`)
        .sort();
      const name = measures.names.consumers.identity(consumer.consumer).process;
      return `${name} ${String(total(consumer))} ${basisOf(consumer)}: ${destinations.join(', ')}`;
    }),
    rungs: `${shown.map(([rung, ports]) => `${rung} ${String(ports)}`).join(', ')}; ${String(coverage)}`,
  };
}

describe('a port in TIME_WAIT, which the table gives to nobody, belongs', () => {
  it('to the process that owned the same tuple while it was alive', () => {
    const measures = folded({
      0: [sync(50_001), web(50_002, WEB)],
      60: [waiting(50_001), waiting(50_002, WEB), web(50_003, WEB)],
    });
    expect(ladder(measures)).toEqual({
      consumers: [`w3wp.exe 2 owned: ${WEB} 2`, `Contoso.Sync.exe 1 same-tuple: ${SQL} 1`],
      rungs: 'clientTimeWait 2, exact 2; 1',
    });
  });

  it('not to the former owner of the port when the remote endpoint is another', () => {
    const measures = folded({ 0: [sync(50_001)], 60: [waiting(50_001, WEB), waiting(50_002, WEB)] });
    expect(ladder(measures)).toEqual({ consumers: [], rungs: 'clientTimeWait 2, destinationOnly 2; 0' });
  });

  it('to the process whose Bound row stands beside it', () => {
    const measures = folded({ 0: [waiting(50_001), 'Bound 0.0.0.0:50001 > 0.0.0.0:0 4312'] });
    expect(ladder(measures)).toEqual({
      consumers: [`Contoso.Sync.exe 1 same-tuple: ${SQL} 1`],
      rungs: 'clientTimeWait 1, exact 1; 1',
    });
  });

  it('to the only program with live connections to its destination', () => {
    const rows = [...rowsFrom(50_001, 7, 'TimeWait', SQL), sync(51_000), web(51_001, WEB)];
    expect(ladder(folded({ 0: rows }))).toEqual({
      consumers: [`Contoso.Sync.exe 8 sole-owner-of-destination: ${SQL} 8`, `w3wp.exe 1 owned: ${WEB} 1`],
      rungs: 'clientTimeWait 7, soleOwner 7; 1',
    });
  });

  it('to one program, however many processes it runs', () => {
    const rows = [waiting(50_001), waiting(50_002), sync(51_000), `Established 10.0.0.4:51001 > ${SQL} 4313`];
    expect(ladder(folded({ 0: rows }))).toEqual({
      consumers: [`Contoso.Sync.exe 4 owned: ${SQL} 4`],
      rungs: 'clientTimeWait 2, soleOwner 2; 1',
    });
  });

  it('to the only program seen there within 300 s, to one seen 301 s before as a candidate', () => {
    const peak = [...rowsFrom(50_001, 3, 'TimeWait', SQL)];
    const near = ladder(folded({ 0: [sync(51_000), web(51_001, WEB)], 300: peak }));
    const far = ladder(folded({ 0: [sync(51_000), web(51_001, WEB)], 301: peak }));
    expect(near).toEqual({
      consumers: [`Contoso.Sync.exe 3 sole-owner-of-destination: ${SQL} 3`],
      rungs: 'clientTimeWait 3, soleOwner 3; 1',
    });
    expect(far).toEqual({
      consumers: [`Contoso.Sync.exe 3 weighted-candidates: ${SQL} 3`],
      rungs: 'clientTimeWait 3, candidates 3; 0',
    });
  });

  it('to the only program seen there within 300 s afterwards', () => {
    const peak = [...rowsFrom(50_001, 3, 'TimeWait', SQL)];
    expect(ladder(folded({ 0: peak, 300: [sync(51_000)] })).rungs).toBe('clientTimeWait 3, soleOwner 3; 1');
    expect(ladder(folded({ 0: peak, 301: [sync(51_000)] })).rungs).toBe('clientTimeWait 3, candidates 3; 0');
  });

  it('to the process that has the same tuple alive up to 300 s later, in a pool less than half full', () => {
    const peak = [waiting(50_001), waiting(50_002), waiting(50_003)];
    const rungs = (second: number): string =>
      ladder(folded({ 0: [...peak, web(51_001)], [second]: [sync(50_001), sync(50_002)] })).rungs;
    expect(rungs(300)).toBe('clientTimeWait 3, exact 2, candidates 1; 0.6666666666666666');
    expect(rungs(301)).toBe('clientTimeWait 3, soleOwner 3; 1');
  });

  it('to several candidates by the weight of their live ports', () => {
    const rows = [...rowsFrom(50_001, 8, 'TimeWait', SQL), sync(51_000), sync(51_001), sync(51_002), web(51_003)];
    expect(ladder(folded({ 0: rows }))).toEqual({
      consumers: [`Contoso.Sync.exe 9 weighted-candidates: ${SQL} 9`, `w3wp.exe 3 weighted-candidates: ${SQL} 3`],
      rungs: 'clientTimeWait 8, candidates 8; 0',
    });
  });

  it('to its destination only, where nobody was ever seen there', () => {
    expect(ladder(folded({ 0: [waiting(50_001), waiting(50_002)] }))).toEqual({
      consumers: [],
      rungs: 'clientTimeWait 2, destinationOnly 2; 0',
    });
  });

  it('to nobody where the row names no remote endpoint', () => {
    const measures = folded({ 0: ['TimeWait 10.0.0.4:50001 > 0.0.0.0:0 0'] });
    expect(ladder(measures).rungs).toBe('clientTimeWait 1, unknown 1; 0');
  });
});

describe('TIME_WAIT between two high ports', () => {
  const unknownIn = (measures: HostMeasures): number[] =>
    (measures.pools.histories.find(({ pool }) => pool.id === 'tcp')?.ledger ?? []).map(
      ({ directionUnknown }) => directionUnknown,
    );

  it('has no known direction when no listener and no owner was ever seen', () => {
    const measures = folded({ 0: [waiting(50_001, HIGH), waiting(50_002, HIGH), waiting(50_003)] });
    expect(ladder(measures).rungs).toBe('clientTimeWait 3, destinationOnly 1, directionUnknown 2; 0');
    expect(unknownIn(measures)).toEqual([2]);
  });

  it.each([
    ['10.0.7.31:49151', 'destinationOnly'],
    ['10.0.7.31:49152', 'directionUnknown'],
  ])('counts as high from 49152: %s is %s', (remote, rung) => {
    expect(ladder(folded({ 0: [waiting(50_001, remote)] })).rungs).toBe(`clientTimeWait 1, ${rung} 1; 0`);
  });

  it('is a client’s when a live row of the same table shows who connects there', () => {
    const measures = folded({ 0: [waiting(50_001, HIGH), sync(50_002, HIGH)] });
    expect(ladder(measures).rungs).toBe('clientTimeWait 1, soleOwner 1; 1');
    expect(unknownIn(measures)).toEqual([0]);
  });

  it('is a client’s when a Bound row beside it shows its owner', () => {
    const measures = folded({ 0: [waiting(50_001, HIGH), 'Bound 0.0.0.0:50001 > 0.0.0.0:0 4312'] });
    expect(unknownIn(measures)).toEqual([0]);
  });

  it('counts ports, not rows: one port waiting for two remote endpoints is one', () => {
    expect(unknownIn(folded({ 0: [waiting(50_001, HIGH), waiting(50_001, '10.0.7.32:50505')] }))).toEqual([1]);
    expect(unknownIn(folded({ 0: [waiting(50_001, HIGH), sync(50_001)] }))).toEqual([0]);
  });

  it('on a listener’s port is the server’s side and holds nothing', () => {
    const rows = ['Listen 0.0.0.0:50001 > 0.0.0.0:0 888', waiting(50_001, HIGH), waiting(50_001, '10.0.9.1:61000')];
    const measures = folded({ 0: [...rows, sync(50_002)] });
    expect(ladder(measures)).toEqual({
      consumers: [`Contoso.Sync.exe 1 owned: ${SQL} 1`],
      rungs: 'serverSide 2; null',
    });
    expect(unknownIn(measures)).toEqual([0]);
  });
});

describe('a live port', () => {
  it('belongs to the PID in the table, a PID that no list names to itself, PID 4 to System', () => {
    const rows = [sync(50_001), `SynSent 10.0.0.4:50002 > ${WEB} 999`, `Established 10.0.0.4:50003 > 10.0.7.40:445 4`];
    expect(ladder(folded({ 0: rows })).consumers).toEqual([
      `Contoso.Sync.exe 1 owned: ${SQL} 1`,
      `PID 999 1 owned: ${WEB} 1`,
      'System 1 owned: 10.0.7.40:445 1',
    ]);
  });

  it('of PID 0, or without an owner in the table, makes nobody a consumer', () => {
    const rows = [`Established 10.0.0.4:50001 > ${SQL} 0`, `Established 10.0.0.4:50002 > ${SQL} ?`];
    const measures = folded({ 0: rows });
    expect(ladder(measures).consumers).toEqual([]);
    expect(measures.holders.peak?.holdings.withoutOwner).toBe(2);
  });
});

describe('any table', () => {
  const rowsArbitrary = fc.array(
    fc
      .tuple(
        fc.constantFrom('TimeWait', 'TimeWait', 'TimeWait', 'Established', 'Bound', 'CloseWait', 'Listen'),
        fc.integer({ min: 50_000, max: 50_008 }),
        fc.constantFrom(SQL, WEB, HIGH, '0.0.0.0:0'),
        fc.constantFrom(0, 4312, 777, 888),
      )
      .map(([state, port, remote, pid]): RowText => {
        const owner = state === 'TimeWait' ? 0 : pid;
        return `${state} 10.0.0.4:${String(port)} > ${remote} ${String(owner)}`;
      }),
    { maxLength: 25 },
  );

  it('has its client TIME_WAIT on exactly one rung each, and never more ports than are in use', () => {
    fc.assert(
      fc.property(rowsArbitrary, rowsArbitrary, (earlier, later) => {
        const measures = folded({ 0: earlier, 60: later });
        const { peak, owners, isHighPort } = measures.holders;
        if (peak === null) return;
        const { consumers, attribution } = attribute({
          ...peak,
          owners,
          serverSideTimeWait: 0,
          isDirectionUnknown: isHighPort,
        });
        const { exact, soleOwner, candidates, destinationOnly, directionUnknown, unknown } = attribution;
        const rungs = exact + soleOwner + candidates + destinationOnly + directionUnknown + unknown;
        expect(rungs).toBe(attribution.clientTimeWait);
        expect(attribution.clientTimeWait).toBe(peak.entry.timeWait);
        expect(Math.min(unknown, exact, destinationOnly)).toBeGreaterThanOrEqual(0);
        const held = consumers.reduce((sum, consumer) => sum + total(consumer), 0);
        expect(held).toBeLessThanOrEqual(peak.entry.inUse + 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('gives a waiting port that two processes hold Bound to both, half each, in either order', () => {
    const handles = [888, 777].map((pid) => `Bound 0.0.0.0:50001 > 0.0.0.0:0 ${String(pid)}`);
    for (const rows of [handles, handles.toReversed()]) {
      const { consumers, rungs } = ladder(folded({ 0: [waiting(50_001), ...rows] }));
      expect(consumers.sort()).toEqual([
        'curl.exe 0.5 same-tuple: 10.0.7.31:1433 0.5',
        'w3wp.exe 0.5 same-tuple: 10.0.7.31:1433 0.5',
      ]);
      expect(rungs).toBe('clientTimeWait 1, exact 1; 1');
    }
  });

  it('books a connected port that another process has bound half on each, and whole on one program of two processes', () => {
    const bound = (pid: number): RowText => `Bound 0.0.0.0:50001 > 0.0.0.0:0 ${String(pid)}`;
    expect(ladder(folded({ 0: [sync(50_001), bound(777)] })).consumers.sort()).toEqual([
      `Contoso.Sync.exe 0.5 owned: ${SQL} 0.5`,
      `w3wp.exe 0.5 owned: ${SQL} 0.5`,
    ]);
    expect(ladder(folded({ 0: [sync(50_001), bound(4313)] })).consumers).toEqual([
      `Contoso.Sync.exe 1 owned: ${SQL} 1`,
    ]);
  });

  it('gives the same consumers and rungs whatever the order of its rows', () => {
    const shuffled = rowsArbitrary.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, again]) => {
        expect(ladder(folded({ 0: again }))).toEqual(ladder(folded({ 0: rows })));
      }),
      { numRuns: 300 },
    );
  });
});
