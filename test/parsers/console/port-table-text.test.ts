import { describe, expect, it } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

describe('what PowerShell shows of Get-NetTCPConnection', () => {
  it('is read in its default view, blank columns included', () => {
    expect(readFixture('port-table-text/default-view.txt')).toEqual([
      'port-table-text',
      'is Format-Table',
      '7 snapshot 2026-03-02T09:15:00.000Z cannot show udp',
      '7 tcp Bound [::]:50211 [::]:0 pid 4312',
      '8 tcp Established [fe80::a1b2:c3d4:e5f6:1]:50210 [fe80::a1b2:c3d4:e5f6:2]:445 pid 4',
      '9 tcp TimeWait 10.20.0.5:50209 198.51.100.31:1433 pid 0',
      '10 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 1020',
      '11 problem bad-port «10.20.0.5,70000,198.51.100.31,1433,Established,Internet,4312»',
    ]);
  });
  it('has no owners where the window was too narrow for them', () => {
    expect(readFixture('port-table-text/narrow-window.txt')).toEqual([
      'port-table-text',
      'is Format-Table',
      '3 snapshot undated cannot show udp,owner',
      '3 tcp CloseWait 10.20.0.5:50301 198.51.100.31:1433 pid -1',
      '4 tcp Bound 0.0.0.0:50302 0.0.0.0:0 pid -1',
    ]);
  });
  it('is read with any columns, numbers set to the right, and says what its command left out', () => {
    expect(readFixture('netstat/powershell-table-above.txt')).toEqual([
      'netstat',
      'is Format-Table',
      '5 snapshot undated cannot show udp',
      '5 tcp TimeWait 10.20.0.5:50401 *:* pid 0',
      '6 tcp Bound [::]:50402 *:* pid 4312',
      'is en',
      '13 snapshot undated cannot show bound,owner',
      '13 tcp Established 10.20.0.5:50403 198.51.100.31:443 pid -1',
      'is -n',
    ]);
  });
  it('is read as a list, an object a paragraph', () => {
    expect(readFixture('port-table-text/list-view.txt')).toEqual([
      'port-table-text',
      'is Format-List',
      '3 snapshot undated cannot show udp',
      '3 tcp Established 10.20.0.5:50501 198.51.100.31:1433 pid 4312',
      '13 tcp Bound 0.0.0.0:50502 0.0.0.0:0 pid 4312',
      '23 problem unread-line «Model : Contoso 9000»',
    ]);
  });
  it('is read of UDP endpoints', () => {
    expect(readFixture('port-table-text/udp-endpoints.txt')).toEqual([
      'port-table-text',
      'is Format-Table',
      '3 snapshot undated cannot show tcp,owner',
      '3 udp None [::]:53211 *:* pid -1',
      '4 udp None 10.20.0.5:5353 *:* pid -1',
    ]);
  });
});

function read(...lines: readonly string[]): string[] {
  return readLines('port-table-text', new TextEncoder().encode(lines.join('\r\n') + '\r\n'));
}

describe('a table of a narrow window', () => {
  it('has titles in several lines', () => {
    expect(
      read(
        'LocalAddress                        LocalPort RemoteAddress                       RemotePort State       Appli',
        '                                                                                                         edSet',
        '                                                                                                         ting ',
        '------------                        --------- -------------                       ---------- -----       -----',
        '192.0.2.5                           50101     203.0.113.31                        1433       Established In...',
      ),
    ).toEqual([
      'is Format-Table',
      '5 snapshot undated cannot show udp,owner',
      '5 tcp Established 192.0.2.5:50101 203.0.113.31:1433 pid -1',
    ]);
  });

  it('has titles set to the right, broken in the middle of a word', () => {
    expect(
      read(
        'These are the connections of the server:',
        'LocalAd LocalP RemoteAddres   RemotePort        State OwningProces',
        'dress      ort            s                                      s',
        '------- ------ ------------   ----------        ----- ------------',
        '0.0.0.0    135 0.0.0.0                 0       Listen         1204',
      ),
    ).toEqual(['is Format-Table', '5 snapshot undated cannot show udp', '5 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 1204']);
  });
});

