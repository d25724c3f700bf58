import { lastPort } from '../../src/model/port.js';
import {
  MECHANISMS,
  SCHEMA_VERSION,
  type HostReport,
  type HypothesisResult,
  type LedgerEntry,
  type Mechanism,
  type Message,
  type Outcome,
  type Pool,
  type Report,
  type ReportEvent,
  type ReportInput,
  type Source,
  type Sourced,
} from '../../src/model/report.js';

/** A message whose sentence is given: the page prints `text` and nothing else of it. */
export function message(text: string, id = 'sample'): Message {
  return { id, params: {}, text };
}

export function source(file: string, line: number, row: string, record: number | null = null): Source {
  return { file, line, record, row };
}

export function from(...sources: Source[]): Sourced {
  return { sources, sourceCount: sources.length };
}

const START = Date.UTC(2026, 2, 2, 8, 40, 0);

/** ISO time, seconds after 2 March 2026 08:40 UTC. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

export const tcpPool: Pool = {
  id: 'tcp',
  transport: 'tcp',
  family: 'combined',
  kind: 'dynamic',
  start: 49152,
  count: 16384,
  rangeSource: 'netsh',
  excluded: 0,
  listeners: 5,
  usable: 16379,
  peakInUse: null,
  peakAt: null,
  peakUtilisation: null,
  rowsCountedNaively: null,
  ...from(source('netsh.txt', 4, 'Start Port      : 49152')),
};

export function snapshot(counts: Partial<LedgerEntry>): LedgerEntry {
  const classes = {
    established: 0,
    synSent: 0,
    synReceived: 0,
    finWait1: 0,
    finWait2: 0,
    closing: 0,
    lastAck: 0,
    closeWait: 0,
    otherState: 0,
    timeWait: 0,
    bound: 0,
    udp: 0,
    ...counts,
  };
  const inUse =
    classes.established +
    classes.synSent +
    classes.synReceived +
    classes.finWait1 +
    classes.finWait2 +
    classes.closing +
    classes.lastAck +
    classes.closeWait +
    classes.otherState +
    classes.timeWait +
    classes.bound +
    classes.udp;
  const usable = counts.usable ?? 16379;
  return {
    at: null,
    file: 'netstat.txt',
    line: 1,
    poolId: 'tcp',
    transport: 'tcp',
    family: 'combined',
    free: usable - inUse,
    listening: 5,
    directionUnknown: 0,
    rowsCountedNaively: inUse + 42,
    unseen: [],
    ...classes,
    inUse,
    usable,
  };
}

export function hypotheses(
  found: Partial<Record<Mechanism, Partial<HypothesisResult>>>,
  otherwise: Outcome,
): HypothesisResult[] {
  return MECHANISMS.map((id) => ({ id, outcome: otherwise, for: [], against: [], missing: [], ...found[id] }));
}

/** A host about which nothing is known; samples fill in what their story needs. */
export function host(parts: Partial<HostReport>): HostReport {
  return {
    host: 'APP02',
    utcOffsetMinutes: 60,
    verdict: {
      mechanism: 'none',
      confidence: 'medium',
      exhaustion: 'refuted',
      summary: message('The dynamic ports of APP02 did not run out in the time that the capture covers.'),
      incident: null,
    },
    incidents: [],
    hypotheses: hypotheses({}, 'not-applicable'),
    consumers: [],
    consumersOmitted: 0,
    attribution: {
      clientTimeWait: 0,
      exact: 0,
      soleOwner: 0,
      candidates: 0,
      destinationOnly: 0,
      directionUnknown: 0,
      unknown: 0,
      serverSide: 0,
      coverage: null,
    },
    destinations: [],
    destinationsOmitted: 0,
    pools: [],
    ledger: [],
    ledgerOmitted: 0,
    timeWait: {
      configuredSeconds: null,
      effective: { low: 120, best: null, high: 240, source: 'assumed' },
      pendingRestart: false,
      ...from(),
    },
    demand: {
      connectionsPerSecond: null,
      observedClosesPerSecond: null,
      meanLifetimeSeconds: null,
      methods: [],
      censored: false,
    },
    recommendation: {
      settingsHelp: 'not-needed',
      tcpTimedWaitDelay: {
        configured: null,
        recommended: null,
        change: false,
        restartRequired: 'yes',
        reason: message('TIME_WAIT does not fill the pool.'),
      },
      maxUserPort: {
        configured: null,
        recommended: null,
        change: false,
        standsFor: null,
        applied: 'not-applied',
        restartRequired: 'unverified',
        reason: message('The range is set with netsh; both together would contradict each other.'),
      },
      dynamicPortRanges: [
        {
          transport: 'tcp',
          family: 'ipv4',
          current: { start: 49152, count: 16384 },
          recommended: { start: 49152, count: 16384 },
          change: false,
          reason: message('The pool was far from full.'),
        },
      ],
      exclusions: { remove: [], reason: message('No range is excluded.') },
      predicted: { peakPorts: null, usable: 16379, sustainsConnectionsPerSecond: null, secondsToExhaustion: null },
      arithmetic: [],
      actions: [],
      whatIf: [],
      backTest: null,
    },
    settings: [],
    events: [],
    eventsOmitted: 0,
    coverage: [],
    missingEvidence: [],
    ...parts,
  };
}

