import { expect, test } from 'vitest';
import { refusal } from '../../../src/parsers/console/refusal.js';
import { readFixture, readLines, recognisedFormat } from './console-recording.js';

test('a file appended to in a loop holds one snapshot per time, each with its rows', () => {
  expect(readFixture('netstat/en-ano-loop.txt')).toEqual([
    'netstat',
    'is en',
    '1 snapshot 2026-03-02T10:15:00.120 cannot show bound',
    '6 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '7 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '8 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid 0',
    '9 tcp Listen [::]:135 [::]:0 pid 980',
    '10 tcp Established [fe80::8d2:11c4]:49163 [fe80::1]:445 pid 4',
    '11 udp None 0.0.0.0:5353 *:* pid 3284',
    '12 udp None 10.20.0.5:50462 203.0.113.9:443 pid 10624',
    '13 snapshot 2026-03-02T10:16:00.470 cannot show bound',
    '18 tcp SynSent 10.20.0.5:49170 198.51.100.31:1433 pid 4312',
    '19 tcp CloseWait 10.20.0.5:49171 198.51.100.31:1433 pid 4312',
    'is -ano',
  ]);
});

test('German state words are read, Ö as the one byte of code page 850', () => {
  expect(readFixture('netstat/de-ano-cp850.txt')).toEqual([
    'netstat',
    'is de',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:3389 0.0.0.0:0 pid 1180',
    '6 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '7 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid 0',
    '8 tcp CloseWait 10.20.0.5:49163 198.51.100.31:1433 pid 4312',
    '9 tcp SynSent 10.20.0.5:49164 198.51.100.31:1433 pid 4312',
    '10 tcp FinWait2 10.20.0.5:49165 198.51.100.31:1433 pid 4312',
    'is -ano',
  ]);
});

test('ABHÖREN is a listener when its Ö was shown in the wrong code page', () => {
  expect(readFixture('netstat/de-ano-misread.txt')).toEqual([
    'netstat',
    'is de',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:3389 0.0.0.0:0 pid 1180',
    '6 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '7 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid 0',
    '8 tcp CloseWait 10.20.0.5:49163 198.51.100.31:1433 pid 4312',
    '9 tcp SynSent 10.20.0.5:49164 198.51.100.31:1433 pid 4312',
    '10 tcp FinWait2 10.20.0.5:49165 198.51.100.31:1433 pid 4312',
    'is -ano',
  ]);
});

test('ABHÖREN is a listener in UTF-8', () => {
  expect(readFixture('netstat/de-ano-utf8.txt')).toEqual([
    'netstat',
    'is de',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:3389 0.0.0.0:0 pid 1180',
    '6 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '7 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid 0',
    '8 tcp CloseWait 10.20.0.5:49163 198.51.100.31:1433 pid 4312',
    '9 tcp SynSent 10.20.0.5:49164 198.51.100.31:1433 pid 4312',
    '10 tcp FinWait2 10.20.0.5:49165 198.51.100.31:1433 pid 4312',
    'is -ano',
  ]);
});

test('French prints no title over the PID and prints the PID', () => {
  expect(readFixture('netstat/fr-ano-cp850.txt')).toEqual([
    'netstat',
    'is fr',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '6 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid 0',
    '7 udp None 0.0.0.0:5353 *:* pid 3284',
    'is -ano',
  ]);
});

test('Chinese titles stand over English states', () => {
  expect(readFixture('netstat/zh-ano.txt')).toEqual([
    'netstat',
    'is zh',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    'is -ano',
  ]);
});

test('owner lines of -b belong to the row above and each process is handed on once', () => {
  expect(readFixture('netstat/en-anob.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '7 process 980 svchost.exe [RpcSs]',
    '8 tcp Listen 0.0.0.0:445 0.0.0.0:0 pid 4',
    '10 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '11 process 4312 Contoso Sync Agent.exe []',
    '12 tcp Established 10.20.0.5:49162 198.51.100.31:1433 pid 4312',
    '14 tcp TimeWait 10.20.0.5:49163 198.51.100.31:1433 pid 0',
    '15 udp None 0.0.0.0:5040 *:* pid 5210',
    '18 process 5210 svchost.exe [CDPSvc,CDPUserSvc_46a8de2e]',
    'is -anob',
  ]);
});

