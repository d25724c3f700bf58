import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { ClientSpec, DynamicRange, ProcessSpec } from '../scenario.js';
import { encodeText } from '../writers/encode.js';
import { netshExcludedPortRange } from '../writers/netsh.js';
import { address, caller } from './clients.js';
import { collect, type Evidence } from './collect.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site, type Site } from './site.js';

const SHOWN = { undeterminedIsHonest: false, highestConfidence: 'high', exhaustion: ['shown'] } as const;
const DUMPS: Evidence['tables'] = { as: 'netstat', switches: '-anoq', series: true };
/** Small enough that a leak fills it within the hour. */
const TWO_THOUSAND: DynamicRange = { start: 49_152, count: 2_000 };

/** A leak of one of the host's own processes in a range of two thousand ports, where only the remedy is hard. */
function leakOf(
  id: string,
  story: string,
  culprit: (at: Site) => ProcessSpec,
  ending: 'bound-for-ever' | 'close-wait-for-ever',
  forbidden: readonly string[],
): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = site(seed, id, { perSecond: 0.1, host: { range: TWO_THOUSAND } });
      const process = culprit(at);
      const changes: Partial<ClientSpec> =
        ending === 'bound-for-ever'
          ? { allocation: 'bind-first', ending }
          : { ending, lifetime: { kind: 'exponential', meanSeconds: 5 } };
      const clients = [caller('leak', process, constantRate(about(at, 0.7)), [at.backend(389)], changes)];
      const scenario = scenarioOn(at, 3_800, every(600, 300, 6), clients);
      const mechanism = ending === 'bound-for-ever' ? 'bound-leak' : 'close-wait-leak';
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: [mechanism],
        contributing: ['undersized-range'],
        culprit: process.image,
        destination: null,
        settingsHelp: ['no', 'buys-time'],
        advised: 'stop-the-leak',
        forbidden,
      };
      return label(scenario, seed, mechanism, right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: DUMPS, processes: 'services' }),
      );
    },
  };
}

/** A load that the default would carry meets a smaller range: the range is the cause, whoever met it is none. */
function small(
  id: string,
  story: string,
  set: { readonly range?: DynamicRange; readonly exclusions?: readonly (readonly [number, number])[] },
  perSecond: number,
  evidence: (at: Site) => Partial<Evidence>,
  changes: Partial<RightAnswer> & { readonly runs?: ProcessSpec } = {},
): Incident {
  const { runs, ...answer } = changes;
  return {
    id,
    story,
    make: (seed) => {
      const at = site(seed, id, { host: set });
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(2, about(at, perSecond), 300, 700), [remote])];
      if (runs !== undefined) {
        const port = { address: '127.0.0.1', port: 10_248 };
        clients.push(caller('health', runs, constantRate(0.01), [port], { ending: 'peer-closes' }));
      }
      const scenario = scenarioOn(at, 1_800, every(240, 280, 6), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['undersized-range'],
        contributing: ['time-wait-churn'],
        culprit: null,
        innocent: [image],
        destination: address(remote),
        settingsHelp: ['yes'],
        advised: 'dynamic-port-range',
        advisedFirst: 'dynamic-port-range',
        ...answer,
      };
      return label(scenario, seed, 'undersized-range', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: DUMPS, ...evidence(at) }),
      );
    },
  };
}

/** Blocks of a hundred ports, one beside the other. */
function blocks(first: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, index): [number, number] => [first + index * 100, first + index * 100 + 99]);
}

/** What to do is the hard part: a process that Windows cannot lose, a range that is the cause, ports that others excluded. */
export const WHAT_TO_DO: readonly Incident[] = [
  leakOf(
    'leak-of-lsass',
    'An authentication package loaded into lsass.exe binds ports and never releases them.',
    ({ own }) => own.lsass,
    'bound-for-ever',
    ['Restart lsass', 'procdump', 'taskkill', 'Stop-Process'],
  ),
  leakOf(
    'leak-of-rpcss',
    'A module in the svchost.exe of RpcSs never closes what its server has closed.',
    ({ own }) => own.rpcss,
    'close-wait-for-ever',
    ['Restart svchost', 'procdump', 'taskkill', 'Stop-Process', 'Restart-Service'],
  ),
  leakOf(
    'leak-of-sql-server',
    'SQL Server’s linked servers leave their connections in CLOSE_WAIT; others depend on the instance.',
    () => ({ image: 'sqlservr.exe', services: ['MSSQLSERVER'] }),
    'close-wait-for-ever',
    ['Restart sqlservr', 'procdump'],
  ),
  small(
    'max-user-port-in-force',
    'MaxUserPort=5000, copied from an old guide, leaves 3,976 ports; forty connections a second no longer fit.',
    { range: { start: 1_025, count: 3_976 } },
    45,
    () => ({ registry: { values: { MaxUserPort: 5_000 }, as: 'query' } }),
  ),
  small(
    'half-the-range',
    'Somebody halved the range; a load that needs ten thousand ports of the default does not fit eight thousand.',
    { range: { start: 57_344, count: 8_192 } },
    80,
    () => ({}),
  ),
  small(
    'eaten-to-the-port',
    'Nobody saved the range, only the list of what is excluded from it: the pool is full at exactly what that leaves.',
    { exclusions: blocks(50_060, 152) },
    20,
    () => ({ netsh: false, excluded: true }),
  ),
  small(
    'eaten-on-a-container-host',
    'The NAT of the containers has reserved most of the range: stopping it would cut off every one of them.',
    { exclusions: blocks(50_060, 150) },
    25,
    () => ({ excluded: true }),
    { runs: { image: 'kubelet.exe' }, forbidden: ['net stop', 'net start', 'delete excludedportrange'] },
  ),
  {
    id: 'churn-beside-the-hyper-v-block',
    story: 'A churn that the default cannot carry; 50000–50059 is excluded with a star, as on every Hyper-V host.',
    make: (seed) => {
      const exclusions: [number, number][] = [[50_000, 50_059]];
      const at = site(seed, 'churn-beside-the-hyper-v-block', { host: { exclusions } });
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [caller('calls', { image }, ramp(5, about(at, 170), 300, 500), [remote])];
      const scenario = scenarioOn(at, 1_000, every(100, 280, 6), clients);
      const right = churn(image, address(remote), {
        forbidden: ['delete excludedportrange', 'net stop'],
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) => {
        const written = collect(outcome, seed, { clock: at.clock, tables: DUMPS });
        const list = netshExcludedPortRange([{ first: 50_000, last: 50_059, administered: true }], 'tcp');
        return { ...written, files: [...written.files, { name: 'excluded.txt', bytes: encodeText(list, 'cp850') }] };
      });
    },
  },
  {
    id: 'churn-without-listeners',
    story: 'Only the connections in TIME_WAIT were exported: which ports services listen on nobody knows.',
    make: (seed) => {
      const at = site(seed, 'churn-without-listeners');
      const remote = at.backend(443);
      const clients = [caller('calls', { image: at.images[0] }, ramp(5, about(at, 170), 300, 500), [remote])];
      const scenario = scenarioOn(at, 1_000, every(100, 280, 6), clients);
      const right = churn(null, address(remote), { undeterminedIsHonest: true, settingsHelp: ['yes', 'cannot-tell'] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'time-wait-csv' } }),
      );
    },
  },
];
