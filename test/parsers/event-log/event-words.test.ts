import { describe, expect, it } from 'vitest';
import type { RecordSink } from '../../../src/parsers/parser.js';
import { EventWords, eventId, eventTime, type TextOfEvent } from '../../../src/parsers/event-log/event-words.js';
import { emptyReading, sinkInto } from '../csv/csv-reading.js';

const TEXT: TextOfEvent = {
  provider: 'Tcpip',
  id: 4231,
  time: '2026-03-02 10:41:12',
  isUtc: false,
  host: 'RDSH01',
  channel: 'System',
  recordId: '',
  message: '',
  line: 1,
  shown: 'a row',
};

function told(changed: Partial<TextOfEvent>): readonly string[] {
  const reading = emptyReading();
  const sink: RecordSink = sinkInto(reading);
  new EventWords(sink).tell({ ...TEXT, ...changed });
  return [...(reading.events ?? []), ...reading.problems];
}

describe('the provider of an event in words', () => {
  it.each([
    [4227, 'TCP/IP 无法建立传出连接', 'Tcpip'],
    [4231, 'Eine Anforderung … aus dem globalen TCP-Portraum', 'Tcpip'],
    [4266, 'A request to allocate an ephemeral port number from the global UDP port space', 'Tcpip'],
    [4227, 'The remote name could not be resolved', ''],
    [1014, 'TCP/IP', ''],
  ])('is Tcpip where a text names none and says of %i what Tcpip says: %s', (id, message, provider) => {
    expect(told({ provider: '', id, message })).toEqual([
      `1 ${provider} ${String(id)} at 2026-03-02T10:41:12 on RDSH01, System`,
    ]);
  });
  it('is the known one that a narrow column has cut off, if that writes such an event', () => {
    const [known, other] = [1014, 1015].map((id) => told({ provider: 'Microsoft-Windows-DNS...', id })[0]);
    expect(known).toMatch(/^1 Microsoft-Windows-DNS-Client 1014/);
    expect(other).toMatch(/^1 Microsoft-Windows-DNS\.\.\. 1015/);
  });
});

describe('an event in words', () => {
  it.each(['', 'N/A', 'localhost', '.'])('is on no host where it names none: «%s»', (host) => {
    expect(told({ host })[0]).toMatch(/on no host/);
  });
  it('is as good as in the log with an offset, a record number and a channel, and only then', () => {
    const whole = { time: '2026-03-02T10:41:12+01:00', recordId: '14,996' };
    expect(told(whole)).toEqual([
      '1 Tcpip 4231 logged 2026-03-02T09:41:12.000Z on RDSH01, System record 14996',
      '1 4231 matters',
    ]);
    expect(told({ ...whole, channel: '' })).toEqual(['1 Tcpip 4231 at 2026-03-02T09:41:12Z on RDSH01, record 14996']);
    expect(told({ ...whole, time: TEXT.time })).toEqual([
      '1 Tcpip 4231 at 2026-03-02T10:41:12 on RDSH01, System record 14996',
    ]);
  });
  it('without a time that can be read is told as a problem', () => {
    expect(told({ time: 'yesterday' })).toEqual(['1 bad-time a row']);
  });
});

describe('an id', () => {
  it.each([
    ['4227', 4227],
    ['4,227', 4227],
    ['2147487875', 4227],
    ['2147487879', 4231],
    ['2147487914', 4266],
    ['', -1],
    ['x', -1],
    ['42,27', -1],
  ])('«%s» is %i', (text, id) => {
    expect(eventId(text)).toBe(id);
  });
});

describe('a time', () => {
  it.each([
    ['/Date(1772444472611)/', { kind: 'instant', epochMs: 1_772_444_472_611, offsetMinutes: null }],
    ['Mar 2, 2026 @ 10:41:12.611', { kind: 'local', localMs: Date.UTC(2026, 2, 2, 10, 41, 12, 611) }],
    ['3/2/20269:41:12 AM', { kind: 'local', localMs: Date.UTC(2026, 2, 2, 9, 41, 12) }],
    ['févr. 29 09:58', { kind: 'yearless', month: 2, day: 29, minuteOfDay: 598 }],
    ['2月 01 23:59', { kind: 'yearless', month: 2, day: 1, minuteOfDay: 1439 }],
    ['Feb 30 09:58', null],
    ['Foo 12 09:58', null],
    ['Feb 12 24:00', null],
  ])('is read of «%s»', (text, time) => {
    expect(eventTime(text, false)).toEqual(time);
  });
  it('is in UTC where the tool writes that without a mark', () => {
    expect(eventTime('2026-03-02 10:41:12', true)).toMatchObject({
      kind: 'instant',
      epochMs: Date.UTC(2026, 2, 2, 10, 41, 12),
    });
  });
});