test('owner lines of -b without -o name the row above, which has no PID; what waits has none', () => {
  expect(readFixture('netstat/en-anb.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated cannot show bound,owner',
    '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 of svchost.exe+RpcSs',
    '8 tcp Listen 0.0.0.0:445 0.0.0.0:0 pid -1',
    '10 tcp Established 10.20.0.5:49161 198.51.100.31:1433 of orders.exe',
    '12 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid -1',
    '13 tcp CloseWait 10.20.0.5:49163 198.51.100.31:1433 of orders.exe',
    '15 udp None 0.0.0.0:5353 *:* of chrome.exe',
    'is -anb',
  ]);
});

test('owner lines are known after every leading blank was trimmed away', () => {
  expect(readFixture('netstat/fr-anob-trimmed.txt')).toEqual([
    'netstat',
    'is fr',
    '3 snapshot undated cannot show bound',
    '3 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '5 process 980 svchost.exe [RpcSs]',
    '6 tcp Listen 0.0.0.0:445 0.0.0.0:0 pid 4',
    '8 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '9 process 4312 Contoso.Sync.exe []',
    'is -anob',
  ]);
});

test('with -i the PID is the first of two numbers, the second is the age', () => {
  expect(readFixture('netstat/en-anoi.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980 age 90500123',
    '6 tcp TimeWait 10.20.0.5:58974 198.51.100.31:443 pid 0 age 115982',
    'is -anoi',
  ]);
});

test('with -i and without -o the only number is the age', () => {
  expect(readFixture('netstat/en-ani.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated cannot show bound,owner',
    '5 tcp TimeWait 10.20.0.5:58974 198.51.100.31:443 pid -1 age 115982',
    'is -ni',
  ]);
});

test('a command line says what the dump after it cannot show', () => {
  expect(readFixture('netstat/en-anoq-prompt.txt')).toEqual([
    'netstat',
    'is en',
    '6 snapshot undated cannot show udp',
    '6 tcp Bound 0.0.0.0:49700 0.0.0.0:0 pid 4312',
    '7 tcp Established 10.20.0.5:49701 198.51.100.31:1433 pid 4312',
    '14 snapshot undated cannot show bound,listening',
    '14 tcp Established 10.20.0.5:49701 198.51.100.31:1433 pid 4312',
    'is -noq',
  ]);
});

test('without -n known service names become ports, others are counted, and the listener names the host', () => {
  expect(readFixture('netstat/en-names.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated of RDSH01 cannot show bound,owner',
    '5 tcp Listen 0.0.0.0:135 RDSH01:0 pid -1',
    '6 tcp Established 10.20.0.5:49701 ec2-203-0-113-7:443 pid -1',
    '7 problem remote-port-name «TCP    10.20.0.5:49702        app02:contoso-sync     ESTABLISHED»',
    '7 tcp Established 10.20.0.5:49702 app02:* pid -1',
    '8 tcp TimeWait 10.20.0.5:49703 sql01:1433 pid -1',
    '9 udp None 0.0.0.0:5355 *:* pid -1',
    'is -a',
  ]);
});

test('a reverse name of digits is a name, what has the dots of an address and is none is not', () => {
  expect(readFixture('netstat/en-digit-names.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated cannot show bound,owner',
    '5 tcp TimeWait 10.20.0.5:49701 221:443 pid -1',
    '6 tcp Established 10.20.0.5:49702 76:443 pid -1',
    '7 tcp Established 10.20.0.5:49703 221:8443 pid -1',
    '8 tcp Established 10.20.0.5:49704 7-113-0-203:443 pid -1',
    '9 problem bad-address «TCP    10.20.0.5:49705        198.51.100:https       ESTABLISHED»',
    '10 problem bad-address «TCP    10.20.0.5:49706        198.51.100.300:443     ESTABLISHED»',
    'is no switches',
  ]);
});

test('with -t the offload column is no PID', () => {
  expect(readFixture('netstat/en-ant.txt')).toEqual([
    'netstat',
    'is en',
    '6 snapshot undated cannot show bound,owner',
    '6 tcp Established 10.20.0.5:49701 198.51.100.31:1433 pid -1',
    '7 udp None 0.0.0.0:123 *:* pid -1',
    'is -ant',
  ]);
});

test('unknown state words: no peer is a listener, PID 0 is TIME_WAIT, the rest is kept as written', () => {
  expect(readFixture('netstat/unknown-states.txt')).toEqual([
    'netstat',
    '2 snapshot undated cannot show bound',
    '2 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '3 tcp Listen [::]:135 [::]:0 pid 980',
    '4 problem unknown-state «TCP    10.20.0.5:49701        198.51.100.31:1433     NAWIAZANO       4312»',
    '4 tcp Other "NAWIAZANO" 10.20.0.5:49701 198.51.100.31:1433 pid 4312',
    '5 tcp TimeWait 10.20.0.5:49702 198.51.100.31:1433 pid 0',
    'is -ano',
  ]);
});

