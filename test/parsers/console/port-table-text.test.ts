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

describe('a table of a narrow window', () => {
  const read = (...lines: readonly string[]): string[] =>
    readLines('port-table-text', new TextEncoder().encode(lines.join('\r\n') + '\r\n'));

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
