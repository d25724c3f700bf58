import type { HostReport } from '../../../src/model/report.js';
import { message, source, from, at, tcpPool, snapshot, hypotheses, host, event, range } from './build.js';

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
  const full = ledger.reduce((best, entry) => (entry.inUse > best.inUse ? entry : best));
  const peak = full.inUse;
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
    formerNames: ['WIN-3FQ8K1PLM2T'],
    verdict: {
      mechanism: 'time-wait-churn',
      confidence: 'high',
      exhaustion: 'shown',
      summary: message(
        'The dynamic ports of RDSH01 ran out: Contoso.Sync.exe (4312) opened at least 136 connections a second to 10.1.7.31:1433, and each kept its port for 120 s after closing.',
      ),
      incident: 0,
      poolId: 'tcp',
      ports: 'timeWait',
      isLeak: false,
      filledByRate: true,
    },
    incidents: [
      {
        from: at(760),
        to: at(1700),
        mechanism: 'time-wait-churn',
        contributing: ['close-wait-leak'],
        confidence: 'high',
        summary: message('What happened in this incident.'),
        atFault: [],
        onsets: 3,
        endedBy: 'free-ports',
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
        connections: 16_080,
        exclusivePorts: 30,
        shareOfOpenings: { low: 0.97, best: 0.98, high: 0.99 },
        destinations: [{ remote: '10.1.7.31:1433', ports: 16_080, connections: 16_080 }],
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
        connections: 184,
        exclusivePorts: 180,
        shareOfOpenings: null,
        destinations: [
          { remote: '10.1.7.40:8080', ports: 180, connections: 180 },
          { remote: '[fd00::90]:6379', ports: 4, connections: 4 },
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
        connections: 14,
        exclusivePorts: 2,
        shareOfOpenings: null,
        destinations: [{ remote: '10.1.7.10:389', ports: 14, connections: 14 }],
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
        servedBy: null,
        ports: 16_080,
        connections: 16_080,
        timeWait: 16_050,
        connected: 30,
        connectionsPerSecond: null,
        saturation: 0.98,
        ...sources,
      },
      {
        remote: '10.1.7.40:8080',
        service: null,
        servedBy: null,
        ports: 180,
        connections: 180,
        timeWait: 0,
        connected: 180,
        connectionsPerSecond: null,
        saturation: 0.011,
        ...from(),
      },
      {
        remote: '10.1.7.10:389',
        service: 'ldap',
        servedBy: null,
        ports: 40,
        connections: 40,
        timeWait: 38,
        connected: 2,
        connectionsPerSecond: null,
        saturation: 0.0024,
        ...from(),
      },
    ],
    pools: [
      {
        ...tcpPool,
        peakInUse: peak,
        peakAt: full.at,
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
      families: [],
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
      disagreement: null,
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
        needed: { start: 42_000, count: 23_536 },
        upTo: { start: 10_000, count: 55_536 },
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
          who: message('An administrator of this host.'),
          duration: message('Minutes.'),
          workedWhen: message('No new event is logged within an hour.'),
          when: 'now',
          planned: false,
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
          who: message('An administrator of this host.'),
          duration: message('Minutes.'),
          workedWhen: message('No new event is logged within an hour.'),
          when: 'now',
          planned: false,
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
      backTest: { snapshots: 6, medianErrorPorts: 120, observedPorts: 9800, onsetErrorSeconds: 40 },
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
        when: 'while-it-happens',
        collectWith: ['netstat -anoq > netstat.txt'],
        powershellOnly: [],
      },
    ],
  });
}
