import type { HostReport } from '../../../src/model/report.js';
import { message, source, from, at, tcpPool, snapshot, hypotheses, host, event, range } from './build.js';

/** One listing of about 200 TIME_WAIT rows beside an Event 4227: it does not explain itself. */
export function undeterminedHost(): HostReport {
  const row = '"192.0.2.21","50114","192.0.2.10","389","TimeWait"';
  const only = snapshot({
    at: at(1520),
    file: 'timewait.csv',
    line: 2,
    timeWait: 203,
    rowsCountedNaively: 211,
    scope: 'filtered',
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
    naming: [{ message: message('The host was called FS08 before.'), ...from(source('System.xml', 12, 'FS08')) }],
    verdict: {
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'cannot-tell',
      summary: message(
        'RDSH01 was refused a port, but the 203 TIME_WAIT ports listed fill 1.2 % of the pool and do not explain it.',
      ),
      incident: 0,
      poolId: 'tcp',
      ports: null,
      isLeak: false,
      filledByRate: false,
    },
    incidents: [
      {
        from: at(1500),
        to: null,
        mechanism: 'undetermined',
        contributing: [],
        confidence: 'low',
        summary: message('What happened in this incident.'),
        atFault: [],
        onsets: 1,
        endedBy: null,
      },
    ],
    answers: [
      {
        message: message('2 events 4227 are of another provider: they have nothing to do with ports.'),
        ...from(source('System.xml', 96, '<Event xmlns=', 14_975)),
      },
    ],
    otherExplanations: [
      {
        message: message('8 changes within the hour before: a coincidence until shown otherwise.'),
        ...from(source('System.xml', 118, '<Event xmlns=', 14_980)),
      },
      { message: message('A gateway that translates addresses has ports of its own.'), sources: [], sourceCount: 0 },
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
        servedBy: null,
        ports: 151,
        connections: 151,
        timeWait: 151,
        connected: 0,
        connectionsPerSecond: null,
        saturation: 151 / 16384,
        ...from(source('timewait.csv', 2, row)),
      },
      {
        remote: '192.0.2.10:445',
        service: 'microsoft-ds',
        servedBy: null,
        ports: 52,
        connections: 52,
        timeWait: 52,
        connected: 0,
        connectionsPerSecond: null,
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
          needed: null,
          upTo: null,
          change: false,
          reason: message('Nothing shows that the range is too small; first find out what holds the ports.'),
        },
      ],
      actions: [
        {
          id: 'collect-evidence',
          title: message('Capture all states while it happens, twice, a minute apart'),
          why: message('A listing of TIME_WAIT alone hides Bound and CLOSE_WAIT, the two states of a leak.'),
          who: message('An administrator of this host.'),
          duration: message('Minutes.'),
          workedWhen: message('No new event is logged within an hour.'),
          when: 'now',
          planned: false,
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
        when: 'while-it-happens',
        collectWith: ['netstat -anoq > netstat.txt'],
        powershellOnly: [],
      },
      {
        what: message('The dynamic port range'),
        why: message('The default was assumed. A smaller range would run out earlier.'),
        when: 'any-time',
        collectWith: [
          'netsh int ipv4 show dynamicport tcp > range.txt',
          'netsh int ipv4 show excludedportrange protocol=tcp >> range.txt',
        ],
        powershellOnly: [],
      },
      {
        what: message('Who owned the ports'),
        why: message('TIME_WAIT has no owner; only live connections to the same endpoints tell.'),
        when: 'while-it-happens',
        collectWith: ['tasklist /svc /fo csv > tasklist.csv'],
        powershellOnly: [],
      },
    ],
  });
}
