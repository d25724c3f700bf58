import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventXmlParser } from '../../../src/parsers/event-log/event-xml.js';
import { recordEvents, type SinkCall } from './event-recording.js';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/parsers/event-xml');

/** A fixture as the parser gets it: without its byte order mark. */
function fixture(name: string): Uint8Array {
  const bytes = readFileSync(join(FIXTURES, name));
  return bytes.subarray(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

function header(provider: string, id: number, at: string, recordId: number, host: string, line: number): SinkCall {
  const atMs = at === '' ? NaN : Date.parse(at);
  return { call: 'eventHeader', header: { provider, id, atMs, recordId, host, channel: 'System', line } };
}

type Values = readonly (string | readonly [name: string, value: string])[];

/** The event that follows its header; its text is compared by its beginning only. */
function event(of: SinkCall, data: Values): SinkCall {
  if (of.call !== 'eventHeader') throw new Error('not a header');
  const { recordId, host, channel, ...rest } = of.header as Record<string, unknown>;
  return {
    call: 'event',
    event: {
      ...rest,
      host: host === '' ? null : host,
      recordId: recordId === -1 ? null : recordId,
      channel: channel === '' ? null : channel,
      data: data.map((value) =>
        typeof value === 'string' ? { name: null, value } : { name: value[0], value: value[1] },
      ),
      text: expect.stringMatching(/^<Event/) as unknown,
    },
  };
}

const problem = (code: string, line: number, text: RegExp | string): SinkCall => ({
  call: 'problem',
  code,
  line,
  text: expect.stringMatching(text) as unknown as string,
});
const dialect = (name: string): SinkCall => ({ call: 'describe', what: { dialect: name } });

const RDSH = 'RDSH01.contoso.example';

function frenchLog(): SinkCall[] {
  const started = header('EventLog', 6005, '2026-03-01T03:00:12Z', 14001, RDSH, 2);
  const uptime = header('EventLog', 6013, '2026-03-01T11:00:00Z', 14003, RDSH, 3);
  const collision = header('Tcpip', 4227, '2026-03-02T09:40:12.611Z', 14004, RDSH, 3);
  const netlogon = header('NETLOGON', 5719, '2026-03-02T09:41:03Z', 14005, RDSH, 5);
  return [
    dialect('Event Viewer'),
    started,
    { call: 'describe', what: { language: 'fr' } },
    event(started, []),
    header('Service Control Manager', 7026, '2026-03-01T03:00:14.123Z', 14002, RDSH, 2),
    uptime,
    event(uptime, ['', '', '', '', '1209605', '60', '-60 Romance Standard Time']),
    collision,
    event(collision, ['']),
    netlogon,
    event(netlogon, ['CONTOSO', '%%1311']),
  ];
}

describe('an event log exported as XML', () => {
  it('is read from Event Viewer: one line, rendered in French, an escaped event in a message not counted', () => {
    expect(recordEvents(fixture('event-viewer-save-as-french.xml'))).toEqual(frenchLog());
  });

  it('keeps every whole event of a truncated file and names the one that is cut', () => {
    expect(recordEvents(fixture('truncated.xml'))).toEqual([
      ...frenchLog().slice(0, -2),
      problem('incomplete-event', 5, /^<Event xmlns='.*Provider Name='NETLOGON'/),
    ]);
  });

  it('counts an event that the end of the file breaks off below its System block', () => {
    const exhausted = header('Tcpip', 4231, '2026-03-02T10:00:03Z', 6, RDSH, 2);
    expect(recordEvents(fixture('broken-off.txt'))).toEqual([
      dialect('Event Viewer copy'),
      problem('broken-off-event', 2, /4231/),
      exhausted,
      event(exhausted, []),
    ]);
  });

  it('is read from wevtutil without a root: single quotes, any number of fraction digits, whole event codes', () => {
    const exhausted = header('Tcpip', 4231, '2026-03-02T09:38:00.1Z', 801, 'APP02', 1);
    const collision = header('Tcpip', 4227, '2026-03-02T09:39:00.2Z', 803, 'APP02', 3);
    const lookAlike = header('Microsoft-Windows-TCPIP', 4227, '2026-03-02T09:39:10Z', 804, 'APP02', 4);
    const udp = header('Tcpip', 4266, '2026-03-02T09:39:20.123Z', 805, 'APP02', 5);
    expect(recordEvents(fixture('wevtutil-no-root.xml'))).toEqual([
      dialect('wevtutil'),
      exhausted,
      event(exhausted, ['']),
      header('Tcpip', 4199, '2026-03-02T09:38:30.1Z', 802, 'APP02', 2),
      collision,
      event(collision, ['']),
      lookAlike,
      event(lookAlike, [['Interface', '7']]),
      udp,
      event(udp, ['']),
    ]);
  });

  it('is read from the text that the Copy button of Event Viewer makes', () => {
    const copied = header('Tcpip', 4227, '2026-03-02T02:01:10.611Z', 14996, 'RDSH01', 10);
    expect(recordEvents(fixture('event-viewer-copy.txt'))).toEqual([
      dialect('Event Viewer copy'),
      copied,
      event(copied, ['']),
    ]);
  });

  it('is read from the old viewer, which puts dashes before lines and a blank into empty tags', () => {
    const copied = header('Tcpip', 4227, '2026-03-02T02:01:10.611Z', 14996, 'RDSH01', 1);
    expect(recordEvents(fixture('old-viewer-dashes.txt'))).toEqual([
      dialect('Event Viewer copy'),
      copied,
      event(copied, ['']),
    ]);
  });

  it('does not count an event inside a comment or a CDATA section', () => {
    const unexpected = header('EventLog', 6008, '2026-03-02T10:00:00Z', 1, RDSH, 3);
    const collision = header('Tcpip', 4227, '2026-03-02T10:00:01Z', 2, RDSH, 4);
    const inner = "<Event xmlns='x'><System><Provider Name='Tcpip'/><EventID>4227</EventID></System></Event>";
    expect(recordEvents(fixture('cdata-trap.xml'))).toEqual([
      dialect('event XML'),
      unexpected,
      event(unexpected, [inner, 'a &lt; b é中']),
      collision,
      event(collision, [']]>']),
    ]);
  });

  it('is read from evtx_dump: a declaration before every record, line breaks in empty elements, UserData', () => {
    const version = header('EventLog', 6009, '2026-03-01T17:16:28.214Z', 1, 'SRV19', 3);
    const shutdown = header('User32', 1074, '2026-03-01T17:21:00Z', 3, 'SRV19', 63);
    expect(recordEvents(fixture('evtx-dump-many-declarations.xml'))).toEqual([
      dialect('evtx_dump'),
      version,
      event(version, ['10.00.', '17763', '', 'Multiprocessor Free', '0']),
      header('Microsoft-Windows-Eventlog', 104, '2026-03-01T17:20:00Z', 2, 'SRV19', 35),
      shutdown,
      event(shutdown, [
        ['Code', '0x80020002'],
        ['Text', 'Recovery & planned'],
      ]),
    ]);
  });

  it('is read from python-evtx: XML 1.1, a time without T and Z, all strings of an event in one Data', () => {
    const uptime = header('EventLog', 6013, '2026-03-01T11:00:00Z', 88, 'SRV19.fabrikam.example', 4);
    expect(recordEvents(fixture('python-evtx.xml'))).toEqual([
      dialect('python-evtx'),
      uptime,
      event(uptime, ['', '86405', '60', '0 GMT Standard Time']),
    ]);
  });

  it('is read from evtxexport, prose around the events', () => {
    const udp = header('Tcpip', 4266, '2026-03-02T09:00:00.123Z', 5, RDSH, 3);
    expect(recordEvents(fixture('evtxexport.xml'))).toEqual([dialect('evtxexport'), udp, event(udp, [''])]);
  });

  it('delivers a broken onset by its header, and counts every other broken event where it stands', () => {
    const onset = header('Tcpip', 4227, '2026-03-02T10:00:00Z', 1, RDSH, 2);
    const exhausted = header('Tcpip', 4231, '2026-03-02T10:00:03Z', 6, RDSH, 7);
    const bySource: SinkCall = {
      call: 'eventHeader',
      header: {
        provider: 'Tcpip',
        id: 4227,
        atMs: Date.parse('2026-03-02T10:00:04Z'),
        recordId: -1,
        host: 'R&D-01',
        channel: '',
        line: 8,
      },
    };
    expect(recordEvents(fixture('broken-in-many-ways.xml'))).toEqual([
      problem('doctype-refused', 1, /^<!DOCTYPE Events \[.*\]>$/),
      dialect('wevtutil'),
      onset,
      event(onset, []),
      header('EventLog', 6008, '2026-03-02T10:00:01Z', 2, RDSH, 3),
      problem('unreadable-event', 3, /6008/),
      header('EventLog', 6005, '', 3, RDSH, 4),
      problem('bad-time', 4, /^<Event/),
      problem('incomplete-event', 5, /6005/),
      problem('unreadable-event', 6, /^<Event><System><EventID>12/),
      exhausted,
      problem('doctype-refused', 7, /4231/),
      event(exhausted, []),
      bySource,
      event(bySource, []),
      problem('incomplete-event', 9, /^<Event><System><Provider Name='Tcpip'\/><EventID>4227<\/EventID>$/),
    ]);
  });

  it.each(readdirSync(FIXTURES))('says the same of %s however it is cut into chunks', (name) => {
    const bytes = fixture(name);
    const whole = recordEvents(bytes);
    expect(whole.some(({ call }) => call === 'event')).toBe(true);
    for (let size = 1; size <= bytes.length; size += size < 300 ? 1 : 97) {
      expect(recordEvents(bytes, size), `chunks of ${String(size)} bytes`).toEqual(whole);
    }
  });

  it.each([
    ['<Event>', true],
    ["prose\n<Event xmlns='x'>", true],
    ['<Events>', true],
    ['<Event\n', true],
    ['<EventID>4227</EventID>', false],
    ['<EventData>', false],
    ['&lt;Event xmlns', false],
    ['', false],
  ])('recognises %j: %s', (text, expected) => {
    expect(eventXmlParser.recognises({ bytes: new TextEncoder().encode(text), text }) !== null).toBe(expected);
  });
});

const captures = process.env['PORTMORTEM_CAPTURES'];

describe.skipIf(captures === undefined)('real event logs', () => {
  const folder = join(captures ?? '', 'event-xml');

  it.each([
    ['eventviewer_copy_1_ipban.xml', 1, 0],
    ['mixed_62_events_ipban.txt', 62, 0],
    ['rust_evtx_event_xml_sample_with_event_data_with_attributes_and_text.snap', 1, 1],
    ['rust_evtx_event_xml_sample_with_user_data.snap', 1, 0],
  ])('%s holds %i events, %i of them of interest, and nothing unreadable', (name, headers, events) => {
    const calls = recordEvents(readFileSync(join(folder, name)));
    const count = (call: SinkCall['call']): number => calls.filter((made) => made.call === call).length;
    expect([count('eventHeader'), count('event'), count('problem')]).toEqual([headers, events, 0]);
  });
});
