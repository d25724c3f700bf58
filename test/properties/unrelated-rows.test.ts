import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEDGER_CLASSES } from '../../src/model/report-ports.js';
import type { HostReport } from '../../src/model/report.js';
import { LOCAL, udp, type TableRow } from '../support/capture.js';
import { CAPTURES, reportWithoutSources, unchanged, type Change } from './a-host.js';

/** Connections of clients to the listener on 445, in states that a server's own sockets have. */
const served = fc
  .record({
    client: fc.integer({ min: 1, max: 250 }),
    port: fc.integer({ min: 1025, max: 65_535 }),
    state: fc.constantFrom('ESTABLISHED', 'TIME_WAIT', 'CLOSE_WAIT'),
  })
  .map(({ client, port, state }): TableRow => ({
    transport: 'TCP',
    local: `${LOCAL}:445`,
    remote: `10.20.9.${String(client)}:${String(port)}`,
    state,
    pid: state === 'TIME_WAIT' ? 0 : 4,
  }));
/** Below every range, for a socket inside the UDP range holds one of its ports. */
const datagrams = fc.integer({ min: 1025, max: 49_000 }).map((port) => udp(port, 1));
const unrelated = fc
  .tuple(fc.array(served, { minLength: 1, maxLength: 40 }), fc.array(datagrams, { maxLength: 20 }))
  .map(([tcp, some]): Change => (rows) => [...rows, ...tcp, ...some.flat()]);

/** What must not move: the verdict with all that was judged, who and what holds the ports, how fast they go, and the advice. */
function judged(host: HostReport): unknown {
  const { verdict, incidents, ledger, recommendation, consumers, destinations, hypotheses, demand, timeWait } = host;
  const classes = ledger.map((entry) => [
    entry.poolId,
    entry.at,
    entry.usable,
    entry.inUse,
    entry.udp,
    ...LEDGER_CLASSES.map((name) => entry[name]),
  ]);
  return { verdict, incidents, classes, recommendation, consumers, destinations, hypotheses, demand, timeWait };
}

describe.each(Object.entries(CAPTURES))('the judgement of a host, %s,', (_name, capture) => {
  it('does not change for connections to its own listeners below the range, nor for UDP sockets below it', async () => {
    const report = judged(await reportWithoutSources(capture(unchanged)));
    await fc.assert(
      fc.asyncProperty(unrelated, async (change) => {
        expect(judged(await reportWithoutSources(capture(change)))).toEqual(report);
      }),
      { numRuns: 25 },
    );
  });
});
