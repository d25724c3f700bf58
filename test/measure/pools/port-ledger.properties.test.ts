import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listeningPorts, tcpLedger } from '../../../src/measure/pools/port-ledger.js';
import { LEDGER_CLASSES, type LedgerClass } from '../../../src/model/report-ports.js';
import { exclusion, netshRange, poolOf, snapshotOf } from '../../support/port-table.js';

interface Row {
  readonly state: string;
  readonly address: string;
  readonly port: number;
  readonly remote: string;
  readonly pid: number;
}

const RANGE = { start: 50_000, count: 5 };
const EXCLUDED = [50_001, 50_001] as const;
const CLASS_OF_STATE: Readonly<Record<string, LedgerClass>> = {
  Established: 'established',
  SynSent: 'synSent',
  SynReceived: 'synReceived',
  FinWait1: 'finWait1',
  FinWait2: 'finWait2',
  Closing: 'closing',
  LastAck: 'lastAck',
  CloseWait: 'closeWait',
  Other: 'otherState',
  TimeWait: 'timeWait',
  Bound: 'bound',
};
const isIpv6 = ({ address }: Row): boolean => address.startsWith('[');

const rowsArbitrary = fc.array(
  fc.record({
    state: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...Object.keys(CLASS_OF_STATE)) },
      { weight: 3, arbitrary: fc.constant('Bound') },
      { weight: 1, arbitrary: fc.constant('Listen') },
    ),
    address: fc.constantFrom('10.0.0.4', '0.0.0.0', '[::]', '[2001:db8::4]'),
    port: fc.integer({ min: RANGE.start - 1, max: RANGE.start + RANGE.count }),
    remote: fc.constantFrom('10.0.7.31:1433', '10.0.7.32:443', '[2001:db8::9]:443'),
    pid: fc.constantFrom(0, 4, 700, 800),
  }),
  { maxLength: 40 },
);

/** The rules of the ledger once more, port by port and as plainly as they can be said. */
function countedByHand(rows: readonly Row[], family: 'combined' | 'ipv4' | 'ipv6'): Record<string, number> {
  const counts: Record<string, number> = { usable: 0, inUse: 0, listening: 0 };
  for (let port = RANGE.start; port < RANGE.start + RANGE.count; port += 1) {
    if (port >= EXCLUDED[0] && port <= EXCLUDED[1]) continue;
    const here = rows.filter((row) => row.port === port);
    if (here.some((row) => row.state === 'Listen')) {
      counts['listening'] = (counts['listening'] ?? 0) + 1;
      continue;
    }
    counts['usable'] = (counts['usable'] ?? 0) + 1;
    const connected = here.filter((row) => row.state !== 'Bound' && row.state !== 'TimeWait');
    const holding = here
      .filter((row) => family === 'combined' || isIpv6(row) === (family === 'ipv6'))
      .filter((row) => row.state !== 'Bound' || !connected.some((twin) => twin.pid === row.pid))
      .map((row) => CLASS_OF_STATE[row.state]);
    const first = LEDGER_CLASSES.find((name) => holding.includes(name));
    if (first === undefined) continue;
    counts[first] = (counts[first] ?? 0) + 1;
    counts['inUse'] = (counts['inUse'] ?? 0) + 1;
  }
  return counts;
}

function countedByLedger(rows: readonly Row[], poolId: string): Record<string, number> {
  const pool = poolOf(poolId, netshRange(RANGE), exclusion(...EXCLUDED));
  const texts = rows.map(
    ({ state, address, port, remote, pid }) => `${state} ${address}:${String(port)} > ${remote} ${String(pid)}`,
  );
  const snapshot = snapshotOf(texts);
  const { usable, inUse, listening, counts } = tcpLedger(pool, snapshot, listeningPorts(snapshot.rows, new Set()));
  const held = Object.entries(counts).filter(([, count]) => count > 0);
  return { usable, inUse, listening, ...Object.fromEntries(held) };
}

const POOLS = [
  ['tcp', 'combined'],
  ['tcp-ipv4', 'ipv4'],
  ['tcp-ipv6', 'ipv6'],
] as const;

describe.each(POOLS)('the ledger of any table, pool %s', (poolId, family) => {
  it('is what its rules say, port by port', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        expect(countedByLedger(rows, poolId)).toEqual(countedByHand(rows, family));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the rows, nor on rows given twice', () => {
    const permuted = rowsArbitrary.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray([...rows, ...rows.slice(0, 5)], { minLength: rows.length + Math.min(rows.length, 5) }),
      ),
    );
    fc.assert(
      fc.property(permuted, ([rows, again]) => {
        expect(countedByLedger(again, poolId)).toEqual(countedByLedger(rows, poolId));
      }),
      { numRuns: 500 },
    );
  });
});
