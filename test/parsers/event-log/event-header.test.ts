import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHeaderReader, NEEDS_MORE, NOT_PLAIN } from '../../../src/parsers/event-log/event-header.js';
import { recordEvents } from './event-recording.js';

const encoder = new TextEncoder();
const PLAIN =
  "<Event xmlns='x'><System><Provider Name='Tcpip'/><EventID Qualifiers='32768'>4227</EventID>" +
  "<TimeCreated SystemTime='2026-03-02T10:00:00.5Z'/><EventRecordID>7</EventRecordID><Channel>System</Channel>" +
  '<Computer>RDSH01</Computer></System>';
const READ = {
  provider: 'Tcpip',
  id: 4227,
  atMs: Date.UTC(2026, 2, 2, 10, 0, 0, 500),
  recordId: 7,
  host: 'RDSH01',
  channel: 'System',
  line: 0,
};

function read(text: string): unknown {
  const reader = new EventHeaderReader((bytes) => new TextDecoder().decode(bytes));
  const bytes = encoder.encode(text);
  const behind = reader.readHeader(bytes, 0, bytes.length);
  return behind < 0 ? behind : { rest: new TextDecoder().decode(bytes.subarray(behind)), header: reader.header };
}

describe('the header of an event', () => {
  it.each([
    ['as wevtutil prints it', PLAIN],
    ['in double quotes', PLAIN.replaceAll("'", '"')],
    ['on many lines', PLAIN.replaceAll('><', '>\r\n  <')],
    ['with dashes of the old viewer', PLAIN.replaceAll('><', '>\n- <')],
    ['with a blank in empty tags', PLAIN.replaceAll('/>', ' / >')],
    [
      'with open and close tags',
      PLAIN.replace("'Tcpip'/>", "'Tcpip'>\n</Provider>").replace("Z'/>", "Z'></TimeCreated>"),
    ],
    ['with blanks around values', PLAIN.replace('>4227<', '>\n 4227 <').replace('>RDSH01<', '> RDSH01\n<')],
    ['with blanks around equals signs', PLAIN.replace("Name='Tcpip'", "Name = 'Tcpip' ")],
    [
      'with more attributes before and after',
      PLAIN.replace("Name='Tcpip'", "Guid='{0}' Name='Tcpip' EventSourceName='X'"),
    ],
    ['with only an EventSourceName', PLAIN.replace('Name=', 'EventSourceName=')],
    ['with an empty Name', PLAIN.replace("Name='Tcpip'", "EventSourceName='Tcpip' Name=''")],
    ['with a whole event code', PLAIN.replace('4227', '2147487875')],
    ['with elements in another order', PLAIN.replace(/(<Provider[^>]*>)(.*)<\/System>/, '$2$1</System>')],
    [
      'with other elements',
      PLAIN.replace('<Channel>', "<Security UserID='S-1'/><Opcode></Opcode><Task>0</Task><Channel>"),
    ],
    ['with references in values', PLAIN.replace('Tcpip', 'T&#99;pip').replace('RDSH01', 'RDSH&#x30;1')],
  ])('is read %s', (_how, text) => {
    expect(read(`${text}<EventData/>`)).toEqual({ rest: '<EventData/>', header: READ });
  });

  it.each([
    ['a comment', PLAIN.replace('<Provider', '<!-- --><Provider')],
    ['an event inside it', PLAIN.replace('<Channel>', '<Event><Channel>')],
    ['a nested element', PLAIN.replace('System</Channel>', '<b>System</b></Channel>')],
    ['a tag that is cut', PLAIN.replace("SystemTime='2026", '<EventID')],
    ['no System', "<Event xmlns='x'><EventData><Data>1</Data></EventData></Event>"],
  ])('with %s is left to the XML parser', (_what, text) => {
    expect(read(text)).toBe(NOT_PLAIN);
  });

  it('is not decided before its last byte is there', () => {
    for (let length = 6; length < PLAIN.length; length++) {
      expect(read(PLAIN.slice(0, length)), `${String(length)} bytes`).toBe(NEEDS_MORE);
    }
  });

  it('is the same whatever headers were read before it', () => {
    const header = fc.record({
      provider: fc.constantFrom('Tcpip', 'EventLog', 'Microsoft-Windows-Kernel-Power', 'Dienst-Überwachung'),
      id: fc.constantFrom(41, 4227, 6005, 6013, 70_000),
      time: fc.constantFrom('2026-03-02T10:00:00.1234567Z', '2026-03-02T10:00:01Z', '2026-03-03 10:00:00', 'never', ''),
      recordId: fc.constantFrom('1', '23', '99999999', '123456789012345678901', 'x', ''),
      host: fc.constantFrom('RDSH01', 'APP02.contoso.example', 'R&amp;D', ' RDSH01 ', ''),
      other: fc.constantFrom(
        '',
        '<Correlation/>',
        "<Correlation ActivityID='{1}'/>",
        '<Task>1</Task>',
        "<Security UserID=''/>",
      ),
      quote: fc.constantFrom("'", '"'),
      start: fc.constantFrom('<Event>', "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>"),
    });
    const write = (of: typeof header extends fc.Arbitrary<infer Fields> ? Fields : never): string =>
      `${of.start}<System><Provider Name=${of.quote}${of.provider}${of.quote}/><EventID>${String(of.id)}</EventID>` +
      `<TimeCreated SystemTime=${of.quote}${of.time}${of.quote}/><EventRecordID>${of.recordId}</EventRecordID>${of.other}` +
      `<Execution ProcessID=${of.quote}${of.recordId}${of.quote}/><Computer>${of.host}</Computer></System></Event>`;
    fc.assert(
      fc.property(fc.array(header, { maxLength: 40 }), (headers) => {
        const events = headers.map(write);
        const isDescription = ({ call }: { readonly call: string }): boolean => call === 'describe';
        const alone = events.flatMap((text) => recordEvents(text).filter((made) => !isDescription(made)));
        expect(recordEvents(events.join('')).filter((made) => !isDescription(made))).toEqual(alone);
      }),
      { numRuns: 500 },
    );
  });
});