test('rows that cannot be read are named and the rows around them are kept', () => {
  expect(readFixture('netstat/mess.txt')).toEqual([
    'netstat',
    'is en',
    '5 snapshot undated cannot show bound',
    '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '6 problem bad-port «TCP    10.20.0.5:99999        198.51.100.31:1433     TIME_WAIT       0»',
    '7 problem bad-address «TCP    [fe80::wxyz:1%9]:1900  [::]:0                 LISTENING       4»',
    '8 problem bad-address «TCP    10.20.0.300:49152      198.51.100.31:1433     TIME_WAIT       0»',
    '9 problem bad-row «TCP    10.20.0.5:49701        198.51»',
    '10 problem bad-row «TCP    10.20.0.5:49702        198.51.100.31:1433»',
    '11 tcp TimeWait 10.20.0.5:49703 198.51.100.31:1433 pid 0',
    '12 problem unread-line «>>>>>>> 4f1c9aa»',
    '13 problem unread-line «3 file(s) read»',
    'is -ano',
  ]);
});

test('one file with everything a script collected delivers everything', () => {
  expect(readFixture('netstat/collected.txt')).toEqual([
    'netstat',
    '6 dynamic-range netsh tcp ipv6 dynamic 49152 16384 «Start Port      : 49152; Number of Ports : 16384»',
    '11 exclusions-listed tcp ipv4 «Protocol tcp Port Exclusion Ranges»',
    '15 exclusion tcp ipv4 5357 5357 false «5357        5357»',
    '16 exclusion tcp ipv4 50000 50059 true «50000       50059     *»',
    '22 registry-key Tcpip\\Parameters «HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters»',
    '24 registry-value Tcpip\\Parameters TcpTimedWaitDelay REG_DWORD 30 «TcpTimedWaitDelay    REG_DWORD    0x1e»',
    'is en',
    '1 snapshot 2026-03-02T10:15:00.000 cannot show bound',
    '31 tcp Established 10.20.0.5:49161 198.51.100.31:1433 pid 4312',
    '32 process 4312 Contoso.Sync.exe []',
    '38 process 0 System Idle Process []',
    '39 process 4312 Contoso.Sync.exe []',
    '45 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 65534 «"MaxUserPort"=dword:0000fffe»',
    '46 snapshot 2026-03-02T10:20:00.120 cannot show bound',
    '47 tcp TimeWait 10.20.0.5:49162 198.51.100.31:1433 pid 0',
    'is -nob',
  ]);
});

function read(...lines: string[]): string[] {
  return readLines('netstat', new TextEncoder().encode(lines.join('\r\n')));
}

