import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate } from '../rate-curve.js';
import type { CsvColumn } from '../writers/tcp-connection-csv.js';
import { caller } from './clients.js';
import { collect } from './collect.js';
import { about, every, scenarioOn, site } from './site.js';

const WITHOUT_LOG = { undeterminedIsHonest: false, exhaustion: ['shown', 'cannot-tell'], destination: null } as const;

const NAMED_COLUMNS: readonly CsvColumn[] = [
  'Timestamp',
  'HostName',
  'State',
  'CreationTime',
  'LocalAddress',
  'LocalPort',
  'RemoteAddress',
  'RemotePort',
  'Process',
];

/** One table that shows who holds most of the pool, and nothing that shows it grow. */
export const HOLDERS: readonly Incident[] = [
  {
    id: 'udp-held-in-one-table',
    story: 'A program holds fifteen thousand UDP ports; somebody saves one table of it, and no log.',
    make: (seed) => {
      const at = site(seed, 'udp-held-in-one-table');
      const process = { image: at.images[0] };
      const standing = Math.round(about(at, 15_300, 0.02));
      const udp = [...at.udp, { name: 'sockets', process, address: '0.0.0.0', port: 'dynamic', standing } as const];
      const scenario = scenarioOn(at, 900, [600], [], { udp });
      const right: RightAnswer = {
        ...WITHOUT_LOG,
        mechanisms: ['udp-exhaustion'],
        highestConfidence: 'medium',
        culprit: at.images[0],
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'udp-exhaustion', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, log: false, tables: { as: 'netstat', switches: '-ano' } }),
      );
    },
  },
  {
    id: 'bound-leak-named-only',
    story: 'An agent leaks Bound ports; the script that saves the tables writes the name of the process and no PID.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-named-only');
      const image = 'fabrikam-agent.exe';
      const clients = [
        caller('leak', { image }, constantRate(about(at, 7)), [at.backend(8_443)], {
          lifetime: { kind: 'exponential', meanSeconds: 1 },
          ending: 'bound-for-ever',
        }),
      ];
      const scenario = scenarioOn(at, 3_600, every(300, 600, 6), clients);
      const right: RightAnswer = {
        undeterminedIsHonest: false,
        exhaustion: ['shown'],
        destination: null,
        mechanisms: ['bound-leak'],
        highestConfidence: 'high',
        culprit: image,
        settingsHelp: ['no', 'buys-time'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          processes: false,
          tables: { as: 'csv', columns: NAMED_COLUMNS, series: true },
        }),
      );
    },
  },
  {
    id: 'udp-socket-pool-of-dns',
    story: 'Somebody has set the socket pool of a DNS server to its largest; what else needs UDP finds no port: 4266.',
    make: (seed) => {
      const at = site(seed, 'udp-socket-pool-of-dns');
      const dns = { image: 'dns.exe', services: ['DNS'] };
      const udp = [
        ...at.udp,
        { name: 'dns pool', process: dns, address: '0.0.0.0', port: 'dynamic', standing: 10_000 } as const,
        { name: 'dns', process: dns, address: at.host.ipv4, port: 53, standing: 1 } as const,
        {
          name: 'calls',
          process: { image: at.images[0] },
          address: '0.0.0.0',
          port: 'dynamic',
          standing: 6_500,
        } as const,
      ];
      const scenario = scenarioOn(at, 1_800, [900, 1_500], [], { udp });
      const right: RightAnswer = {
        undeterminedIsHonest: false,
        exhaustion: ['shown'],
        destination: null,
        mechanisms: ['udp-exhaustion'],
        highestConfidence: 'high',
        culprit: 'dns.exe',
        settingsHelp: ['no', 'buys-time'],
      };
      return label(scenario, seed, 'udp-exhaustion', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
];
