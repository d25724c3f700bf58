import { label, type CaptureFile, type Incident, type LabelledCapture, type Written } from '../incident.js';
import { ordinaryListeners } from '../ordinary-server.js';
import { constantRate, ramp, type RateCurve } from '../rate-curve.js';
import type { ListenerSpec, Scenario } from '../scenario.js';
import type { Outcome } from '../simulation.js';
import { encodeText } from '../writers/encode.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS, type Evidence } from './collect.js';
import { churn, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site, type Site } from './site.js';

/** An application server that churns towards a database server, whose dynamic ports are nearly all free. */
interface Pair {
  readonly sick: Site;
  readonly well: Site;
  readonly image: string;
  readonly destination: string;
  readonly scenarios: readonly [sick: Scenario, well: Scenario];
}

function pair(seed: number, incident: string): Pair {
  const sick = named(site(seed, `${incident} client`), 'APP31');
  const well = named(site(seed, `${incident} server`), 'SQL32', sick.host.startMs);
  const remote = { address: well.host.ipv4, port: 1_433 };
  const calls: RateCurve = ramp(4, about(sick, 185), 300, 700);
  const image = sick.images[0];
  // What one host opens, the other accepts: the client closes first, so TIME_WAIT stays with it.
  const database: ListenerSpec = {
    process: { image: 'sqlservr.exe', services: ['MSSQLSERVER'] },
    port: 1_433,
    address: 'both',
    accepts: {
      rate: calls,
      lifetime: { kind: 'exponential', meanSeconds: 0.4 },
      ending: 'peer-closes',
      remotes: [sick.host.ipv4],
    },
  };
  const web: ListenerSpec = {
    process: { image: 'ReportingServicesService.exe' },
    port: 443,
    address: 'both',
    accepts: {
      rate: constantRate(30),
      lifetime: { kind: 'exponential', meanSeconds: 1 },
      // Thousands of TIME_WAIT rows on the server's own port: they take no dynamic port.
      ending: 'we-close',
      remotes: ['192.0.2.21', '192.0.2.22', '192.0.2.23'],
    },
  };
  const moments = every(100, 280, 9);
  return {
    sick,
    well,
    image,
    destination: address(remote),
    scenarios: [
      scenarioOn(sick, 1_300, moments, [caller('calls', { image }, calls, [remote])]),
      scenarioOn(
        well,
        1_300,
        moments,
        [caller('backup', { image: well.images[1] }, constantRate(2), [well.backend(445)])],
        {
          listeners: [...ordinaryListeners(well.host.ipv4, well.own), database, web],
        },
      ),
    ],
  };
}

/** Both hosts were looked at in the same hour. */
function named(at: Site, name: string, startMs = at.host.startMs): Site {
  return { ...at, host: { ...at.host, name, startMs } };
}

/** Labels both hosts; `put` says where a host's files lie, `finish` what becomes of them together. */
function both(
  seed: number,
  { sick, well, image, destination, scenarios }: Pair,
  evidence: (at: Site) => Evidence,
  put: (written: Written, at: Site) => Written,
  finish: (files: readonly CaptureFile[]) => readonly CaptureFile[] = (files) => files,
): LabelledCapture {
  const write = (at: Site) => (outcome: Outcome) => put(collect(outcome, seed, evidence(at)), at);
  const first = label(scenarios[0], seed, 'time-wait-churn', churn(image, destination), write(sick));
  const second = label(scenarios[1], seed, 'none', NOTHING_WRONG, write(well));
  return { ...first, files: finish([...first.files, ...second.files]), others: [second] };
}

function renamed({ files, shown, datagrams = [] }: Written, rename: (name: string) => string): Written {
  return {
    files: files.map((file) => ({ ...file, name: rename(file.name) })),
    shown: shown.map((one) => ({ ...one, file: rename(one.file) })),
    datagrams: datagrams.map((one) => ({ ...one, file: rename(one.file) })),
  };
}

/** The tables of both hosts one under the other in one file, with one heading. */
function joined(files: readonly CaptureFile[], name: string): readonly CaptureFile[] {
  const parts = files.filter((file) => file.name === name).map(({ bytes }) => new TextDecoder().decode(bytes));
  const text = parts.map((part, index) => (index === 0 ? part : part.slice(part.indexOf('\n') + 1))).join('');
  const whole = encodeText(text.replaceAll('\r\n', '\n'), 'utf-8');
  return [...files.filter((file) => file.name !== name), { name, bytes: whole }];
}

/** Several hosts in one folder: none may take another's evidence. */
export const SEVERAL_HOSTS: readonly Incident[] = [
  {
    id: 'two-hosts-folder-each',
    story:
      'An application server churns towards a healthy database server; each has its folder, netstat names neither.',
    make: (seed) => {
      const hosts = pair(seed, 'two-hosts-folder-each');
      return both(
        seed,
        hosts,
        ({ clock }) => ({ clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
        (written, { host }) => renamed(written, (name) => `${host.name}/${name}`),
      );
    },
  },
  {
    id: 'two-hosts-one-csv',
    story:
      'A collector wrote the tables of both hosts into one CSV and their logs into one file; lists carry the name.',
    make: (seed) => {
      const hosts = pair(seed, 'two-hosts-one-csv');
      return both(
        seed,
        hosts,
        ({ clock }) => ({
          // One collector, one culture.
          clock: { ...clock, culture: 'en-US', standardMinutes: 60, zoneName: 'Romance Standard Time' },
          tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true },
          processes: 'get-process',
          log: { style: 'wevtutil' },
        }),
        (written, { host }) =>
          renamed(written, (name) =>
            name.endsWith('_connections.csv')
              ? 'connections.csv'
              : name === 'System.xml'
                ? 'forwarded.xml'
                : `${host.name}_${name}`,
          ),
        (files) => joined(joinedLogs(files), 'connections.csv'),
      );
    },
  },
  {
    id: 'two-hosts-names-in-files',
    story:
      'The files of both hosts lie in one folder, named in their file names; a netsh output without a name is nobody\u2019s.',
    make: (seed) => {
      const hosts = pair(seed, 'two-hosts-names-in-files');
      return both(
        seed,
        hosts,
        ({ clock }) => ({ clock, tables: { as: 'netstat', switches: '-anoq' } }),
        (written, { host }) => renamed(written, (name) => (name.startsWith(host.name) ? name : `${host.name}-${name}`)),
        (files) => [
          ...files.filter(({ name }) => !name.endsWith('netsh-tcp.txt')),
          {
            name: 'netsh.txt',
            bytes: encodeText(
              '\nProtocol tcp Dynamic Port Range\n---------------------------------\nStart Port      : 10000\nNumber of Ports : 20000\n\n',
              'cp850',
            ),
          },
        ],
      );
    },
  },
];

function joinedLogs(files: readonly CaptureFile[]): readonly CaptureFile[] {
  const logs = files.filter(({ name }) => name === 'forwarded.xml').map(({ bytes }) => new TextDecoder().decode(bytes));
  const bytes = new TextEncoder().encode(logs.join(''));
  return [...files.filter(({ name }) => name !== 'forwarded.xml'), { name: 'forwarded.xml', bytes }];
}
