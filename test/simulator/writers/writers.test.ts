import { describe, expect, it } from 'vitest';
import { classicEvent } from '../log-record.js';
import type { Snapshot, TableRow } from '../snapshot.js';
import { encodeText } from './encode.js';
import { eventXml } from './event-xml.js';
import { cmdDateTime, cultureDateTime, stampWithOffset, zeroFileTime, type HostClock } from './host-clock.js';
import { netTcpSetting } from './net-tcp-setting.js';
import { netshDynamicPort } from './netsh.js';
import { netstat } from './netstat.js';
import { tcpConnectionCsv } from './tcp-connection-csv.js';

const clock = (culture: HostClock['culture']): HostClock => ({
  culture,
  standardMinutes: 60,
  changes: [{ fromMs: Date.UTC(2026, 2, 29, 1), offsetMinutes: 120 }],
});
const winter = Date.UTC(2026, 2, 2, 8, 5, 7, 120);
const summer = Date.UTC(2026, 6, 2, 22, 5, 7);

const row = (changes: Partial<TableRow>): TableRow => ({
  transport: 'tcp',
  state: 'Established',
  localAddress: '10.1.0.5',
  localPort: 49_900,
  remoteAddress: '10.1.9.1',
  remotePort: 443,
  pid: 1_000,
  createdMs: winter - 60_000,
  sinceMs: winter - 1_500,
  ...changes,
});
const ledger = {
  usable: 0,
  inUse: 0,
  free: 0,
  established: 0,
  synSent: 0,
  finWait2: 0,
  lastAck: 0,
  closeWait: 0,
  timeWait: 0,
  bound: 0,
  listening: 0,
};
const snapshot: Snapshot = {
  atMs: winter,
  rows: [
    row({ state: 'TimeWait', pid: 0 }),
    row({ state: 'Bound', localAddress: '::', remoteAddress: '::', remotePort: 0 }),
    row({ transport: 'udp', state: null, localPort: 5_353, remoteAddress: '', remotePort: 0 }),
  ],
  processes: [],
  ledger,
  udpLedger: { usable: 0, inUse: 0, free: 0 },
};

describe('a host clock', () => {
  it('is written as each culture does', () => {
    expect(
      (['en-US', 'en-GB', 'fr-FR', 'de-DE'] as const).map((culture) => cmdDateTime(clock(culture), winter)),
    ).toEqual([
      'Mon 03/02/2026  9:05:07.12',
      '02/03/2026  9:05:07.12',
      '02/03/2026  9:05:07,12',
      '02.03.2026  9:05:07,12',
    ]);
    expect(cultureDateTime(clock('en-US'), summer)).toBe('7/3/2026 12:05:07 AM');
  });

  it('changes to summer time, but the zero of a FILETIME does not', () => {
    expect(stampWithOffset(clock('en-US'), summer)).toBe('20260703T000507+0200');
    expect(zeroFileTime(clock('fr-FR'))).toBe('01/01/1601 01:00:00');
  });
});

describe('netstat', () => {
  it('leaves Bound rows out unless asked for', () => {
    const lines = (text: string): string[] => text.split('\n').slice(4, -1);
    expect(lines(netstat(snapshot, '-ano', 'de'))).toEqual([
      '  TCP    10.1.0.5:49900         10.1.9.1:443           WARTEND         0',
      '  UDP    10.1.0.5:5353          *:*                                    1000',
    ]);
    expect(lines(netstat(snapshot, '-anoq'))[1]).toBe(
      '  TCP    [::]:49900             [::]:0                 BOUND           1000',
    );
  });

  it('prints the age after the PID with -i', () => {
    expect(netstat(snapshot, '-anoi').split('\n')[4]).toBe(
      'TCP    10.1.0.5:49900         10.1.9.1:443           TIME_WAIT          0       1500',
    );
  });
});

describe('bytes', () => {
  it('are those of the code page, with CRLF', () => {
    expect([...encodeText('É\n', 'cp850')]).toEqual([0x90, 13, 10]);
    expect([...encodeText('é', 'utf-16le')]).toEqual([0xff, 0xfe, 0xe9, 0]);
    expect([...encodeText('é', 'ascii')]).toEqual([0x3f]);
    expect(new TextDecoder().decode(encodeText(netshDynamicPort({ start: 1, count: 2 }, 'udp'), 'cp850'))).toBe(
      '\r\nProtocol udp Dynamic Port Range\r\n---------------------------------\r\nStart Port      : 1\r\nNumber of Ports : 2\r\n\r\n',
    );
  });
});

describe('a connection CSV', () => {
  it('has the sentinel and no owner in TIME_WAIT rows', () => {
    const text = tcpConnectionCsv([snapshot], {
      clock: clock('de-DE'),
      delimiter: ';',
      columns: ['State', 'CreationTime', 'LocalPort', 'OwningProcess'],
    });
    expect(text.split('\n')).toEqual([
      '"State";"CreationTime";"LocalPort";"OwningProcess"',
      '"TimeWait";"01.01.1601 01:00:00";"49900";"0"',
      '"Bound";"02.03.2026 09:04:07";"49900";"1000"',
      '',
    ]);
  });
});

describe('an event log', () => {
  const records = [1, 2].map((second) => classicEvent(second * 1000, 'Tcpip', 4_227, 'warning', [''], 'a < b', '00'));

  it('from Event Viewer has a root, texts and the newest event first', () => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      eventXml(records, { style: 'event-viewer', computer: 'A', firstRecordId: 7 }),
    );
    expect(text.startsWith('\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events><Event ')).toBe(
      true,
    );
    expect(text.endsWith('</Event></Events>')).toBe(true);
    expect([...text.matchAll(/<EventRecordID>(\d+)/g)].map((match) => match[1])).toEqual(['8', '7']);
    expect(text).toContain('<Message>a &lt; b</Message>');
  });

  it('from wevtutil has neither root nor texts', () => {
    const text = new TextDecoder().decode(eventXml(records, { style: 'wevtutil', computer: 'A', firstRecordId: 7 }));
    expect(text).toMatch(/^<Event xmlns='[^']+'><System><Provider Name='Tcpip'\/><EventID Qualifiers='32768'>4227</);
    expect(text).toContain(`<TimeCreated SystemTime='1970-01-01T00:00:01.000543300Z'/>`);
    expect(text).toContain('<EventData><Data></Data><Binary>00</Binary></EventData></Event>\r\n<Event ');
    expect(text).not.toContain('RenderingInfo');
  });
});

describe('Get-NetTCPSetting', () => {
  it('lists every template, and 0 ports where automatic reuse is switched off', () => {
    const blocks = netTcpSetting({ range: { start: 49_152, count: 16_384 } })
      .trim()
      .split('\n\n');
    expect(blocks).toHaveLength(6);
    expect(blocks.at(-1)?.split('\n').slice(-4)).toEqual([
      'DynamicPortRangeStartPort       : 49152',
      'DynamicPortRangeNumberOfPorts   : 16384',
      'AutoReusePortRangeStartPort     : 0',
      'AutoReusePortRangeNumberOfPorts : 0',
    ]);
  });
});