export function report(hosts: HostReport[], inputs: ReportInput[] = [input({})]): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'portmortem', version: '0.1.0' },
    generatedAt: '2026-03-04T07:12:00Z',
    options: { language: 'en', headroom: 0.7, timezone: null, redacted: false, arguments: ['evidence/RDSH01'] },
    inputs,
    hosts,
  };
}

export function input(parts: Partial<ReportInput>): ReportInput {
  return {
    file: 'netstat.txt',
    format: 'netstat',
    dialect: '-ano',
    language: 'en',
    encoding: 'utf-8',
    bytes: 1_213_450,
    sha256: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
    hosts: ['RDSH01'],
    records: 16410,
    skipped: 0,
    from: at(0),
    to: at(2520),
    timeSource: 'in-file',
    clockErrorSeconds: 1,
    duplicateOf: null,
    problems: [],
    ...parts,
  };
}

export function event(seconds: number, parts: Partial<ReportEvent>): ReportEvent {
  return {
    at: at(seconds),
    provider: 'Tcpip',
    id: 4227,
    role: 'onset',
    count: 1,
    message: message(
      'A connection failed because its local endpoint had just been used towards the same remote endpoint.',
    ),
    ...from(
      source(
        'System.xml',
        120 + Math.abs(seconds),
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Tcpip'/><EventID Qualifiers='32768'>4227</EventID>",
        14990,
      ),
    ),
    ...parts,
  };
}

