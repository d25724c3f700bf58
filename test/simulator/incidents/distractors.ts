import { netlogon5719, groupPolicy1129 } from '../host-events.js';
import { label, type Incident } from '../incident.js';
import { classicEvent, manifestEvent } from '../log-record.js';
import { constantRate } from '../rate-curve.js';
import { atSeconds, collect, STAMPED_COLUMNS } from './collect.js';
import { caller } from './clients.js';
import { NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** Hosts on which something looks wrong and nothing is. */
export const DISTRACTORS: readonly Incident[] = [
  {
    id: 'quiet-busy-web-server',
    story: 'Nine thousand TIME_WAIT rows on port 443, closed by the server.',
    make: (seed) => {
      const at = site(seed, 'quiet-busy-web-server');
      const accepts = {
        rate: constantRate(about(at, 75)),
        lifetime: { kind: 'exponential', meanSeconds: 2 },
        ending: 'we-close',
        remotes: Array.from({ length: 120 }, (_, index) => `192.0.2.${String(index + 10)}`),
      } as const;
      const listeners = [
        ...at.listeners,
        { process: { image: 'nginx.exe' }, port: 443, address: 'both', accepts } as const,
      ];
      const scenario = scenarioOn(at, 1_200, [600, 900], [], { listeners });
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'quiet-listener-in-range',
    story: 'An RPC service listens inside the dynamic range and has accepted three thousand connections there.',
    make: (seed) => {
      const at = site(seed, 'quiet-listener-in-range');
      const accepts = {
        rate: constantRate(about(at, 20)),
        lifetime: { kind: 'exponential', meanSeconds: 40 },
        ending: 'we-close',
        remotes: Array.from({ length: 60 }, (_, index) => `10.200.1.${String(index + 10)}`),
      } as const;
      const listeners = [
        ...at.listeners,
        { process: { image: at.images[0] }, port: 49_702, address: '0.0.0.0', accepts } as const,
      ];
      const scenario = scenarioOn(at, 1_200, [500, 800, 1_100], [], { listeners });
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'quiet-server-side-close-wait',
    story: 'A server never closes what it accepted: eight thousand CLOSE_WAIT, all on its own port 8080.',
    make: (seed) => {
      const at = site(seed, 'quiet-server-side-close-wait');
      const accepts = {
        rate: constantRate(about(at, 4)),
        lifetime: { kind: 'exponential', meanSeconds: 10 },
        ending: 'close-wait-for-ever',
        remotes: Array.from({ length: 80 }, (_, index) => `10.201.1.${String(index + 10)}`),
      } as const;
      const listeners = [
        ...at.listeners,
        { process: { image: at.images[0] }, port: 8_080, address: 'both', accepts } as const,
      ];
      const scenario = scenarioOn(at, 2_400, [800, 1_500, 2_200], [], { listeners });
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'quiet-dns-server',
    story: 'A DNS server holds 2,500 UDP ports from its start on, as it always does.',
    make: (seed) => {
      const at = site(seed, 'quiet-dns-server');
      const dns = { image: 'dns.exe', services: ['DNS'] };
      const udp = [
        ...at.udp,
        { name: 'dns pool', process: dns, address: '0.0.0.0', port: 'dynamic', standing: 2_500 } as const,
        { name: 'dns', process: dns, address: at.host.ipv4, port: 53, standing: 1 } as const,
      ];
      const scenario = scenarioOn(at, 3_600, every(600, 300, 6), [], { udp });
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS }, udpCsv: true }),
      );
    },
  },
  {
    id: 'quiet-boot-time-5719',
    story: 'NETLOGON 5719 and GroupPolicy 1129 seconds after a boot, when the network is not yet up.',
    make: (seed) => {
      const at = site(seed, 'quiet-boot-time-5719', { host: { bootSeconds: -5_000 } });
      const scenario = scenarioOn(at, 3_000, [600, 1_500, 2_400], []);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoq', series: true },
          log: { also: [atSeconds(outcome, -4_960, netlogon5719), atSeconds(outcome, -4_930, groupPolicy1129)] },
        }),
      );
    },
  },
  {
    id: 'quiet-foreign-4227',
    story: 'Other providers use the number 4227 too, among them one whose name begins with Microsoft-Windows-TCPIP.',
    make: (seed) => {
      const at = site(seed, 'quiet-foreign-4227');
      const scenario = scenarioOn(at, 3_000, [600, 1_500, 2_400], []);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) => {
        const foreign = [
          atSeconds(outcome, 700, (ms) =>
            classicEvent(ms, 'Contoso Backup', 4_227, 'warning', ['job 12'], 'Backup job 12 was skipped.'),
          ),
          atSeconds(outcome, 900, (ms) =>
            manifestEvent(
              ms,
              'Microsoft-Windows-TCPIP',
              '{2f07e2ee-15db-40f1-90ef-9d7ba282188a}',
              4_227,
              4,
              [['Status', '0']],
              'TCP: endpoint status.',
            ),
          ),
        ];
        return collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'csv', columns: STAMPED_COLUMNS },
          log: { also: foreign },
        });
      });
    },
  },
  {
    id: 'quiet-exchange-range',
    story: 'An Exchange server with its own range 6005 + 59530 and a busy but harmless day.',
    make: (seed) => {
      const at = site(seed, 'quiet-exchange-range', { host: { range: { start: 6_005, count: 59_530 } }, perSecond: 6 });
      const clients = [
        caller('transport', { image: 'EdgeTransport.exe' }, constantRate(about(at, 40)), [
          at.backend(25),
          at.backend(444),
        ]),
      ];
      const scenario = scenarioOn(at, 1_800, [600, 1_000, 1_400], clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'quiet-tuned-host',
    story: 'Range and delay were tuned long ago, with folklore values beside them; the load is far from the limit.',
    make: (seed) => {
      const at = site(seed, 'quiet-tuned-host', {
        host: { range: { start: 10_000, count: 55_536 }, timeWaitSeconds: { ipv4: 30, ipv6: 30 } },
      });
      const clients = [caller('calls', { image: at.images[0] }, constantRate(about(at, 120)), [at.backend(443)])];
      const scenario = scenarioOn(at, 900, every(60, 400, 6), clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoi', series: true },
          registry: {
            values: { TcpTimedWaitDelay: 30, TcpNumConnections: 16_777_214, StrictTimeWaitSeqCheck: 1 },
            as: 'export',
          },
        }),
      );
    },
  },
  {
    id: 'quiet-steady-churn',
    story: 'Thirty calls a second hold a fifth of the pool in TIME_WAIT, as they have for weeks.',
    make: (seed) => {
      const at = site(seed, 'quiet-steady-churn');
      const clients = [caller('calls', { image: at.images[0] }, constantRate(about(at, 30)), [at.backend(443)])];
      const scenario = scenarioOn(at, 2_400, every(240, 400, 8), clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true } }),
      );
    },
  },
  {
    id: 'quiet-without-headroom',
    story: 'A hundred calls a second hold four fifths of the pool in TIME_WAIT: nothing fails, and little is left.',
    make: (seed) => {
      const at = site(seed, 'quiet-without-headroom');
      const clients = [
        caller('calls', { image: at.images[0] }, constantRate(about(at, 108, 0.05)), [
          at.backend(443),
          at.backend(1_433),
        ]),
      ];
      const scenario = scenarioOn(at, 2_400, every(240, 400, 8), clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true } }),
      );
    },
  },
  {
    id: 'quiet-twins',
    story: 'Two thousand live connections, each with a Bound twin, half of them in the other family.',
    make: (seed) => {
      const at = site(seed, 'quiet-twins');
      const [image, second] = at.images;
      const steady = (name: string, twin: 'same-family' | 'other-family') =>
        caller(name, { image }, constantRate(1), [at.backend(443)], {
          standing: 900,
          twin,
          allocation: 'bind-first',
          ending: 'peer-closes',
          lifetime: { kind: 'exponential', meanSeconds: 900 },
        });
      const clients = [
        steady('same', 'same-family'),
        { ...steady('other', 'other-family'), process: { image: second } },
      ];
      const scenario = scenarioOn(at, 3_600, every(600, 300, 6), clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv' } }),
      );
    },
  },
  {
    id: 'quiet-pool-memory',
    story: 'Srv 2019 says that non-paged pool is empty: the other cause of error 10055, and no port event at all.',
    make: (seed) => {
      const at = site(seed, 'quiet-pool-memory');
      const scenario = scenarioOn(at, 3_000, [600, 1_500, 2_400], []);
      const right = {
        ...NOTHING_WRONG,
        mechanisms: ['none', 'undetermined'],
        undeterminedIsHonest: true,
        settingsHelp: ['not-needed', 'cannot-tell'],
      } as const;
      return label(scenario, seed, 'none', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoq', series: true },
          log: {
            also: [
              atSeconds(outcome, 1_200, (ms) =>
                classicEvent(
                  ms,
                  'Srv',
                  2_019,
                  'error',
                  ['\\Device\\LanmanServer'],
                  'The server was unable to allocate from the system nonpaged pool because the pool was empty.',
                ),
              ),
            ],
          },
        }),
      );
    },
  },
];
