import { expect, test } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

test('tcp and udp pasted together without a blank line are two ranges', () => {
  expect(readFixture('netsh-dynamicport/en-both-protocols.txt')).toEqual([
    'netsh-dynamicport',
    '4 dynamic-range netsh tcp null dynamic 1024 13977 «Start Port      : 1024; Number of Ports : 13977»',
    '8 dynamic-range netsh udp null dynamic 49152 16384 «Start Port      : 49152; Number of Ports : 16384»',
  ]);
});

test('the command line tells the address family, the title never does', () => {
  expect(readFixture('netsh-dynamicport/en-prompts.txt')).toEqual([
    'netsh-dynamicport',
    '5 dynamic-range netsh tcp ipv4 dynamic 10000 55536 «Start Port        : 10000; Number of Ports   : 55536»',
    '13 dynamic-range netsh udp ipv6 dynamic 49152 16384 «Start Port        : 49152; Number of Ports   : 16384»',
  ]);
});

test('French output in code page 850 is a range', () => {
  expect(readFixture('netsh-dynamicport/fr-cp850.txt')).toEqual([
    'netsh-dynamicport',
    '4 dynamic-range netsh tcp null dynamic 49152 16384 «Port de démarrage   : 49152; Nombre de ports     : 16384»',
  ]);
});

test('Chinese output is a range', () => {
  expect(readFixture('netsh-dynamicport/zh.txt')).toEqual([
    'netsh-dynamicport',
    '4 dynamic-range netsh tcp null dynamic 1024 13977 «启动端口        : 1024; 端口数          : 13977»',
  ]);
});

test('Japanese output is a range', () => {
  expect(readFixture('netsh-dynamicport/ja.txt')).toEqual([
    'netsh-dynamicport',
    '4 dynamic-range netsh tcp null dynamic 49152 16384 «開始ポート      : 49152; ポート数        : 16384»',
  ]);
});

test('a range that ends above 65535 is refused', () => {
  expect(readFixture('netsh-dynamicport/en-impossible-udp.txt')).toEqual([
    'netsh-dynamicport',
    '4 dynamic-range netsh tcp null dynamic 49152 16384 «Start Port      : 49152; Number of Ports : 16384»',
    '9 problem bad-number «Start Port      : 60000; Number of Ports : 16384»',
  ]);
});

test.each([
  [
    'UDP Statistics',
    [
      'In Datagrams:                   43120',
      'In Invalid Port:                4312',
      'Out Datagrams:                  77',
    ],
  ],
  ['TCP Statistics for IPv4', ['* Active Opens : 50000', '* Passive Opens : 4312', '* Resets : 5']],
  ['TCP Statistics', ['Minimum Timeout: 10', 'Active Opens: 50000', 'Passive Opens: 4312']],
])('two numbers of a list that goes on below %s are no range', (title, numbers) => {
  const read = readLines(
    'netsh-dynamicport',
    new TextEncoder().encode([title, '------------------', ...numbers].join('\r\n')),
  );
  expect(read.filter((line) => line.includes('dynamic-range'))).toEqual([]);
});

test.each([
  ['1023', '16384', 'neither'],
  ['1024', '16384', 'range'],
  ['49152', '254', 'bad-number'],
  ['49152', '255', 'range'],
  ['49152', '16385', 'bad-number'],
])('a start of %s and a count of %s below a title with tcp and its ruler: %s', (start, count, expected) => {
  const text = `Protocol tcp Something Else\r\n-----------------\r\nOne   : ${start}\r\nOther : ${count}\r\n`;
  const read = readLines('netsh-dynamicport', new TextEncoder().encode(text)).join();
  expect(/dynamic-range/.test(read) ? 'range' : /bad-number/.test(read) ? 'bad-number' : 'neither').toBe(expected);
});

test.each([
  [1_023, 16_384, false],
  [1_024, 13_977, true],
  [49_152, 254, false],
  [49_152, 255, true],
  [49_152, 16_385, false],
])('Get-NetTCPSetting with a start of %i and %i ports is a range: %s', (start, count, isRange) => {
  const text = `SettingName : Internet\r\nDynamicPortRangeStartPort : ${String(start)}\r\nDynamicPortRangeNumberOfPorts : ${String(count)}\r\n`;
  const read = readLines('netsh-dynamicport', new TextEncoder().encode(text)).join();
  expect([/dynamic-range/.test(read), /bad-number/.test(read)]).toEqual([isRange, !isRange]);
});