/** One listing of about 200 TIME_WAIT rows beside an Event 4227: it does not explain itself. */
export function undeterminedHost(): HostReport {
  const row = '"192.0.2.21","50114","192.0.2.10","389","TimeWait"';
  const only = snapshot({
    at: at(1520),
    file: 'timewait.csv',
    line: 2,
    timeWait: 203,
    rowsCountedNaively: 211,
    unseen: [
      'established',
      'synSent',
      'synReceived',
      'finWait1',
      'finWait2',
      'closing',
      'lastAck',
      'closeWait',
      'otherState',
      'bound',
      'listening',
      'owner',
    ],
    usable: 16384,
  });
  return host({
    host: 'RDSH01',
    verdict: {
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'cannot-tell',
      summary: message(
        'RDSH01 was refused a port, but the 203 TIME_WAIT ports listed fill 1.2 % of the pool and do not explain it.',
      ),
      incident: 0,
    },
    incidents: [
      { from: at(1500), to: null, mechanism: 'undetermined', contributing: [], confidence: 'low', onsets: 1 },
    ],
    hypotheses: hypotheses(
      {
        'time-wait-churn': {
          outcome: 'ruled-out',
          against: [
            {
              message: message(
                '203 ports in TIME_WAIT are 1.2 % of the 16,384 usable, twenty seconds after the event.',
              ),
              ...from(source('timewait.csv', 2, row)),
            },
          ],
        },
        'endpoint-collision': {
          outcome: 'likely',
          for: [
            {
              message: message('Event 4227 came with a nearly empty pool.'),
              ...from(source('System.xml', 120, '<EventID>4227</EventID>', 14990)),
            },
          ],
          missing: [message('A second listing with all states would show whether a source port comes back.')],
        },
        'undersized-range': {
          outcome: 'cannot-tell',
          missing: [message('The dynamic range of the host was not captured.')],
        },
        'udp-exhaustion': {
          outcome: 'not-applicable',
          against: [{ message: message('No Event 4266 in the log.'), ...from() }],
        },
      },
      'cannot-tell',
    ),
    attribution: {
      clientTimeWait: 203,
      exact: 0,
      soleOwner: 0,
      candidates: 0,
      destinationOnly: 203,
      directionUnknown: 0,
      unknown: 0,
      serverSide: 8,
      coverage: 0,
    },
    destinations: [
      {
        remote: '192.0.2.10:389',
        service: 'ldap',
        ports: 151,
        timeWait: 151,
        connected: 0,
        saturation: 151 / 16384,
        ...from(source('timewait.csv', 2, row)),
      },
      {
        remote: '192.0.2.10:445',
        service: 'microsoft-ds',
        ports: 52,
        timeWait: 52,
        connected: 0,
        saturation: 52 / 16384,
        ...from(source('timewait.csv', 171, '"192.0.2.21","50920","192.0.2.10","445","TimeWait"')),
      },
    ],
    pools: [
      {
        ...tcpPool,
        rangeSource: 'assumed-default',
        listeners: 0,
        usable: 16384,
        peakInUse: 203,
        peakAt: at(1520),
        peakUtilisation: 203 / 16384,
        rowsCountedNaively: 211,
        ...from(source('timewait.csv', 2, row)),
      },
    ],
    ledger: [only],
    recommendation: {
      ...host({}).recommendation,
      settingsHelp: 'cannot-tell',
      tcpTimedWaitDelay: {
        configured: 30,
        recommended: null,
        change: false,
        restartRequired: 'yes',
        reason: message('203 ports in TIME_WAIT are too few for the delay to matter.'),
      },
      maxUserPort: {
        configured: 65534,
        recommended: null,
        change: true,
        standsFor: null,
        applied: 'remove-leftover',
        restartRequired: 'unverified',
        reason: message('It was set by hand and nothing in the capture calls for it.'),
      },
      dynamicPortRanges: [
        {
          ...range(49152, 16384, 49152, 16384),
          change: false,
          reason: message('Nothing shows that the range is too small; first find out what holds the ports.'),
        },
      ],
      actions: [
        {
          id: 'collect-evidence',
          title: message('Capture all states while it happens, twice, a minute apart'),
          why: message('A listing of TIME_WAIT alone hides Bound and CLOSE_WAIT, the two states of a leak.'),
          when: 'now',
          restartRequired: 'no',
          apply: {
            cmd: ['netstat -anoq > netstat-1.txt', 'timeout /t 60', 'netstat -anoq > netstat-2.txt'],
            powershell: ['Get-NetTCPConnection | Export-Csv tcp.csv -NoTypeInformation'],
            reg: null,
          },
          verify: [],
          rollback: [],
          risks: [],
        },
      ],
    },
    settings: [
      {
        name: 'TcpNumConnections',
        value: 16777214,
        finding: 'no-effect',
        message: message('16,777,214 is the default; setting it changes nothing.'),
        ...from(source('params.reg', 14, '"TcpNumConnections"=dword:00fffffe')),
      },
      {
        name: 'TcpTimedWaitDelay',
        value: 30,
        finding: 'ok',
        message: message('Takes effect after a restart.'),
        ...from(source('params.reg', 12, '"TcpTimedWaitDelay"=dword:0000001e')),
      },
      {
        name: 'MaxUserPort',
        value: 65534,
        finding: 'leftover',
        message: message('Set by hand; the range that applies was not captured.'),
        ...from(source('params.reg', 13, '"MaxUserPort"=dword:0000fffe')),
      },
    ],
    events: [
      event(1500, {}),
      event(1512, {
        provider: 'NETLOGON',
        id: 5719,
        role: 'symptom',
        message: message('No secure session with a domain controller could be set up.'),
      }),
    ],
    coverage: [{ file: 'System.xml', from: at(-86_400), to: at(2600), events: 1211, gaps: [] }],
    missingEvidence: [
      {
        what: message('All states of all connections'),
        why: message(
          'The listing was filtered to TIME_WAIT: Bound and CLOSE_WAIT, the states of a leak, cannot be seen.',
        ),
        collectWith: ['netstat -anoq > netstat.txt'],
      },
      {
        what: message('The dynamic port range'),
        why: message('The default was assumed. A smaller range would run out earlier.'),
        collectWith: [
          'netsh int ipv4 show dynamicport tcp > range.txt',
          'netsh int ipv4 show excludedportrange protocol=tcp >> range.txt',
        ],
      },
      {
        what: message('Who owned the ports'),
        why: message('TIME_WAIT has no owner; only live connections to the same endpoints tell.'),
        collectWith: ['tasklist /svc /fo csv > tasklist.csv'],
      },
    ],
  });
}

