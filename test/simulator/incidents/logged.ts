import { connectionLog, type ConnectionLogOptions } from '../connection-log.js';
import { label, type Incident, type Written } from '../incident.js';
import type { Opening } from '../journal.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { ClientSpec, Destination, ProcessSpec } from '../scenario.js';
import type { Outcome } from '../simulation.js';
import { address, caller } from './clients.js';
import { collect, type Evidence } from './collect.js';
import { churn, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

const OPENINGS = { log: { throttleSeconds: 900, openings: true } } as const;
/** So short that hardly any snapshot meets one alive. */
const AT_ONCE = { kind: 'uniform', low: 0.002, high: 0.02 } as const;

/** A tool that is started for every call and gone before anybody looks. */
function calledAgain(
  name: string,
  process: ProcessSpec,
  rate: ClientSpec['rate'],
  remote: Destination,
  changes: Partial<ClientSpec> = {},
): ClientSpec {
  return caller(name, { ...process, perCall: true }, rate, [remote], {
    lifetime: AT_ONCE,
    ...changes,
  });
}

/** The capture with a log of connections beside the rest. */
function withLog(outcome: Outcome, seed: number, evidence: Evidence, log: ConnectionLogOptions): Written {
  const written = collect(outcome, seed, evidence);
  const name = log.source === 'sysmon' ? 'Sysmon.xml' : 'Security.xml';
  return { ...written, files: [...written.files, { name, bytes: connectionLog(outcome, seed, log) }] };
}

const byImage =
  (...images: readonly string[]) =>
  ({ process }: Opening): boolean =>
    images.includes(process.image);

/** Logs that name a connection's process: Sysmon's event 3 and the audit of the Filtering Platform. */
export const LOGGED: readonly Incident[] = [
  {
    id: 'log-names-short-lived',
    story: 'A script starts a tool for every record; no snapshot meets one alive and no list names it, Sysmon does.',
    make: (seed) => {
      const at = site(seed, 'log-names-short-lived');
      const remote = at.backend(1_433);
      const clients = [calledAgain('tool', { image: 'sqlcmd.exe' }, ramp(3, about(at, 175), 180, 240), remote)];
      const scenario = scenarioOn(at, 480, every(30, 170, 10), clients, OPENINGS);
      const right = churn('sqlcmd.exe', address(remote), { logRate: 'at-least' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true }, processes: false },
          { source: 'sysmon' },
        ),
      );
    },
  },
  {
    id: 'log-names-behind-filtered-list',
    story: 'Only the TIME_WAIT rows were saved, which name nobody; the Security log has every bind and connection.',
    make: (seed) => {
      const at = site(seed, 'log-names-behind-filtered-list');
      const remote = at.backend(443);
      const clients = [calledAgain('tool', { image: 'curl.exe' }, ramp(3, about(at, 170), 150, 200), remote)];
      const scenario = scenarioOn(at, 440, [240, 300, 330], clients, OPENINGS);
      const right = churn('curl.exe', address(remote), { logRate: 'at-least' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'time-wait-csv' }, processes: false },
          { source: 'security' },
        ),
      );
    },
  },
  {
    id: 'log-names-two-programs',
    story: 'Two tools fill the pool together and a third has a small part in it, all towards one endpoint.',
    make: (seed) => {
      const at = site(seed, 'log-names-two-programs');
      const [first, second, third] = ['robocopy.exe', 'bcp.exe', 'curl.exe'];
      const remote = at.backend(445);
      const whole = about(at, 180);
      const clients = [
        calledAgain('first', { image: first }, ramp(1, whole * 0.44, 180, 240), remote),
        calledAgain('second', { image: second }, ramp(1, whole * 0.36, 180, 240), remote),
        calledAgain('third', { image: third }, ramp(1, whole * 0.2, 180, 240), remote),
      ];
      const scenario = scenarioOn(at, 480, every(40, 170, 8), clients, OPENINGS);
      const right = churn(first, address(remote), { alsoAtFault: [second], logRate: 'at-least' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } },
          { source: 'sysmon', style: 'to-xml' },
        ),
      );
    },
  },
  {
    id: 'log-filtered-to-an-innocent',
    story:
      'Sysmon is set up to log one well-known program only, which calls the same endpoint as the culprit now and then.',
    make: (seed) => {
      const at = site(seed, 'log-filtered-to-an-innocent');
      const [image, innocent] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('calls', { image }, ramp(3, about(at, 175), 500, 600), [remote], {
          lifetime: { kind: 'exponential', meanSeconds: 0.6 },
        }),
        caller('known', { image: innocent }, ramp(30, 12, 200, 260), [remote]),
      ];
      const scenario = scenarioOn(at, 900, every(40, 480, 9), clients, OPENINGS);
      const right = churn(image, address(remote), { logRate: 'at-least' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } },
          { source: 'sysmon', keeps: byImage(innocent) },
        ),
      );
    },
  },
  {
    id: 'log-filtered-steady-load',
    story: 'Nothing is wrong; a Sysmon log of one program among three must not pass for all connections.',
    make: (seed) => {
      const at = site(seed, 'log-filtered-steady-load');
      const [first, second] = at.images;
      const clients = [
        caller('first', { image: first }, constantRate(about(at, 25)), [at.backend(443)]),
        caller('second', { image: second }, constantRate(about(at, 10)), [at.backend(1_433)]),
      ];
      const scenario = scenarioOn(at, 1_200, every(120, 200, 8), clients, OPENINGS);
      const right = { ...NOTHING_WRONG, logRate: 'at-least' } as const;
      return label(scenario, seed, 'none', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } },
          { source: 'sysmon', keeps: byImage(second) },
        ),
      );
    },
  },
  {
    id: 'log-complete-steady-load',
    story: 'Nothing is wrong; the Security log holds every connection, so that their rate is known, not only bounded.',
    make: (seed) => {
      const at = site(seed, 'log-complete-steady-load');
      const [first, second] = at.images;
      const clients = [
        caller('first', { image: first }, constantRate(about(at, 25)), [at.backend(443)]),
        caller('second', { image: second }, constantRate(about(at, 10)), [at.backend(1_433)]),
      ];
      const scenario = scenarioOn(at, 1_200, every(120, 200, 8), clients, OPENINGS);
      const right = { ...NOTHING_WRONG, logRate: 'interval' } as const;
      return label(scenario, seed, 'none', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } },
          { source: 'security' },
        ),
      );
    },
  },
  {
    id: 'log-pid-reuse',
    story:
      'PIDs come round within the minute between two tools that are started for every call; the process list shows later owners of them.',
    make: (seed) => {
      const at = site(seed, 'log-pid-reuse');
      const remote = at.backend(443);
      const clients = [
        calledAgain('culprit', { image: 'curl.exe' }, ramp(2, about(at, 170), 180, 240), remote),
        calledAgain('harmless', { image: 'nslookup.exe' }, constantRate(about(at, 12)), at.backend(53)),
        // Long-lived by the time the list is made, on PIDs that the tools had.
        caller('workers', { image: at.images[0], startedSeconds: 465, instances: 400 }, constantRate(3), [
          at.backend(9_000),
        ]),
      ];
      const scenario = scenarioOn(at, 520, [...every(30, 170, 9), 510], clients, OPENINGS);
      const right = churn('curl.exe', address(remote), { logRate: 'at-least' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        withLog(
          outcome,
          seed,
          { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true }, processesOf: 9 },
          { source: 'sysmon' },
        ),
      );
    },
  },
];
