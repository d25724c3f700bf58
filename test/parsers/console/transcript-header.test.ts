import { expect, it } from 'vitest';
import { readLines } from './console-recording.js';

const STARS = '*'.repeat(22);
const ROW = '  TCP    192.0.2.5:50101        203.0.113.9:443        ESTABLISHED     4312';
const TABLE = [
  'LocalAddress LocalPort RemoteAddress RemotePort State       OwningProcess',
  '------------ --------- ------------- ---------- -----       -------------',
  '192.0.2.5    50101     203.0.113.9   443        Established 4312',
  '',
];

function read(lines: readonly string[]): string[] {
  return readLines('netstat', new TextEncoder().encode(lines.join('\r\n') + '\r\n'));
}

it.each([
  ['English', ['Windows PowerShell transcript start', 'Start time: 20260302101500', 'Machine: ']],
  ['German', ['Start der Windows PowerShell-Aufzeichnung', 'Startzeit: 20260302101500', 'Computer: ']],
])(
  'the tables of a transcript are of the machine that its header names, in %s',
  (_language, [title = '', time = '', machine = '']) => {
    const header = [
      ...[STARS, title, time, 'Username: CONTOSO\\anna.admin', 'Configuration Name: '],
      ...[`${machine}APP02 (Microsoft Windows NT 10.0.17763.0)`, 'Process ID: 4312', 'PSVersion: 5.1.17763.1', STARS],
    ];
    const end = [STARS, title, 'End time: 20260302101740', STARS];
    expect(
      read([...header, 'PS C:\\> netstat -ano', ROW, '', 'PS C:\\> Get-NetTCPConnection', ...TABLE, ...end]),
    ).toEqual([
      '11 snapshot undated of APP02 cannot show bound',
      '11 tcp Established 192.0.2.5:50101 203.0.113.9:443 pid 4312',
      'is Format-Table',
      '16 snapshot undated of APP02 cannot show udp',
      '16 tcp Established 192.0.2.5:50101 203.0.113.9:443 pid 4312',
      'is -no',
    ]);
  },
);

it('stars around a time are no transcript', () => {
  expect(read([STARS, 'Mon 03/02/2026 10:15:00.12', STARS, ROW])[0]).toBe(
    '2 snapshot 2026-03-02T10:15:00.120 cannot show bound',
  );
});