function range(start: number, count: number, newStart: number, newCount: number) {
  return {
    transport: 'tcp',
    family: 'ipv4',
    current: { start, count },
    recommended: { start: newStart, count: newCount },
  } as const;
}

/** Twelve snapshots of a pool that one program fills with TIME_WAIT, and the events that tell of it. */
export function churnHost(): HostReport {
  const levels = [410, 1900, 6200, 11_900, 15_800, 16_320, 16_340, 16_338, 14_100, 8200, 2600, 640];
  const ledger = levels.map((timeWait, index) =>
    snapshot({
      at: at(index * 210),
      file: `netstat-${String(index + 1).padStart(2, '0')}.txt`,
      line: 5,
      timeWait,
      established: 24 + (index % 4) * 3,
      closeWait: index > 7 ? 180 : 0,
      synSent: index > 3 && index < 8 ? 3 : 0,
      unseen: ['bound'],
    }),
  );
  const full = ledger[6];
  const peak = full?.inUse ?? 0;
  const row = '  TCP    10.1.7.21:51877        10.1.7.31:1433         ESTABLISHED     4312';
  const sources = {
    sources: [
      source('netstat-07.txt', 17, row),
      source('netstat-07.txt', 18, row.replace('51877', '51879')),
      source('netstat-07.txt', 19, row.replace('51877', '51880')),
    ],
    sourceCount: 16_340,
  };
  const delays = [240, 120, 60, 30];
  const ranges = [
    { start: 49152, count: 16384 },
    { start: 10000, count: 55536 },
    { start: 1025, count: 64511 },
  ];
  return host({
    host: 'RDSH01',
    verdict: {
      mechanism: 'time-wait-churn',
      confidence: 'high',
      exhaustion: 'shown',
      summary: message(
        'The dynamic ports of RDSH01 ran out: Contoso.Sync.exe (4312) opened at least 136 connections a second to 10.1.7.31:1433, and each kept its port for 120 s after closing.',
      ),
      incident: 0,
    },
    incidents: [
      {
        from: at(760),
        to: at(1700),
        mechanism: 'time-wait-churn',
        contributing: ['close-wait-leak'],
        confidence: 'high',
        onsets: 3,
      },
    ],
    hypotheses: hypotheses(
      {
        'time-wait-churn': {
          outcome: 'confirmed',
          for: [
            { message: message('At 10:01 the pool was full, 99.8 % of it TIME_WAIT.'), ...sources },
            {
              message: message('98 % of the TIME_WAIT ports lead to one remote endpoint, 10.1.7.31:1433.'),
              ...sources,
            },
          ],
          against: [
            {
              message: message('180 ports are in CLOSE_WAIT, which churn does not explain.'),
              ...from(source('netstat-09.txt', 211, row)),
            },
          ],
        },
        'close-wait-leak': {
          outcome: 'likely',
          for: [
            {
              message: message('180 CLOSE_WAIT ports appeared at 10:08 and stayed.'),
              ...from(source('netstat-09.txt', 211, row)),
            },
          ],
        },
        'bound-leak': {
          outcome: 'cannot-tell',
          missing: [message('netstat -ano does not list Bound ports; netstat -anoq does.')],
        },
        'udp-exhaustion': { outcome: 'cannot-tell', missing: [message('No listing of UDP endpoints.')] },
      },
      'ruled-out',
    ),
    consumers: [
      {
        process: 'Contoso.Sync.exe',
        pids: [4312],
        services: ['ContosoSync'],
        users: ['CONTOSO\\svc-sync'],
        commandLine: '"C:\\Program Files\\Contoso\\Contoso.Sync.exe" --interval 1',
        startedAt: at(-900),
        atFault: 'yes',
        ports: { low: 16_050, best: 16_080, high: 16_100 },
        shareOfUsable: 0.98,
        basis: 'sole-owner-of-destination',
        destinations: [{ remote: '10.1.7.31:1433', ports: 16_080 }],
        connectionsPerSecond: { low: 136, best: null, high: null },
        trendPortsPerHour: null,
        ...sources,
      },
      {
        process: 'w3wp.exe',
        pids: [2210, 2214, 5120],
        services: [],
        users: [],
        commandLine: null,
        startedAt: null,
        atFault: 'no',
        ports: { low: 180, best: 180, high: 180 },
        shareOfUsable: 0.011,
        basis: 'owned',
        destinations: [
          { remote: '10.1.7.40:8080', ports: 180 },
          { remote: '[fd00::90]:6379', ports: 4 },
        ],
        connectionsPerSecond: null,
        trendPortsPerHour: { low: 110, best: 120, high: 140 },
        ...from(source('netstat-09.txt', 211, row)),
      },
      {
        process: 'lsass.exe',
        pids: [812],
        services: ['Netlogon', 'KeyIso'],
        users: ['SYSTEM'],
        commandLine: null,
        startedAt: null,
        atFault: 'unknown',
        ports: { low: 2, best: null, high: 44 },
        shareOfUsable: 0.001,
        basis: 'weighted-candidates',
        destinations: [{ remote: '10.1.7.10:389', ports: 14 }],
        connectionsPerSecond: { low: 0.2, best: null, high: 0.6 },
        trendPortsPerHour: null,
        ...from(source('netstat-07.txt', 90, row)),
      },
    ],
    attribution: {
      clientTimeWait: 16_310,
      exact: 9000,
      soleOwner: 7210,
      candidates: 70,
      destinationOnly: 20,
      directionUnknown: 5,
      unknown: 5,
      serverSide: 12,
      coverage: 0.9939,
    },
    destinations: [
      {
        remote: '10.1.7.31:1433',
        service: 'ms-sql-s',
        ports: 16_080,
        timeWait: 16_050,
        connected: 30,
        saturation: 0.98,
        ...sources,
      },
      {
        remote: '10.1.7.40:8080',
        service: null,
        ports: 180,
        timeWait: 0,
        connected: 180,
        saturation: 0.011,
        ...from(),
      },
      {
        remote: '10.1.7.10:389',
        service: 'ldap',
        ports: 40,
        timeWait: 38,
        connected: 2,
        saturation: 0.0024,
        ...from(),
      },
    ],
    pools: [
      {
        ...tcpPool,
        peakInUse: peak,
        peakAt: full?.at ?? null,
        peakUtilisation: peak / 16379,
        rowsCountedNaively: 16_410,
      },
      {
        ...tcpPool,
        id: 'tcp-ipv6',
        family: 'ipv6',
        peakInUse: 12,
        peakAt: at(1260),
        peakUtilisation: 12 / 16379,
        rowsCountedNaively: 14,
      },
    ],
    ledger: [
      ...ledger,
      ...ledger.map((entry) =>
        snapshot({
          ...entry,
          poolId: 'tcp-ipv6',
          family: 'ipv6',
          timeWait: 8,
          established: 4,
          closeWait: 0,
          synSent: 0,
        }),
      ),
    ],
    timeWait: {
      configuredSeconds: null,
      effective: { low: 118, best: 120, high: 122, source: 'measured' },
      pendingRestart: false,
      ...from(source('netstat-03.txt', 17, row)),
    },
    demand: {
      connectionsPerSecond: { low: 136, best: null, high: null },
      observedClosesPerSecond: { low: 133, best: 136, high: 138 },
      meanLifetimeSeconds: { low: 0.1, best: 0.2, high: 0.4 },
      methods: [
        { id: 'time-wait-plateau', perSecond: { low: 134, best: 136, high: 138 } },
        { id: 'new-tuples', perSecond: { low: 128, best: null, high: null } },
      ],
      censored: true,
    },
    recommendation: {
      ...host({}).recommendation,
      settingsHelp: 'yes',
      tcpTimedWaitDelay: {
        configured: null,
        recommended: null,
        change: false,
        restartRequired: 'yes',
        reason: message(
          'The wider range already sustains the load; a shorter delay would only weaken the protection against late packets.',
        ),
      },
      maxUserPort: {
        configured: null,
        recommended: 65534,
        change: false,
        standsFor: { start: 1025, count: 64510 },
        applied: 'instead-of-netsh',
        restartRequired: 'unverified',
        reason: message('netsh works at once and its result can be seen; use one of the two, never both.'),
      },
      dynamicPortRanges: (['ipv4', 'ipv6'] as const).map((family) => ({
        ...range(49152, 16384, 10000, 55536),
        family,
        change: true,
        reason: message('The highest listener below is on port 9389; everything above can be lent out.'),
      })),
      predicted: {
        peakPorts: { low: 16_400, best: null, high: null },
        usable: 55_520,
        sustainsConnectionsPerSecond: 323,
        secondsToExhaustion: null,
      },
      arithmetic: [
        message('16,379 usable × 70 % ÷ 120.4 s = 95 connections a second sustained now.'),
        message('55,520 usable × 70 % ÷ 120.4 s = 323 connections a second sustained with 10000–65535.'),
        message('136 a second seen × 120.4 s = 16,374 ports at least.'),
      ],
      actions: [
        {
          id: 'pool-connections',
          title: message('Pool the connections of Contoso.Sync.exe'),
          why: message(
            'One connection kept open replaces 136 a second. No setting cures the pattern; it only moves the limit.',
          ),
          when: 'now',
          restartRequired: 'no',
          apply: { cmd: [], powershell: [], reg: null },
          verify: ['netstat -ano | find /c "10.1.7.31:1433"'],
          rollback: [],
          risks: [],
        },
        {
          id: 'widen-dynamic-port-range',
          title: message('Widen the dynamic port range to 10000–65535'),
          why: message('It works at once and holds 3.4 times as many ports.'),
          when: 'now',
          restartRequired: 'no',
          apply: {
            cmd: [
              'netsh int ipv4 set dynamicport tcp start=10000 num=55536',
              'netsh int ipv6 set dynamicport tcp start=10000 num=55536',
            ],
            powershell: [
              'Set-NetTCPSetting -SettingName InternetCustom -DynamicPortRangeStartPort 10000 -DynamicPortRangeNumberOfPorts 55536',
            ],
            reg: [
              'Windows Registry Editor Version 5.00',
              '',
              '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]',
              '"MaxUserPort"=dword:0000fffe',
            ],
          },
          verify: ['netsh int ipv4 show dynamicport tcp'],
          rollback: [
            'netsh int ipv4 set dynamicport tcp start=49152 num=16384',
            'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
          ],
          risks: [message('Firewall rules written for 49152–65535 no longer cover every outgoing port.')],
        },
      ],
      whatIf: delays.flatMap((timeWaitSeconds) =>
        ranges.map(({ start, count }) => {
          const sustains = Math.floor(((count - 5) * 0.7) / (timeWaitSeconds + 0.4));
          return {
            timeWaitSeconds,
            start,
            count,
            sustainsConnectionsPerSecond: sustains,
            peakUtilisation: (136 * (timeWaitSeconds + 0.4)) / (count - 5),
            exhausts: sustains < 136,
          };
        }),
      ),
      backTest: { snapshots: 6, medianErrorPorts: 120, onsetErrorSeconds: 40 },
    },
    events: [
      event(-1100, {
        provider: 'EventLog',
        id: 6005,
        role: 'boot',
        message: message('The event log service started: the host booted.'),
      }),
      event(40, {
        provider: 'Service Control Manager',
        id: 7036,
        role: 'change',
        message: message('The service Contoso Sync entered the running state.'),
      }),
      event(760, {}),
      event(1010, { count: 2 }),
      event(1020, {
        provider: 'NETLOGON',
        id: 5719,
        role: 'symptom',
        message: message('No secure session with a domain controller could be set up.'),
      }),
      event(1100, {
        provider: 'Microsoft-Windows-GroupPolicy',
        id: 1129,
        role: 'symptom',
        message: message('Group Policy could not reach a domain controller.'),
      }),
      event(1450, {}),
      event(1500, {
        provider: 'Microsoft-Windows-TCPIP',
        role: 'look-alike',
        message: message('The same number from another provider; it means something else.'),
      }),
    ],
    coverage: [
      {
        file: 'System.xml',
        from: at(-90_000),
        to: at(2600),
        events: 12_211,
        gaps: [{ from: at(-80_000), to: at(-79_000), missingRecords: 14 }],
      },
    ],
    missingEvidence: [
      {
        what: message('Bound ports'),
        why: message('netstat -ano does not list them; up to 39 ports of the pool could be Bound.'),
        collectWith: ['netstat -anoq > netstat.txt'],
      },
    ],
  });
}

