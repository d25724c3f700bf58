import { describe, expect, it } from 'vitest';
import { TcpState } from '../../../src/model/connection.js';
import { consoleCommand } from '../../../src/parsers/console/console-command.js';
import { readFixture } from './console-recording.js';

/** Every count is also a remark about the file, with its line. */
function countsOf(path: string): string[] {
  const records = readFixture(path);
  const remarks = records.filter((record) => record.includes('problem counts-only'));
  const counts = records.filter((record) => record.includes(' counted '));
  expect(remarks.map((record) => record.split(' ')[0])).toEqual(counts.map((record) => record.split(' ')[0]));
  expect(records.filter((record) => / (?:tcp|udp|snapshot|dynamic-range) /.test(record))).toEqual([]);
  return records.filter((record) => !remarks.includes(record));
}

describe('counts instead of rows', () => {
  it('are read from Group-Object, with what the command says of them, where they are of connections', () => {
    expect(countsOf('counts-text/group-object.txt')).toEqual([
      'counts-text',
      'is Format-Table',
      '5 counted 15683 process 31337 Bound «15683 31337»',
      '6 counted 12 process 4312 Bound «12 4312»',
      '12 counted 40 process 4312 Established «40 Established, 4312»',
      '13 counted 7 process 0 TimeWait «7 TimeWait, 0»',
      'is Format-List',
      '17 counted 41 rows Listen null «41 Listen»',
      'is Format-Table',
      '24 problem unread-line «61 svchost»',
    ]);
  });

  it('are read from the line below a command that counts', () => {
    expect(countsOf('counts-text/find-count.txt')).toEqual([
      'counts-text',
      '2 counted rows 15683 TimeWait null «15683»',
      '5 counted rows 412  null «412»',
      '8 counted rows 77 CloseWait null «77»',
    ]);
  });

  it('are the statistics of TCP and UDP, of netstat and of netsh, and never a range', () => {
    expect(countsOf('counts-text/netstat-s.txt')).toEqual([
      'counts-text',
      '9 counted counter 43120 TCP IPv4 Active Opens null «Active Opens                        = 43120»',
      '10 counted counter 4312 TCP IPv4 Passive Opens null «Passive Opens                       = 4312»',
      '11 counted counter 120 TCP IPv4 Failed Connection Attempts null «Failed Connection Attempts          = 120»',
      '12 counted counter 67 TCP IPv4 Current Connections null «Current Connections                 = 67»',
      '16 counted counter 8123 UDP IPv6 Datagrams Received null «Datagrams Received    = 8123»',
      '17 counted counter 431 UDP IPv6 No Ports null «No Ports              = 431»',
    ]);
    expect(countsOf('counts-text/netsh-tcpstats.txt').slice(-2)).toEqual([
      '8 counted counter 43120 TCP Active Opens null «Active Opens:                   43120»',
      '9 counted counter 4312 TCP Passive Opens null «Passive Opens:                  4312»',
    ]);
  });
});

describe('a command that counts', () => {
  const COUNT = { tool: 'count', groupedBy: [], state: null, sought: '' };
  it.each([
    ['PS C:\\> Get-NetTCPConnection | group State', { ...COUNT, groupedBy: ['state'] }],
    ['PS C:\\> Get-NetTCPConnection -State Bound | Measure-Object', { ...COUNT, state: 'Bound' }],
    ['C:\\>netstat -ano | find /i /c "1433"', { ...COUNT, sought: '1433' }],
    [
      'C:\\>netstat -ano | find "TIME_WAIT"',
      { tool: 'netstat', switches: 'ano', protocol: null, keeps: [TcpState.TimeWait] },
    ],
  ])('%s is told from one that prints rows', (text, command) => {
    expect(consoleCommand(text)).toEqual(command);
  });
});
