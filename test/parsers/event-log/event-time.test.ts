import { describe, expect, it } from 'vitest';
import { EventClock } from '../../../src/parsers/event-log/event-time.js';

function read(text: string): string {
  const bytes = new TextEncoder().encode(`<${text}>`);
  const atMs = new EventClock().readTime(bytes, 1, bytes.length - 1);
  return Number.isNaN(atMs) ? 'NaN' : new Date(atMs).toISOString();
}

describe('the SystemTime of an event', () => {
  it.each([
    ['2019-01-16T02:01:10.611477100Z', '2019-01-16T02:01:10.611Z'],
    ['2024-06-09T04:10:45.6208539Z', '2024-06-09T04:10:45.620Z'],
    ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02T10:00:00.9Z', '2026-03-02T10:00:00.900Z'],
    ['2022-02-28 14:57:08.319382', '2022-02-28T14:57:08.319Z'],
    ['2022-02-28 14:57:08', '2022-02-28T14:57:08.000Z'],
    ['2026-06-09 07:00:00.056051+00:00', '2026-06-09T07:00:00.056Z'],
    ['2026-06-09T07:00:00+02:00', '2026-06-09T05:00:00.000Z'],
    ['2026-06-09T07:00:00-0330', '2026-06-09T10:30:00.000Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
    ['1980-01-01T00:00:00Z', '1980-01-01T00:00:00.000Z'],
    ['2099-12-31T23:59:59Z', '2099-12-31T23:59:59.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-03-02',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-03-02T24:00:00Z',
    '2026-03-02T10:60:00Z',
    '2026-03-02T10:00:60Z',
    '2026-03-02T10:00:00.Z',
    '2026-03-02T10:00:00.1234567890Z',
    '2026-03-02T10:00:00+2',
    '2026-03-02T10:00:00+15:00',
    '2026-03-02T10:00:00Zulu',
    '2026/03/02T10:00:00Z',
    '1979-12-31T23:59:59Z',
    '1601-01-01T00:00:00Z',
    '2100-01-01T00:00:00Z',
    '9999-12-31T23:59:59.9999999Z',
  ])('%j is no time', (text) => {
    expect(read(text)).toBe('NaN');
  });

  it('does not depend on the times read before', () => {
    const clock = new EventClock();
    const at = (text: string): number => clock.readTime(new TextEncoder().encode(text), 0, text.length);
    expect([at('2026-03-02T00:00:01Z'), at('2026-02-30T00:00:01Z'), at('2026-03-02T00:00:01Z')]).toEqual([
      Date.UTC(2026, 2, 2, 0, 0, 1),
      NaN,
      Date.UTC(2026, 2, 2, 0, 0, 1),
    ]);
  });
});