/** Nothing wrong, three full listings an hour apart. */
export function healthyHost(): HostReport {
  const ledger = [0, 600, 1200, 1800, 2400].map((seconds, index) =>
    snapshot({
      at: at(seconds),
      file: `tcp-${String(index)}.csv`,
      line: 3,
      established: 310 + index * 12,
      timeWait: 240 - index * 17,
      bound: 44,
      closeWait: 2,
    }),
  );
  return host({
    utcOffsetMinutes: null,
    hypotheses: hypotheses(
      {
        'time-wait-churn': {
          outcome: 'ruled-out',
          against: [
            {
              message: message('TIME_WAIT never held more than 1.5 % of the pool.'),
              ...from(source('tcp-0.csv', 3, '…')),
            },
          ],
        },
      },
      'ruled-out',
    ),
    pools: [{ ...tcpPool, peakInUse: 604, peakAt: at(2400), peakUtilisation: 604 / 16379, rowsCountedNaively: 720 }],
    ledger,
    coverage: [{ file: 'System.xml', from: at(-90_000), to: at(2600), events: 12_211, gaps: [] }],
  });
}

/** A log and nothing else. */
export function eventsOnlyHost(): HostReport {
  return host({
    host: 'SQL07',
    utcOffsetMinutes: -330,
    verdict: {
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'shown',
      summary: message(
        'SQL07 had no TCP port left four times in two days; without a snapshot of its ports nobody can say who held them.',
      ),
      incident: 0,
    },
    incidents: [
      { from: at(0), to: at(7200), mechanism: 'undetermined', contributing: [], confidence: 'low', onsets: 3 },
      { from: at(160_000), to: at(160_300), mechanism: 'undetermined', contributing: [], confidence: 'low', onsets: 1 },
    ],
    hypotheses: hypotheses({}, 'cannot-tell'),
    events: [
      event(-40_000, {
        provider: 'EventLog',
        id: 6008,
        role: 'boot',
        message: message('The host had stopped without warning.'),
      }),
      event(0, { id: 4231 }),
      event(3600, { id: 4231, count: 12 }),
      event(3700, { provider: 'NETLOGON', id: 5719, role: 'symptom' }),
      event(7200, { id: 4231 }),
      event(160_000, { id: 4231 }),
    ],
    coverage: [{ file: 'System.xml', from: at(-900_000), to: at(200_000), events: 88_211, gaps: [] }],
    recommendation: {
      ...host({}).recommendation,
      settingsHelp: 'cannot-tell',
      predicted: { peakPorts: null, usable: null, sustainsConnectionsPerSecond: null, secondsToExhaustion: null },
      dynamicPortRanges: [],
    },
    missingEvidence: [
      {
        what: message('A snapshot of the ports'),
        why: message('The log says that ports ran out and never who held them.'),
        collectWith: ['netstat -anoq > netstat.txt', 'tasklist /svc /fo csv > tasklist.csv'],
      },
    ],
  });
}

const problemInput = input({
  file: 'evidence/System.xml',
  format: 'event-xml',
  dialect: 'wevtutil',
  skipped: 2,
  problems: [
    {
      code: 'incomplete-event',
      count: 2,
      message: message('2 events cut off before the end; skipped.'),
      ...from(source('evidence/System.xml', 88_120, '<Event xmlns=')),
    },
  ],
});

/** Every sample by name, as the page tests walk them. */
export const samples = {
  undetermined: () =>
    report(
      [undeterminedHost()],
      [input({ file: 'timewait.csv', format: 'tcp-connection-csv', dialect: null }), problemInput],
    ),
  churn: () => report([churnHost()], [input({}), problemInput]),
  healthy: () => report([healthyHost()]),
  eventsOnly: () => report([eventsOnlyHost()], [problemInput]),
  several: () =>
    report([churnHost(), eventsOnlyHost(), { ...healthyHost(), utcOffsetMinutes: 0 }], [input({}), problemInput]),
} as const;

/** The range as text, for assertions. */
export function rangeText(start: number, count: number): string {
  return `${String(start)}–${String(lastPort({ start, count }))}`;
}
