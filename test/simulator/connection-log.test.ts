import { describe, expect, it } from 'vitest';
import { loggedConnection } from '../../src/model/logged-connection.js';
import type { LogEvent } from '../../src/model/log-event.js';
import { eventXmlParser } from '../../src/parsers/event-log/event-xml.js';
import { context } from '../parsers/event-log/event-recording.js';
import { bareHost, bareScenario, oneClient } from './bare-host.js';
import { connectionLog, type ConnectionLogOptions } from './connection-log.js';
import { simulate } from './simulation.js';

const ipv6 = { address: '2001:db8:9::1', port: 443 };
const outcome = simulate(
  bareScenario(60, [50], {
    host: bareHost(),
    clients: [
      oneClient({ process: { image: 'tool.exe', perCall: true }, rate: [[0, 2]] }),
      oneClient({ name: 'six', rate: [[0, 1]], destinations: [ipv6] }),
      oneClient({ name: 'binds', rate: [[0, 1]], allocation: 'bind-first', ending: 'bound-for-ever' }),
    ],
    log: { throttleSeconds: 60, openings: true },
  }),
  3,
);

/** What the product reads of a log: outgoing connections. */
function read(options: ConnectionLogOptions) {
  const events: LogEvent[] = [];
  const ignored = (): number => 0;
  const parsing = eventXmlParser.start(
    {
      describe: ignored,
      eventHeader: ignored,
      event: (event) => events.push(event),
      eventInWords: ignored,
      problem: ignored,
      snapshot: ignored,
      stamp: ignored,
      connection: ignored,
      process: ignored,
      setting: ignored,
    },
    context,
    'event-xml',
  );
  parsing.push(connectionLog(outcome, 3, options));
  parsing.end();
  return events.flatMap((event) => loggedConnection(event) ?? []);
}

describe.each(['sysmon', 'security'] as const)('a log of connections from %s', (source) => {
  it('names every outgoing connection with process, ports and moment, and nothing else', () => {
    const openings = outcome.openings.filter(({ remote }) => remote !== null);
    const key = (pid: number, port: number, ms: number): string => [pid, port, ms].join(' ');
    const startMs = outcome.scenario.host.startMs;
    expect(
      read({ source })
        .map(({ pid, localPort, atMs }) => key(pid, localPort, atMs))
        .sort(),
    ).toEqual(
      openings.map(({ pid, localPort, seconds }) => key(pid, localPort, startMs + Math.round(seconds * 1000))).sort(),
    );
  });

  it('holds what a filter lets through, and the time asked for', () => {
    const startMs = outcome.scenario.host.startMs;
    const part = read({ source, keeps: ({ process }) => process.image === 'tool.exe', fromSeconds: 10, toSeconds: 20 });
    expect(part.length).toBeGreaterThan(5);
    expect(new Set(part.map(({ image }) => image))).toEqual(new Set(['tool.exe']));
    expect(part.every(({ atMs }) => atMs >= startMs + 10_000 && atMs <= startMs + 20_000)).toBe(true);
  });
});

describe('openings', () => {
  it('are noted only where the scenario asks for them', () => {
    expect(simulate(bareScenario(60, [], { clients: [oneClient()] }), 3).openings).toEqual([]);
    expect(outcome.openings.filter(({ remote }) => remote === null).length).toBeGreaterThan(20);
  });
});

describe('a port in CLOSING that is handed out', () => {
  const closing = (handsOutClosingPorts: boolean) =>
    simulate(
      bareScenario(900, [890], {
        host: bareHost({ handsOutClosingPorts, range: { start: 50_000, count: 500 } }),
        clients: [
          oneClient({ rate: [[0, 2]], regular: true, lifetime: { kind: 'constant', seconds: 1 } }),
          oneClient({ name: 'abandoned', rate: [[0, 1 / 90]], regular: true, ending: 'closing-for-ever' }),
        ],
      }),
      5,
    );

  it('fails the connect with 4227 in a nearly empty pool, and only with the defect', () => {
    const { failures, snapshots } = closing(true);
    expect(snapshots[0]?.ledger.closing).toBe(9);
    expect(failures.byId[4227]).toBeGreaterThan(5);
    expect(failures.byId[4231]).toBe(0);
    expect(closing(false).failures.count).toBe(0);
  });
});
