import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { address, caller } from './clients.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

const SHOWN = { undeterminedIsHonest: false, highestConfidence: 'high', exhaustion: ['shown'] } as const;

/** Pools that are too small for what the host does, and peers that do not answer. */
export const LOAD: readonly Incident[] = [
  {
    id: 'connection-saturation-proxy',
    story:
      'A reverse proxy holds a steady crowd of sixteen thousand live connections to many servers, none of them old.',
    make: (seed) => {
      const at = site(seed, 'connection-saturation-proxy');
      const image = at.images[0];
      const remotes = Array.from({ length: 120 }, (_, index) => ({
        address: `203.0.113.${String(10 + index)}`,
        port: 443,
      }));
      const clients = [
        caller('proxy', { image }, ramp(10, about(at, 62, 0.06), 200, 900), remotes, {
          allocation: 'bind-first',
          ending: 'peer-closes',
          twin: 'same-family',
          lifetime: { kind: 'exponential', meanSeconds: 300 },
        }),
      ];
      const scenario = scenarioOn(at, 4_500, every(600, 600, 7), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['connection-saturation'],
        culprit: image,
        destination: null,
        settingsHelp: ['yes'],
      };
      return label(scenario, seed, 'connection-saturation', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'syn-sent-dead-backend',
    story: 'A server is gone; every call to it holds a port for twenty-one seconds.',
    make: (seed) => {
      const at = site(seed, 'syn-sent-dead-backend');
      const image = at.images[0];
      const remote = at.backend(9_200);
      const clients = [
        caller('calls', { image }, ramp(0, about(at, 900, 0.06), 300, 360), [remote], { ending: 'no-answer' }),
      ];
      const scenario = scenarioOn(at, 900, every(60, 280, 8), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['syn-sent-pileup'],
        culprit: image,
        destination: address(remote),
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'syn-sent-pileup', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'syn-sent-patient-host',
    story:
      'A server is gone; this host sends each call eight times more before it gives up, after more than eight minutes.',
    make: (seed) => {
      const attempts = { initialRtoMs: 1_000, retransmissions: 8 };
      const at = site(seed, 'syn-sent-patient-host', { host: { attempts } });
      const image = at.images[0];
      const remote = at.backend(9_200);
      const clients = [
        caller('calls', { image }, constantRate(about(at, 60, 0.06)), [remote], { ending: 'no-answer' }),
      ];
      const scenario = scenarioOn(at, 1_500, every(120, 240, 6), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['syn-sent-pileup'],
        culprit: image,
        destination: address(remote),
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'syn-sent-pileup', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-ano', series: true },
          tcpSetting: true,
        }),
      );
    },
  },
  {
    id: 'undersized-range-num-1000',
    story: "Somebody applied Microsoft's sample command with num=1000; a modest load no longer fits.",
    make: (seed) => {
      const at = site(seed, 'undersized-range-num-1000', { host: { range: { start: 10_000, count: 1_000 } } });
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [caller('calls', { image }, ramp(2, about(at, 20), 300, 900), [remote])];
      const scenario = scenarioOn(at, 2_400, every(180, 280, 10), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['undersized-range'],
        contributing: ['time-wait-churn'],
        culprit: null,
        innocent: [image],
        destination: address(remote),
        settingsHelp: ['yes'],
      };
      return label(scenario, seed, 'undersized-range', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'undersized-by-exclusions',
    story: 'Virtual switches have excluded nine tenths of the default range in blocks of a hundred.',
    make: (seed) => {
      const exclusions = Array.from({ length: 147 }, (_, index): [number, number] => [
        50_000 + index * 100,
        50_099 + index * 100,
      ]);
      const at = site(seed, 'undersized-by-exclusions', { host: { exclusions } });
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(2, about(at, 30), 300, 900), [remote])];
      const scenario = scenarioOn(at, 2_400, every(180, 280, 10), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['undersized-range'],
        contributing: ['time-wait-churn'],
        culprit: null,
        innocent: [image],
        destination: address(remote),
        settingsHelp: ['yes'],
      };
      return label(scenario, seed, 'undersized-range', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          excluded: true,
          tables: { as: 'netstat', switches: '-anoq', series: true },
        }),
      );
    },
  },
  {
    id: 'stuck-time-wait-497-days',
    story:
      'Windows Server 2008 R2 after 497 days: TIME_WAIT never ends, a few connections a second fill the pool within hours.',
    make: (seed) => {
      const at = site(seed, 'stuck-time-wait-497-days', {
        host: { bootSeconds: -497.1 * 86_400, timeWaitStuckFromSeconds: 300 },
      });
      const image = at.images[0];
      const clients = [
        caller('calls', { image }, constantRate(about(at, 3)), [at.backend(443), at.backend(1_433)], {
          allocation: 'bind-first',
        }),
      ];
      const scenario = scenarioOn(at, 7_200, every(1_000, 600, 7), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['stuck-time-wait'],
        culprit: null,
        destination: null,
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'stuck-time-wait', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-ano', series: true },
          log: { fromSeconds: -2 * 86_400 },
        }),
      );
    },
  },
  {
    id: 'churn-beside-bound-leak',
    story: 'A leak holds half of the pool; a load that would fit the rest of a clean one fills it with TIME_WAIT.',
    make: (seed) => {
      const at = site(seed, 'churn-beside-bound-leak');
      const [image, leaking] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('leak', { image: leaking }, constantRate(1.5), [at.backend(8_444)], {
          allocation: 'bind-first',
          ending: 'bound-for-ever',
        }),
        caller('calls', { image }, ramp(5, about(at, 105, 0.05), 5_000, 5_500), [remote], {
          allocation: 'bind-first',
          twin: 'same-family',
        }),
      ];
      const scenario = scenarioOn(at, 6_600, [600, 2_200, 3_800, 4_900, 5_300, 5_700, 6_300], clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['bound-leak', 'time-wait-churn'],
        contributing: ['bound-leak', 'time-wait-churn'],
        culprit: null,
        destination: null,
        settingsHelp: ['yes', 'buys-time', 'no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'churn-beside-close-wait-leak',
    story: 'A small client-side CLOSE_WAIT leak catches the eye, but TIME_WAIT of another program fills the pool.',
    make: (seed) => {
      const at = site(seed, 'churn-beside-close-wait-leak');
      const [image, leaking] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('leak', { image: leaking }, constantRate(0.5), [at.backend(8_080)], {
          ending: 'close-wait-for-ever',
          lifetime: { kind: 'exponential', meanSeconds: 20 },
        }),
        caller('calls', { image }, ramp(5, about(at, 190), 1_500, 2_000), [remote]),
      ];
      const scenario = scenarioOn(at, 2_800, every(240, 600, 9), clients);
      return label(
        scenario,
        seed,
        'time-wait-churn',
        churn(image, address(remote), { contributing: ['close-wait-leak'] }),
        (outcome) =>
          collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'udp-exhaustion-vpn',
    story: 'A VPN client leaks UDP sockets; 4266 and failing name lookups follow, TCP is fine.',
    make: (seed) => {
      const at = site(seed, 'udp-exhaustion-vpn');
      const process = { image: 'vpnagent.exe', services: ['vpnagent'] };
      const udp = [
        ...at.udp.map((spec) =>
          spec.name === 'lookups'
            ? { ...spec, symptom: { kind: 'dns-client-1014', throttleSeconds: 600 } as const }
            : spec,
        ),
        { name: 'leak', process, address: '0.0.0.0', port: 'dynamic', rate: constantRate(about(at, 4)) } as const,
      ];
      const scenario = scenarioOn(at, 6_000, every(800, 600, 7), [], { udp });
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['udp-exhaustion'],
        culprit: 'vpnagent.exe',
        destination: null,
        settingsHelp: ['no', 'buys-time'],
      };
      return label(scenario, seed, 'udp-exhaustion', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS }, udpCsv: true }),
      );
    },
  },
  {
    id: 'udp-exhaustion-netstat',
    story: 'The same from netstat, whose UDP rows have no state.',
    make: (seed) => {
      const at = site(seed, 'udp-exhaustion-netstat');
      const image = at.images[0];
      const udp = [
        ...at.udp,
        {
          name: 'leak',
          process: { image },
          address: '0.0.0.0',
          port: 'dynamic',
          rate: constantRate(about(at, 5)),
        } as const,
      ];
      const scenario = scenarioOn(at, 4_800, every(700, 500, 6), [], { udp });
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['udp-exhaustion'],
        culprit: image,
        destination: null,
        settingsHelp: ['no', 'buys-time'],
      };
      return label(scenario, seed, 'udp-exhaustion', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'endpoint-collision-one-dump',
    story: 'A mainframe link pins its source port; the only dump shows its pair waiting, without an owner.',
    make: (seed) => {
      const at = site(seed, 'endpoint-collision-one-dump');
      const remote = at.backend(1_414);
      const clients = [
        caller('link', { image: at.images[0] }, constantRate(1 / 20), [remote], {
          regular: true,
          allocation: 1_899,
          lifetime: { kind: 'constant', seconds: 6 },
        }),
      ];
      const scenario = scenarioOn(at, 3_600, [1_000], clients);
      const right: RightAnswer = {
        mechanisms: ['endpoint-collision', 'undetermined'],
        undeterminedIsHonest: true,
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
        culprit: null,
        destination: null,
        settingsHelp: ['no', 'cannot-tell'],
      };
      return label(scenario, seed, 'endpoint-collision', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq' } }),
      );
    },
  },
];
