import { label, type Incident } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import { collect, PLAIN_COLUMNS, STAMPED_COLUMNS } from './collect.js';
import { address, caller } from './clients.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** Connections closed faster than TIME_WAIT expires, well documented. */
export const CHURN: readonly Incident[] = [
  {
    id: 'churn-http-implicit',
    story: 'An HTTPS client without keep-alive ramps up and stays; netstat every two minutes, 4227 only.',
    make: (seed) => {
      const at = site(seed, 'churn-http-implicit');
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [caller('calls', { image }, ramp(5, about(at, 180), 400, 900), [remote])];
      const scenario = scenarioOn(at, 2_000, every(120, 420, 7), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'churn-bind-first',
    story:
      'The same with a client that binds before it connects: 4231 only, which is no sign of a leak. Unfiltered CSVs.',
    make: (seed) => {
      const at = site(seed, 'churn-bind-first');
      const image = at.images[0];
      const remote = at.backend(8_080);
      const clients = [
        caller('calls', { image }, ramp(4, about(at, 175), 500, 1_000), [remote], {
          allocation: 'bind-first',
          twin: 'same-family',
          lifetime: { kind: 'exponential', meanSeconds: 0.8 },
        }),
      ];
      const scenario = scenarioOn(at, 1_800, every(150, 450, 7), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'churn-short-lived-processes',
    story: 'A task calls curl.exe again and again: every connection has another owner, the image is one consumer.',
    make: (seed) => {
      const at = site(seed, 'churn-short-lived-processes');
      const remote = at.backend(443);
      const process = { image: 'curl.exe', perCall: true, user: 'CONTOSO\\svc-task' };
      const clients = [
        caller('curl', process, ramp(3, about(at, 165), 300, 700), [remote], {
          lifetime: { kind: 'uniform', low: 0.2, high: 1.2 },
        }),
      ];
      const scenario = scenarioOn(at, 1_500, every(60, 350, 10), clients);
      return label(
        scenario,
        seed,
        'time-wait-churn',
        churn('curl.exe', address(remote), { mechanisms: ['time-wait-churn'], highestConfidence: 'high' }),
        (outcome) =>
          collect(outcome, seed, {
            clock: at.clock,
            tables: { as: 'netstat', switches: '-ano', series: true },
            processes: 'csv',
            processesOf: 8,
          }),
      );
    },
  },
  {
    id: 'churn-shared-destination',
    story: 'Two programs talk to the same endpoint; one keeps thirty pooled connections, the other opens one a call.',
    make: (seed) => {
      const at = site(seed, 'churn-shared-destination');
      const [image, innocent] = at.images;
      const remote = at.backend(1_433);
      const clients = [
        caller('calls', { image }, ramp(2, about(at, 190), 300, 600), [remote], {
          lifetime: { kind: 'exponential', meanSeconds: 0.6 },
        }),
        caller('pool', { image: innocent }, constantRate(0.02), [remote], {
          standing: 30,
          ending: 'peer-closes',
          lifetime: { kind: 'exponential', meanSeconds: 1_500 },
        }),
      ];
      const scenario = scenarioOn(at, 1_500, every(30, 400, 12), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true } }),
      );
    },
  },
  {
    id: 'churn-ipv6',
    story: 'The destination is IPv6, whose TIME_WAIT lasts 240 seconds here: half the rate fills the pool.',
    make: (seed) => {
      const at = site(seed, 'churn-ipv6');
      const image = at.images[0];
      const remote = { address: '2001:db8:7::31', port: 443 };
      const clients = [caller('calls', { image }, ramp(2, about(at, 95), 400, 800), [remote])];
      const scenario = scenarioOn(at, 1_800, every(120, 380, 9), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoi' },
          log: { style: 'wevtutil' },
        }),
      );
    },
  },
  {
    id: 'churn-many-destinations',
    story:
      'A proxy closes connections to four hundred servers, binding first: no destination stands out, the pool is full.',
    make: (seed) => {
      const at = site(seed, 'churn-many-destinations');
      const image = at.images[0];
      const remotes = Array.from({ length: 400 }, (_, index) => ({
        address: index < 200 ? `198.51.100.${String(index + 20)}` : `203.0.113.${String(index - 180)}`,
        port: 443,
      }));
      const clients = [
        caller('proxy', { image }, ramp(10, about(at, 170), 300, 700), remotes, {
          allocation: 'bind-first',
          twin: 'same-family',
        }),
      ];
      const scenario = scenarioOn(at, 1_500, every(100, 420, 8), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, null), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'churn-german-netstat',
    story: 'The dumps are German and in code page 850, the log was saved with wevtutil.',
    make: (seed) => {
      const clock = { culture: 'de-DE', standardMinutes: 60, zoneName: 'W. Europe Standard Time' } as const;
      const at = site(seed, 'churn-german-netstat', { clock });
      const image = at.images[0];
      const remote = at.backend(5_432);
      const clients = [caller('calls', { image }, ramp(2, about(at, 200), 400, 700), [remote])];
      const scenario = scenarioOn(at, 1_200, every(60, 480, 8), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, {
          clock,
          tables: { as: 'netstat', switches: '-ano', language: 'de', series: true },
          log: { style: 'wevtutil-root' },
        }),
      );
    },
  },
  {
    id: 'churn-loopback',
    story: 'A service calls another one on the same host over 127.0.0.1; both ends are listed, one port is held.',
    make: (seed) => {
      const at = site(seed, 'churn-loopback');
      const [image, second] = at.images;
      const remote = { address: '127.0.0.1', port: 8_081 };
      const clients = [caller('calls', { image }, ramp(2, about(at, 185), 400, 800), [remote])];
      const listeners = [...at.listeners, { process: { image: second }, port: 8_081, address: '0.0.0.0' }];
      const scenario = scenarioOn(at, 1_400, every(90, 430, 8), clients, { listeners });
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: PLAIN_COLUMNS } }),
      );
    },
  },
  {
    id: 'churn-already-at-limits',
    story: 'Range 1025 to 65534 and 30 seconds are set already, and 2,600 connections a second still exhaust it.',
    make: (seed) => {
      const at = site(seed, 'churn-already-at-limits', {
        host: { range: { start: 1_025, count: 64_510 }, timeWaitSeconds: { ipv4: 30, ipv6: 30 } },
      });
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [
        caller('calls', { image }, ramp(20, about(at, 2_600, 0.05), 200, 320), [remote], {
          lifetime: { kind: 'exponential', meanSeconds: 0.2 },
        }),
      ];
      const scenario = scenarioOn(at, 480, [190, 230, 260, 290, 400], clients);
      return label(
        scenario,
        seed,
        'time-wait-churn',
        churn(image, address(remote), { settingsHelp: ['no'] }),
        (outcome) =>
          collect(outcome, seed, {
            clock: at.clock,
            tables: { as: 'netstat', switches: '-anoi', series: true },
            registry: { values: { TcpTimedWaitDelay: 30, MaxUserPort: 65_534 }, as: 'query' },
          }),
      );
    },
  },
  {
    id: 'churn-delay-pending-restart',
    story: 'The registry says 30 seconds, the sockets still wait 120: nobody has restarted the host.',
    make: (seed) => {
      const at = site(seed, 'churn-delay-pending-restart');
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(5, about(at, 210), 300, 700), [remote])];
      const scenario = scenarioOn(at, 1_300, every(100, 330, 8), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoi', series: true },
          registry: { values: { TcpTimedWaitDelay: 30, TcpNumConnections: 16_777_214 }, as: 'export' },
        }),
      );
    },
  },
  {
    id: 'churn-two-nights',
    story: 'The same job exhausts the pool on two nights; the folder holds both.',
    make: (seed) => {
      const at = site(seed, 'churn-two-nights', { perSecond: 0.2 });
      const image = at.images[0];
      const remote = at.backend(8_443);
      const rate = about(at, 180);
      const night = (from: number): (readonly [number, number])[] => [
        [from, 0],
        [from + 60, rate],
        [from + 600, rate],
        [from + 610, 0],
      ];
      const clients = [caller('calls', { image }, [[0, 0], ...night(3_600), ...night(90_000)], [remote])];
      const scenario = scenarioOn(at, 92_000, [3_500, 3_680, 3_950, 4_600, 89_900, 90_080, 90_350, 91_000], clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'churn-summer-time',
    story: 'The clock goes forward between the dumps, which print local time without a zone.',
    make: (seed) => {
      const changeMs = Date.UTC(2026, 2, 29, 1);
      const clock = {
        culture: 'fr-FR',
        standardMinutes: 60,
        zoneName: 'Romance Standard Time',
        changes: [{ fromMs: changeMs, offsetMinutes: 120 }],
      } as const;
      const at = site(seed, 'churn-summer-time', { clock, host: { startMs: changeMs - 1_500_000 } });
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [caller('calls', { image }, ramp(3, about(at, 180), 900, 1_300), [remote])];
      const scenario = scenarioOn(at, 2_700, every(240, 660, 7), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, {
          clock,
          tables: { as: 'netstat', switches: '-ano', language: 'fr', series: true },
          log: { fromSeconds: -2 * 86_400, toSeconds: 86_400 },
        }),
      );
    },
  },
  {
    id: 'churn-pid-reuse',
    story:
      'The culprit is stopped and its PID goes to a harmless program, which is what the process list shows afterwards.',
    make: (seed) => {
      const at = site(seed, 'churn-pid-reuse');
      const [image, heir] = at.images;
      const remote = at.backend(1_521);
      const pid = 4 * (600 + at.random.below(900));
      const clients = [
        caller('calls', { image, pid, endsSeconds: 1_000 }, ramp(2, about(at, 200), 300, 600), [remote]),
        caller('heir', { image: heir, pid, startedSeconds: 1_060 }, constantRate(0.1), [at.backend(9_000)]),
      ];
      const scenario = scenarioOn(at, 1_800, [290, 400, 500, 600, 800, 1_200, 1_500], clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) => {
        const before = collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'csv', columns: STAMPED_COLUMNS },
          processes: 'get-process',
          processesOf: 0,
        });
        const after = collect(outcome, seed, {
          clock: at.clock,
          tables: false,
          log: false,
          netsh: false,
          processes: 'get-process',
          processesOf: 6,
        });
        const renamed = after.files.map((file) => ({ ...file, name: `later-${file.name}` }));
        return { ...before, files: [...before.files, ...renamed] };
      });
    },
  },
  {
    id: 'churn-snapshots-only',
    story: 'No log was saved; the dumps alone show the pool full of TIME_WAIT.',
    make: (seed) => {
      const at = site(seed, 'churn-snapshots-only');
      const image = at.images[0];
      const remote = at.backend(389);
      const clients = [caller('calls', { image }, ramp(2, about(at, 175), 300, 700), [remote])];
      const scenario = scenarioOn(at, 1_300, every(120, 320, 8), clients);
      const right = churn(image, address(remote), { highestConfidence: 'medium' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          log: false,
          tables: { as: 'netstat', switches: '-anoq', series: true },
        }),
      );
    },
  },
  {
    id: 'churn-restart-ends-it',
    story:
      'The service is restarted during the incident and behaves afterwards; an update was installed an hour before.',
    make: (seed) => {
      const at = site(seed, 'churn-restart-ends-it');
      const image = at.images[0];
      const remote = at.backend(443);
      const process = { image, services: ['Worker'], restartsSeconds: [1_400] };
      const clients = [
        caller(
          'calls',
          process,
          [
            [0, 3],
            [500, 3],
            [900, about(at, 190)],
            [1_400, 190],
            [1_401, 3],
          ],
          [remote],
        ),
      ];
      const scenario = scenarioOn(at, 2_400, [480, 700, 850, 1_000, 1_200, 1_460, 1_700, 2_200], clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-ano', series: true },
          processes: 'services',
        }),
      );
    },
  },
];