test('an auto-reuse range that only a custom template shows is read, one of Internet before it', () => {
  const block = (name: string, dynamic: number, reuse: readonly [number, number]): string[] => [
    `SettingName : ${name}`,
    `DynamicPortRangeStartPort : ${String(dynamic)}`,
    'DynamicPortRangeNumberOfPorts : 1000',
    `AutoReusePortRangeStartPort : ${String(reuse[0])}`,
    `AutoReusePortRangeNumberOfPorts : ${String(reuse[1])}`,
    '',
  ];
  const ranges = (internet: readonly [number, number]): string[] =>
    readLines(
      'netsh-dynamicport',
      new TextEncoder().encode(
        ['', ...block('InternetCustom', 50_000, [40_000, 2_000]), ...block('Internet', 49_152, internet)].join('\r\n'),
      ),
    ).map((line) => line.replace(/ «.*/, ''));
  expect(ranges([0, 0])).toEqual([
    '9 dynamic-range Get-NetTCPSetting tcp null dynamic 49152 1000',
    '5 dynamic-range Get-NetTCPSetting tcp null auto-reuse 40000 2000',
  ]);
  expect(ranges([30_000, 500])).toEqual([
    '9 dynamic-range Get-NetTCPSetting tcp null dynamic 49152 1000',
    '11 dynamic-range Get-NetTCPSetting tcp null auto-reuse 30000 500',
  ]);
});

test('of the templates of Get-NetTCPSetting Internet counts, and automatic reuse only with ports', () => {
  expect(readFixture('netsh-dynamicport/get-nettcpsetting.txt')).toEqual([
    'netsh-dynamicport',
    '19 dynamic-range Get-NetTCPSetting tcp null dynamic 49152 16358 «DynamicPortRangeStartPort       : 49152; DynamicPortRangeNumberOfPorts   : 16358»',
    '21 dynamic-range Get-NetTCPSetting tcp null auto-reuse 40000 8000 «AutoReusePortRangeStartPort     : 40000; AutoReusePortRangeNumberOfPorts : 8000»',
    '26 dynamic-range Get-NetTCPSetting udp null dynamic 49152 16384 «DynamicPortRangeStartPort     : 49152; DynamicPortRangeNumberOfPorts : 16384»',
  ]);
});

test('two properties alone are what Get-NetUDPSetting prints; of several templates they are of TCP', () => {
  const pair = ['DynamicPortRangeStartPort     : 20000', 'DynamicPortRangeNumberOfPorts : 16384', ''];
  const transports = (...lines: string[]): string[] =>
    readLines('netsh-dynamicport', new TextEncoder().encode(lines.join('\r\n'))).map((line) =>
      line.replace(/ null dynamic.*/, ''),
    );
  expect(transports(...pair)).toEqual(['1 dynamic-range Get-NetTCPSetting udp']);
  expect(transports('PS C:\\> Get-NetTCPSetting -SettingName Internet | fl Dynamic*', ...pair)).toEqual([
    '2 dynamic-range Get-NetTCPSetting tcp',
  ]);
  const empty = ['DynamicPortRangeStartPort     :', 'DynamicPortRangeNumberOfPorts :', ''];
  expect(transports(...empty, ...pair)).toEqual(['4 dynamic-range Get-NetTCPSetting null']);
});

test('Get-NetTCPSetting tells how long the host goes on trying to connect, in the template that counts', () => {
  const block = (name: string, rto: string, times: string): string[] => [
    `SettingName : ${name}`,
    `InitialRto(ms) : ${rto}`,
    `MaxSynRetransmissions : ${times}`,
    'DynamicPortRangeStartPort : 49152',
    'DynamicPortRangeNumberOfPorts : 16384',
    '',
  ];
  const read = (rto: string, times: string): string[] =>
    readLines(
      'netsh-dynamicport',
      new TextEncoder().encode(
        ['', ...block('Datacenter', '1000', '2'), ...block('Internet', rto, times)].join('\r\n'),
      ),
    );
  const text = (rto: string, times: string): string => `«InitialRto(ms) : ${rto}; MaxSynRetransmissions : ${times}»`;
  expect(read('3000', '4')).toContain(`9 connection-attempts 3000 4 ${text('3000', '4')}`);
  expect(read('3000', 'x')).toContain(`9 problem bad-number ${text('3000', 'x')}`);
});

test('numbers with a unit under the ruler of another output of netsh are no range', () => {
  const text = [
    'The TCP global default template is internet',
    '',
    'TCP Supplemental Parameters',
    '----------------------------------------------',
    'Minimum RTO (msec)                  : 3000',
    'Initial Congestion Window (MSS)     : 1000',
    'Congestion Control Provider         : cubic',
  ].join('\r\n');
  const read = readLines('netsh-dynamicport', new TextEncoder().encode(text));
  expect(read.filter((line) => line.includes('dynamic-range'))).toEqual([]);
});
