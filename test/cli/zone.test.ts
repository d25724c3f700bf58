import { describe, expect, it } from 'vitest';
import { parseMoment, parseWallClock, parseZone } from '../../src/cli/zone.js';

describe('--timezone', () => {
  it.each([
    ['+02:00', '+02:00'],
    ['-0330', '-03:30'],
    ['Z', '+00:00'],
    ['utc', '+00:00'],
    ['+14:00', '+14:00'],
    ['Europe/Paris', 'Europe/Paris'],
    ['america/new_york', 'america/new_york'],
  ])('reads %s', (value, zone) => {
    expect(parseZone(value)).toBe(zone);
  });

  it.each(['+14:01', '+02:60', '2', 'W. Europe Standard Time', 'Europe/Nowhere', ''])('refuses %j', (value) => {
    expect(() => parseZone(value)).toThrow(
      `--timezone ${value}: neither an offset nor a zone name; write for example +02:00, Z or Europe/Paris (the IANA name, not the Windows one)`,
    );
  });
});

describe('--from and --to', () => {
  it.each([
    ['2026-03-02T09:40:00Z', null, '2026-03-02T09:40:00.000Z'],
    ['2026-03-02 09:40z', null, '2026-03-02T09:40:00.000Z'],
    ['2026-03-02T09:40:12.5+01:00', 'Asia/Tokyo', '2026-03-02T08:40:12.500Z'],
    ['2026-03-02T09:40', '-03:30', '2026-03-02T13:10:00.000Z'],
    ['2026-07-02T09:40', 'Europe/Paris', '2026-07-02T07:40:00.000Z'],
    ['2026-12-02T09:40', 'Europe/Paris', '2026-12-02T08:40:00.000Z'],
    ['2026-03-02', '+01:00', '2026-03-01T23:00:00.000Z'],
  ])('reads %s in the zone %s', (value, zone, expected) => {
    expect(new Date(parseMoment('--from', value, zone)).toISOString()).toBe(expected);
  });

  it('takes a date for its whole day', () => {
    expect(new Date(parseMoment('--to', '2026-03-02', 'Europe/Paris')).toISOString()).toBe('2026-03-02T22:59:59.999Z');
    expect(new Date(parseMoment('--to', '2026-03-29', 'Europe/Paris')).toISOString()).toBe('2026-03-29T21:59:59.999Z');
  });

  it.each([
    ['Europe/Paris', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
  ])('makes the window as wide as it may be in the hour that %s repeats', (zone, value, first, last) => {
    expect(new Date(parseMoment('--from', value, zone)).toISOString()).toBe(first);
    expect(new Date(parseMoment('--to', value, zone)).toISOString()).toBe(last);
  });

  it('reads a time in the skipped hour of spring as around the change', () => {
    expect(new Date(parseMoment('--from', '2026-03-29T02:30', 'Europe/Paris')).toISOString()).toBe(
      '2026-03-29T00:30:00.000Z',
    );
    expect(new Date(parseMoment('--to', '2026-03-29T02:30', 'Europe/Paris')).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('needs a zone', () => {
    expect(() => parseMoment('--to', '2026-03-02T09:40', null)).toThrow(
      '--to 2026-03-02T09:40: the time has no zone; end it with Z or an offset such as +02:00, or give --timezone',
    );
  });

  it('without an offset is a wall clock', () => {
    expect(parseWallClock('--from', '2026-03-02')).toBe(Date.UTC(2026, 2, 2));
    expect(parseWallClock('--to', '2026-03-02')).toBe(Date.UTC(2026, 2, 3) - 1);
    expect(parseWallClock('--to', '2026-03-02T09:40')).toBe(Date.UTC(2026, 2, 2, 9, 40));
    expect(parseWallClock('--from', '2026-03-02T09:40Z')).toBeNull();
    expect(() => parseWallClock('--from', '2026-02-31')).toThrow('--from 2026-02-31: not a date and time;');
  });

  it.each(['2026-02-31T10:00Z', '2026-03-02T25:00Z', '02/03/2026 10:00', 'yesterday', '2026-03-02T10:00+25:00', ''])(
    'refuses %j',
    (value) => {
      expect(() => parseMoment('--from', value, '+01:00')).toThrow(
        `--from ${value}: not a date and time; write for example 2026-03-02T09:40:00Z`,
      );
    },
  );
});
