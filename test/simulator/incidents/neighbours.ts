import { groupPolicy1129, netlogon5719, tcpipEvent } from '../host-events.js';
import { label, type Incident, type RightAnswer, type Written } from '../incident.js';
import { classicEvent, manifestEvent, type LogRecord } from '../log-record.js';
import { constantRate } from '../rate-curve.js';
import { encodeText } from '../writers/encode.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { caller } from './clients.js';
import { atSeconds, collect, STAMPED_COLUMNS, type Evidence } from './collect.js';
import { NOT_SHOWN, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site, type Site } from './site.js';

const WINNAT = '{66c07ecd-6667-43fc-93f8-05cf07f446ec}';
const HTTP = '{7b6bc78c-898b-4170-bbf8-1a469ea43fc5}';

function winNat1033(atMs: number): LogRecord {
  const data = [
    ['InstanceName', 'nat0'],
    ['TransportProtocol', 'TCP'],
  ] as const;
  const text =
    "NAT instance nat0 failed to allocate a TCP port dynamically because all ports in the instance's external address pool are in use.";
  return {
    ...manifestEvent(atMs, 'Microsoft-Windows-WinNat', WINNAT, 1033, 2, data, text),
    channel: 'Microsoft-Windows-WinNat/Oper',
  };
}

function http15005(atMs: number, port: number): LogRecord {
  const data = [
    ['DeviceObject', '\\Device\\Http\\ReqQueue'],
    ['Address', `0.0.0.0:${String(port)}`],
  ] as const;
  const text = `Unable to bind to the underlying transport for 0.0.0.0:${String(port)}.`;
  return manifestEvent(atMs, 'Microsoft-Windows-HttpEvent', HTTP, 15_005, 2, data, text);
}

const PLAIN = { as: 'netstat', switches: '-anoq', series: true } as const;
/** Nothing is wrong with the ports; whether it is, an expert may leave open. */
const NOTHING_OR_OPEN: RightAnswer = {
  ...NOTHING_WRONG,
  mechanisms: ['none', 'undetermined'],
  exhaustion: ['refuted', 'cannot-tell'],
  settingsHelp: ['not-needed', 'cannot-tell'],
};

/** An ordinary day of an ordinary server, with what somebody saved of it. */
function quiet(
  id: string,
  story: string,
  right: RightAnswer,
  evidence: (
    at: Site,
  ) => Partial<Evidence> & { readonly also?: readonly (readonly [number, (atMs: number) => LogRecord])[] },
  siteOptions: Parameters<typeof site>[2] = {},
): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = site(seed, id, siteOptions);
      const scenario = scenarioOn(at, 2_700, [600, 1_500, 2_400], []);
      const { also = [], ...rest } = evidence(at);
      return label(scenario, seed, 'none', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: PLAIN,
          log: { also: also.map(([seconds, make]) => atSeconds(outcome, seconds, make)) },
          ...rest,
        }),
      );
    },
  };
}