const LINUX = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:993             0.0.0.0:*               LISTEN      1558/dovecot
tcp6       0      0 :::443                  :::*                    LISTEN      902/nginx
`;
const MACOS = `tcp4       0      0  10.20.0.9.53421        203.0.113.9.443        ESTABLISHED
udp4       0      0  *.5353                 *.*
`;

test.each([
  [LINUX, 'wrong-tool'],
  [MACOS, 'macos-table'],
  [
    `Active Internet connections\nProto Recv-Q Send-Q  Local Address  Foreign Address  (state)\n${MACOS}`,
    'macos-table',
  ],
  [
    'State   Recv-Q  Send-Q  Local Address:Port  Peer Address:Port\nESTAB 0 0 10.20.0.9:22 10.20.0.7:51000\n',
    'wrong-tool',
  ],
])('netstat of another system is known and not read: %#', (text, code) => {
  expect(recognisedFormat(new TextEncoder().encode(text))).toBeNull();
  expect(refusal(text)).toBe(code);
});

test('a Windows dump and a sentence about tcp are not netstat of another system', () => {
  expect(refusal('  TCP    0.0.0.0:135    0.0.0.0:0    LISTENING    980\n')).toBeNull();
  expect(refusal('tcp 0 0 were the settings we tried')).toBeNull();
});

test.each([
  'The requested operation requires elevation.',
  'Der angeforderte Vorgang erfordert erh\ufffdhte Rechte.',
  'L\u2019opération demandée nécessite une élévation.',
  'La operación solicitada requiere elevación.',
  'Запрошенная операция требует повышения.',
  '请求的操作需要提升。',
])('a command that may not run is known in any language: %s', (sentence) => {
  expect(refusal(`C:\\>netstat -anob\r\n${sentence}\r\n`)).toBe('needs-elevation');
  expect(read('C:\\>netstat -anob', sentence, 'C:\\>netstat -ano', '  UDP    0.0.0.0:53   *:*   77')).toEqual([
    expect.stringMatching(/^2 problem needs-elevation/),
    '4 snapshot undated cannot show bound',
    '4 udp None 0.0.0.0:53 *:* pid 77',
    'is -ano',
  ]);
});

test('a heading without a row is known, alone, before another command and at the end', () => {
  const heading = ['Active Connections', '', '  Proto  Local Address          Foreign Address        State'];
  expect(refusal(heading.join('\r\n'))).toBe('heading-only');
  const problems = (...lines: string[]): string[] => read(...lines).filter((line) => line.includes('problem'));
  const row = '  UDP    0.0.0.0:53   *:*   77';
  expect(problems(...heading, 'C:\\>netstat -ano', ...heading, row)).toEqual([
    '1 problem heading-only «Active Connections»',
  ]);
  expect(problems(...heading, row, ...heading)).toEqual(['5 problem heading-only «Active Connections»']);
  expect(problems(...heading, row)).toEqual([]);
  const sentence = 'We saw many active connections on that morning.';
  expect(problems(row, '', sentence)).toEqual([]);
  expect(refusal(sentence)).toBeNull();
});

test('65535 is a port and 65536 is none', () => {
  expect(
    read(
      '  TCP    10.20.0.5:65535   198.51.100.31:443   TIME_WAIT   0',
      '  TCP    10.20.0.5:65536   198.51.100.31:443   TIME_WAIT   0',
      '  TCP    10.20.0.5:49152   198.51.100.31:65536   TIME_WAIT   0',
    ),
  ).toEqual([
    '1 snapshot undated cannot show bound',
    '1 tcp TimeWait 10.20.0.5:65535 198.51.100.31:443 pid 0',
    '2 problem bad-port «TCP    10.20.0.5:65536   198.51.100.31:443   TIME_WAIT   0»',
    '3 problem bad-port «TCP    10.20.0.5:49152   198.51.100.31:65536   TIME_WAIT   0»',
    'is -no',
  ]);
});

test('PID 0 in an unknown state is TIME_WAIT, another PID or none is a state nobody knows', () => {
  expect(
    read(
      '  TCP    10.20.0.5:50001   198.51.100.31:443   OCZEKUJE   0',
      '  TCP    10.20.0.5:50002   198.51.100.31:443   OCZEKUJE   1',
      '  TCP    10.20.0.5:50003   198.51.100.31:443   OCZEKUJE',
      '',
    ),
  ).toEqual([
    '1 snapshot undated cannot show bound',
    '1 tcp TimeWait 10.20.0.5:50001 198.51.100.31:443 pid 0',
    '2 problem unknown-state «TCP    10.20.0.5:50002   198.51.100.31:443   OCZEKUJE   1»',
    '2 tcp Other "OCZEKUJE" 10.20.0.5:50002 198.51.100.31:443 pid 1',
    '3 problem unknown-state «TCP    10.20.0.5:50003   198.51.100.31:443   OCZEKUJE»',
    '3 tcp Other "OCZEKUJE" 10.20.0.5:50003 198.51.100.31:443 pid -1',
    'is -no',
  ]);
});

test('where the word for listening is known, an unknown word without a peer is a bound socket', () => {
  expect(
    read(
      '  TCP    0.0.0.0:49700     0.0.0.0:0           GEBUNDEN    4312',
      '  TCP    0.0.0.0:135       0.0.0.0:0           ABHÖREN     980',
      '  TCP    0.0.0.0:49701     0.0.0.0:0           GEBUNDEN    4312',
    ),
  ).toEqual([
    '1 snapshot undated cannot show bound',
    '1 tcp Listen 0.0.0.0:49700 0.0.0.0:0 pid 4312',
    '2 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    '3 tcp Bound 0.0.0.0:49701 0.0.0.0:0 pid 4312',
    'is -anoq',
  ]);
});

test('both row kinds are compared with their case, and tabs part columns too', () => {
  expect(
    read(
      '  tcp    10.20.0.5:1   198.51.100.31:443   TIME_WAIT   0',
      'UDP\t0.0.0.0:53\t*:*\t\t77',
      'TCPIP 10.0.0.1:1 a:2 B',
    ),
  ).toEqual([
    '1 problem unread-line «tcp    10.20.0.5:1   198.51.100.31:443   TIME_WAIT   0»',
    '2 snapshot undated cannot show bound',
    '2 udp None 0.0.0.0:53 *:* pid 77',
    '3 problem unread-line «TCPIP 10.0.0.1:1 a:2 B»',
    'is -ano',
  ]);
});

test.each([
  ['02/03/2026 10:15:00,12', '2026-02-03T10:15:00.120 or 2026-03-02T10:15:00.120'],
  ['02.03.2026 10:15:00,12', '2026-03-02T10:15:00.120'],
  ['2026-03-02T10:15:00+01:00', '2026-03-02T09:15:00.000Z'],
  ['==== 2026-03-02 10:15:00 ====', '2026-03-02T10:15:00.000'],
  ['Captured on RDSH01 at 2026-03-02 10:15:00', '2026-03-02T10:15:00.000'],
  ['The current date is: 02.03.2026\r\nThe current time is: 10:15:00,12', '2026-03-02T10:15:00.120'],
  ['02.03.2026\r\n10:15', '2026-03-02T10:15:00.000'],
])('the line %j dates the dump after it', (line, expected) => {
  const [snapshot] = read(line, '  UDP    0.0.0.0:53   *:*   77');
  expect(snapshot?.replace(/^\d+ /, '')).toBe(`snapshot ${expected} cannot show bound`);
});

test('a time that belongs to other facts does not date the dump', () => {
  expect(
    read('System Boot Time:   3/15/2026, 8:01:02 AM', 'System Model: VM', '  UDP    0.0.0.0:53   *:*   77'),
  ).toEqual([
    '1 started host [object Object] «System Boot Time:   3/15/2026, 8:01:02 AM»',
    '3 snapshot undated cannot show bound',
    '3 udp None 0.0.0.0:53 *:* pid 77',
    'is -ano',
  ]);
});

test('a day that does not exist is a bad time and still begins a dump', () => {
  expect(read('  UDP    0.0.0.0:53   *:*   77', '31.02.2026 10:15:00,12', '  UDP    0.0.0.0:54   *:*   77')).toEqual([
    '1 snapshot undated cannot show bound',
    '1 udp None 0.0.0.0:53 *:* pid 77',
    '2 problem bad-time «31.02.2026 10:15:00,12»',
    '2 snapshot undated cannot show bound',
    '3 udp None 0.0.0.0:54 *:* pid 77',
    'is -ano',
  ]);
});

test('a dump repeated without a time is a second snapshot at its heading', () => {
  const heading = '  Proto  Adres lokalny          Obcy adres             Stan            PID';
  expect(read(heading, '  UDP    0.0.0.0:53   *:*   77', '', heading, '  UDP    0.0.0.0:53   *:*   77')).toEqual([
    '2 snapshot undated cannot show bound',
    '2 udp None 0.0.0.0:53 *:* pid 77',
    '5 snapshot undated cannot show bound',
    '5 udp None 0.0.0.0:53 *:* pid 77',
    'is -ano',
  ]);
});

const WHOLE_ROWS = [
  '  TCP    0.0.0.0:135       0.0.0.0:0           LISTENING   980',
  '  TCP    10.20.0.5:50001   198.51.100.31:443   CLOSE_WAIT   4312',
];
const CUT_ROW = '  TCP    10.20.0.5:50002   198.51.100.31:443   CLOSE_WAIT   ';

test('a file that ends inside a row breaks off there, and half a row is no port', () => {
  const whole = read(...WHOLE_ROWS, '');
  for (let length = 3; length <= CUT_ROW.length; length += 1) {
    const cut = CUT_ROW.slice(0, length);
    const problem = `3 problem truncated-table «${cut.trim()}»`;
    expect(read(...WHOLE_ROWS, cut)).toEqual([...whole.slice(0, -1), problem, ...whole.slice(-1)]);
  }
});

test('without PIDs half a state word breaks off the table, a whole one does not', () => {
  const rows = WHOLE_ROWS.map((row) => row.replace(/ +\d+$/, ''));
  const last = (text: string): string | undefined => read(...rows, text).find((line) => line.startsWith('3 '));
  expect(last(CUT_ROW.trimEnd())).toBe('3 tcp CloseWait 10.20.0.5:50002 198.51.100.31:443 pid -1');
  expect(last(CUT_ROW.trimEnd().slice(0, -2))).toMatch(/^3 problem truncated-table /);
});

test.each([
  ['a whole last row without a line ending', `${CUT_ROW}4312`],
  ['a prompt', 'C:\\temp>'],
  ['a cut row with a line ending: something else took it away', `${CUT_ROW}\n`],
])('%s does not break off the table', (_what, end) => {
  expect(read(...WHOLE_ROWS, end).filter((line) => line.includes('truncated-table'))).toEqual([]);
});