describe('what a window cuts', () => {
  it('is an address: its row keeps port, state and owner, and the family that a colon shows', () => {
    expect(
      read(
        'LocalAddress    LocalPort RemoteAddress RemotePort State       OwningProcess',
        '------------    --------- ------------- ---------- -----       -------------',
        'fe80::5967:4...     50101 198.51.10...        1433 Established          4312',
        'fe80::5967:489…     50102 fe80::1             445  TimeWait                0',
        'APP02...            50103 fe80::1             445  TimeWait                0',
      ),
    ).toEqual([
      'is Format-Table',
      '3 problem cut-by-window «fe80::5967:4...,50101,198.51.10...,1433,Established,4312»',
      '3 snapshot undated cannot show udp',
      '3 tcp Established [fe80::5967:4...]:50101 198.51.10...:1433 pid 4312',
      '4 problem cut-by-window «fe80::5967:489…,50102,fe80::1,445,TimeWait,0»',
      '4 tcp TimeWait [fe80::5967:489…]:50102 [fe80::1]:445 pid 0',
      '5 problem bad-address «APP02...,50103,fe80::1,445,TimeWait,0»',
    ]);
  });

  it('is a state, which is the one that begins so, where it is the only one', () => {
    const words = ['Esta...', 'Time…', 'SynS...', 'SynR...', 'L...', 'La...', 'Clos...', 'FinW...'];
    const rows = words.map((word, at) => `192.0.2.5    ${String(50101 + at)}     203.0.113.31  1433       ${word}`);
    const lines = read(
      'LocalAddress LocalPort RemoteAddress RemotePort State',
      '------------ --------- ------------- ---------- -----',
      ...rows,
    );
    expect(lines.filter((line) => line.includes(' tcp ')).map((line) => line.split(' ')[2])).toEqual([
      ...['Established', 'TimeWait', 'SynSent', 'SynReceived', 'Other', 'LastAck', 'Other', 'Other'],
    ]);
    expect(lines.filter((line) => line.includes('cut-by-window'))).toHaveLength(words.length);
    expect(lines.filter((line) => line.includes('unknown-state'))).toEqual([]);
  });
});

describe('Format-Table -GroupBy', () => {
  const group = (state: string, row: string, last = ''): string[] => [
    ...['', '', `   State: ${state}`, ''],
    `LocalAddress LocalPort RemoteAddress RemotePort OwningProcess${last && ' State'}`,
    `------------ --------- ------------- ---------- -------------${last && ' -----'}`,
    `192.0.2.5    ${row}${last}`,
    '',
  ];

  it('prints one table in parts, whose line above is the state of rows without one', () => {
    expect(
      read(
        ...group('TimeWait', '50101     203.0.113.31  1433       0            '),
        ...group('Established', '50102     203.0.113.31  1433       4312         '),
        ...group('Listen', '50103     203.0.113.31  1433       4312         ', ' Bound'),
      ),
    ).toEqual([
      'is Format-Table',
      '7 snapshot undated cannot show udp',
      '7 tcp TimeWait 192.0.2.5:50101 203.0.113.31:1433 pid 0',
      '15 tcp Established 192.0.2.5:50102 203.0.113.31:1433 pid 4312',
      '23 tcp Bound 192.0.2.5:50103 203.0.113.31:1433 pid 4312',
    ]);
  });

  it('begins anew behind a time or a command, and is no state of a service', () => {
    const first = group('TimeWait', '50101     203.0.113.31  1433       0            ');
    const snapshots = (between: string): number =>
      read(...first, between, ...first).filter((line) => line.includes(' snapshot ')).length;
    expect(snapshots('')).toBe(1);
    expect(snapshots('Mon 03/02/2026 10:16:00')).toBe(2);
    expect(snapshots('PS C:\\> Get-NetTCPConnection | ft -GroupBy State')).toBe(2);
    const running = read(...group('Running', '50101     203.0.113.31  1433       0            '));
    expect(running).toContain('5 problem missing-column «State»');
  });
});

it('a table with titles of two words is read by its ruler', () => {
  expect(readFixture('port-table-text/netsh-tcpconnections.txt')).toEqual([
    'port-table-text',
    'is Format-Table',
    '7 snapshot undated cannot show udp,owner,bound',
    '7 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid -1',
    '8 tcp Established 10.20.0.5:50701 198.51.100.31:1433 pid -1',
    '9 tcp TimeWait 10.20.0.5:50702 198.51.100.31:1433 pid -1',
  ]);
});

it('rows that a mail quotes are rows', () => {
  expect(readFixture('netstat/quoted-mail.txt')).toEqual([
    'netstat',
    'is en',
    '8 snapshot undated cannot show bound',
    '8 tcp Established 10.20.0.5:50101 198.51.100.31:1433 pid 4312',
    '9 tcp TimeWait 10.20.0.5:50102 198.51.100.31:1433 pid 0',
    '10 udp None 0.0.0.0:50103 *:* pid 4312',
    'is -ano',
  ]);
});