/** What looks like used-up ports and is something beside them, or bears on them: it is named. */
export const NEIGHBOURS: readonly Incident[] = [
  quiet(
    'neighbour-foreign-events',
    'The reader comes with three events 4227: they are those of a backup program.',
    { ...NOTHING_WRONG, explanations: ['other.foreign-events'] },
    () => ({
      also: [700, 900, 1_100].map((seconds) => [
        seconds,
        (atMs: number) => classicEvent(atMs, 'Contoso Backup', 4_227, 'warning', ['job 12'], 'Job 12 was skipped.'),
      ]),
    }),
  ),
  quiet(
    'neighbour-boot-race',
    'The reader comes with 5719 and 1129: they are from the minute in which the host started.',
    { ...NOTHING_WRONG, explanations: ['other.start-events'] },
    () => ({
      also: [
        [-4_960, netlogon5719],
        [-4_930, groupPolicy1129],
      ],
    }),
    { host: { bootSeconds: -5_000 } },
  ),
  quiet(
    'neighbour-nat-pool',
    'The NAT for the containers has no port left; the table and the pool of the host are healthy.',
    { ...NOTHING_OR_OPEN, explanations: ['other.nat-pool'], missing: ['lacking.nat-sessions'] },
    () => ({
      also: [
        [1_000, winNat1033],
        [1_400, winNat1033],
      ],
    }),
  ),
  quiet(
    'neighbour-fixed-port',
    'A web server cannot bind its own port 50,042: a block of excluded ports holds it, and no port is short.',
    { ...NOTHING_OR_OPEN, explanations: ['other.fixed-port'] },
    () => ({ excluded: true, also: [[800, (atMs) => http15005(atMs, 50_042)]] }),
    { host: { exclusions: [[50_000, 50_099]] } },
  ),
  quiet(
    'neighbour-rpc-ports',
    'RPC has a range of its own with 101 ports, and callers get 1753 once it is used up.',
    { ...NOTHING_OR_OPEN, explanations: ['other.rpc-ports'] },
    () => ({ rpcPorts: '5000-5100' }),
  ),
  {
    id: 'neighbour-server-side',
    story: 'A web server keeps eleven thousand rows in TIME_WAIT on its own port 443, which need no dynamic port.',
    make: (seed) => {
      const at = site(seed, 'neighbour-server-side');
      const accepts = {
        rate: constantRate(about(at, 90)),
        lifetime: { kind: 'exponential', meanSeconds: 1 },
        ending: 'we-close',
        remotes: Array.from({ length: 80 }, (_, index) => `192.0.2.${String(index + 10)}`),
      } as const;
      const listeners = [
        ...at.listeners,
        { process: { image: 'nginx.exe' }, port: 443, address: 'both', accepts } as const,
      ];
      const scenario = scenarioOn(at, 700, [400, 600], [], { listeners });
      const right = { ...NOTHING_WRONG, explanations: ['other.server-side'] };
      return label(scenario, seed, 'none', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: PLAIN }),
      );
    },
  },
  {
    id: 'neighbour-delay-waits',
    story: 'Somebody set TcpTimedWaitDelay to 30 and has not restarted since: TIME_WAIT still lasts two minutes.',
    make: (seed) => {
      const at = site(seed, 'neighbour-delay-waits');
      const clients = [caller('calls', { image: at.images[0] }, constantRate(about(at, 12)), [at.backend(443)])];
      const scenario = scenarioOn(at, 900, every(40, 400, 8), clients);
      const right = { ...NOTHING_WRONG, explanations: ['other.pending-delay'], pendingDelaySeconds: 30 };
      return label(scenario, seed, 'none', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true },
          registry: { values: { TcpTimedWaitDelay: 30 }, as: 'export' },
        }),
      );
    },
  },
  {
    id: 'neighbour-container-host',
    story: 'A container host logs 4231 and its table is nearly empty: a container has a compartment of its own.',
    make: (seed) => {
      const at = site(seed, 'neighbour-container-host');
      const daemon = (image: string, port: number) =>
        caller(image, { image }, constantRate(0.05), [at.backend(port)], { ending: 'peer-closes' });
      const clients = [daemon('dockerd.exe', 443), daemon('containerd.exe', 8_443)];
      const scenario = scenarioOn(at, 2_700, [600, 1_190, 1_250, 2_400], clients);
      const right: RightAnswer = {
        ...NOT_SHOWN,
        explanations: ['other.compartment'],
        missing: ['lacking.nat-sessions'],
      };
      return label(scenario, seed, 'undetermined', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: PLAIN,
          log: { also: [1_200, 1_600].map((seconds) => atSeconds(outcome, seconds, (ms) => tcpipEvent(ms, 4231))) },
        }),
      );
    },
  },
  {
    id: 'neighbour-range-changed',
    story: 'The range was widened between two listings of it; both were saved.',
    make: (seed) => {
      const at = site(seed, 'neighbour-range-changed');
      const scenario = scenarioOn(at, 2_700, [600, 1_500, 2_400], []);
      const right = { ...NOTHING_WRONG, explanations: ['other.range-changed'] };
      return label(scenario, seed, 'none', right, (outcome): Written => {
        const written = collect(outcome, seed, { clock: at.clock, tables: PLAIN });
        const after = encodeText(netshDynamicPort({ start: 20_000, count: 45_536 }, 'tcp'), 'cp850');
        return { ...written, files: [...written.files, { name: 'netsh-tcp-after.txt', bytes: after }] };
      });
    },
  },
  {
    id: 'neighbour-leak-in-every-session',
    story: 'A session host: the same tool leaks a little in each of forty sessions, none of them for itself a leak.',
    make: (seed) => {
      const at = site(seed, 'neighbour-leak-in-every-session');
      const tools = Array.from({ length: 40 }, (_, index) =>
        caller(
          `tool ${String(index)}`,
          { image: 'Fabrikam.Tray.exe', user: `CONTOSO\\user${String(index + 1).padStart(2, '0')}` },
          constantRate(about(at, 0.07)),
          [at.backend(443)],
          { allocation: 'bind-first', ending: 'bound-for-ever' },
        ),
      );
      const scenario = scenarioOn(at, 7_000, every(1_000, 800, 7), tools);
      const right: RightAnswer = {
        mechanisms: ['bound-leak'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['shown'],
        culprit: 'Fabrikam.Tray.exe',
        destination: null,
        settingsHelp: ['no'],
        explanations: ['other.session-leak'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: PLAIN, processes: 'csv', processesOf: 6 }),
      );
    },
  },
];
