import { describe, expect, it } from 'vitest';
import { decideClock, readingOf, type ClockEvidence, type HostClock } from '../../../src/capture/clock/host-clock.js';
import type { EventGroup } from '../../../src/model/event-group.js';

const NOTHING: ClockEvidence = {
  timezone: null,
  stampOffsets: new Set(),
  sentinelOffsets: new Set(),
  uptimeEvents: [],
  modificationTimes: [],
};

function clock(evidence: Partial<ClockEvidence>): HostClock {
  return decideClock({ ...NOTHING, ...evidence });
}

/** A wall clock of 2026 as if it were UTC. */
function wall(time: string): number {
  return Date.parse(`2026-${time}Z`);
}

/** What becomes of a wall clock: the instant, and by how many seconds it may be off. */
function read(host: HostClock, time: string): string {
  const utcMs = host.toUtc({ kind: 'local', localMs: wall(time) }, 'month-first');
  return `${new Date(utcMs).toISOString().slice(5, 16)}Z ±${String(host.errorSeconds(utcMs))}`;
}

/** The instants that a wall clock may mean, before a change of the clocks and after it. */
function readings(host: HostClock, time: string): string {
  const reading = readingOf(host, { kind: 'local', localMs: wall(time) }, 'month-first');
  const shown = (ms: number | undefined): string => `${new Date(ms ?? NaN).toISOString().slice(5, 16)}Z`;
  return `${shown(reading?.beforeMs)} ${shown(reading?.afterMs)}`;
}

/** EventLog 6013 as Windows writes it once a day: uptime, 60, and the zone's standard bias. */
function uptime(utc: string, zone: string): EventGroup {
  const atMs = wall(utc);
  const data = ['', '', '', '', '86400', '60', zone].map((value) => ({ name: null, value }));
  const facts = { provider: 'EventLog', id: 6013 };
  const sample = { ...facts, host: null, atMs, recordId: 1, channel: 'System', data, line: 1, text: '' };
  return {
    ...facts,
    role: 'boot',
    weight: 1,
    file: 'System.xml',
    fromMs: atMs,
    toMs: atMs,
    clockErrorSeconds: 0,
    count: 1,
    sample,
  };
}

describe('--timezone', () => {
  it.each([
    ['+02:00', '03-02T08:15Z'],
    ['+0200', '03-02T08:15Z'],
    ['-05:30', '03-02T15:45Z'],
    ['Z', '03-02T10:15Z'],
    ['Europe/Paris', '03-02T09:15Z'],
    ['America/New_York', '03-02T15:15Z'],
    ['Asia/Kolkata', '03-02T04:45Z'],
  ])('%s turns 10:15 into %s, whatever else was seen', (timezone, expected) => {
    const host = clock({ timezone, stampOffsets: new Set([600]), sentinelOffsets: new Set([540]) });
    expect(read(host, '03-02T10:15')).toBe(`${expected} ±0`);
    expect(host.basis).toBe('option');
  });

  it.each([
    ['01:59', '03-29T00:59Z ±0'],
    // The clocks went from 2:00 to 3:00: half past two was never shown.
    ['02:30', '03-29T01:30Z ±0'],
    ['03:00', '03-29T01:00Z ±0'],
    ['10:00', '03-29T08:00Z ±0'],
  ])('of a zone knows the day summer time begins: %s is %s', (time, expected) => {
    expect(read(clock({ timezone: 'Europe/Berlin' }), `03-29T${time}`)).toBe(expected);
  });

  it.each([
    ['01:59', '10-24T23:59Z ±0'],
    ['02:30', '10-25T01:30Z ±3600'],
    ['03:00', '10-25T02:00Z ±0'],
  ])('of a zone knows the day summer time ends, and that one hour comes twice: %s is %s', (time, expected) => {
    expect(read(clock({ timezone: 'Europe/Berlin' }), `10-25T${time}`)).toBe(expected);
  });

  it('west of Greenwich works alike', () => {
    const host = clock({ timezone: 'America/New_York' });
    const times = ['03-08T01:59', '03-08T03:00', '11-01T00:59', '11-01T01:30', '11-01T02:00'];
    expect(times.map((time) => read(host, time))).toEqual([
      '03-08T06:59Z ±0',
      '03-08T07:00Z ±0',
      '11-01T04:59Z ±0',
      '11-01T05:30Z ±3600',
      '11-01T07:00Z ±0',
    ]);
  });
});

describe('an offset beside other stamps', () => {
  it('is the host’s offset', () => {
    const host = clock({ stampOffsets: new Set([120]), sentinelOffsets: new Set([60]) });
    expect([host.basis, read(host, '08-26T10:00')]).toEqual(['stamp-offset', '08-26T08:00Z ±0']);
  });

  it('that differs between stamps leaves an hour open, in whatever order the files came', () => {
    for (const offsets of [
      [60, 120],
      [120, 60],
    ]) {
      expect(read(clock({ stampOffsets: new Set(offsets) }), '03-29T10:00')).toBe('03-29T09:00Z ±3600');
    }
  });
});

describe('the 1601 sentinel of TimeWait rows', () => {
  const SENTINEL = { sentinelOffsets: new Set([60]) };
  const modified = (localTime: string, modifiedUtc: string): ClockEvidence['modificationTimes'] => [
    { localMs: wall(localTime), modifiedMs: wall(modifiedUtc) },
  ];

  it('gives the standard offset, an hour of doubt remaining', () => {
    const host = clock(SENTINEL);
    expect([host.basis, read(host, '08-26T10:00')]).toEqual(['standard-offset', '08-26T09:00Z ±3600']);
  });

  it('with a modification time an hour away from it means summer time', () => {
    const host = clock({ ...SENTINEL, modificationTimes: modified('08-26T10:00', '08-26T08:00:05') });
    expect(read(host, '08-26T10:00')).toBe('08-26T08:00Z ±3600');
  });

  it.each([
    ['14 minutes late is still summer time', '08:14', '08:00'],
    ['16 minutes late decides nothing', '08:16', '09:00'],
    ['that fits standard time changes nothing', '09:01', '09:00'],
    ['of another day decides nothing', '23:00', '09:00'],
  ])('with a modification time %s', (_what, modifiedAt, expected) => {
    const host = clock({ ...SENTINEL, modificationTimes: modified('08-26T10:00', `08-26T${modifiedAt}`) });
    expect(read(host, '08-26T10:00')).toBe(`08-26T${expected}Z ±3600`);
  });
});

describe('EventLog 6013', () => {
  const WINTER = uptime('01-15T11:00:03', '-60 Mitteleuropäische Zeit');
  const SUMMER = uptime('07-15T10:00:03', '-60 Mitteleuropäische Zeit');

  it('at noon of standard time tells the standard offset', () => {
    const host = clock({ uptimeEvents: [WINTER] });
    expect([host.basis, read(host, '01-15T15:00')]).toEqual(['uptime-event', '01-15T14:00Z ±0']);
  });

  it('an hour earlier tells summer time, though its text names the standard bias', () => {
    expect(read(clock({ uptimeEvents: [SUMMER] }), '07-15T15:00')).toBe('07-15T13:00Z ±0');
  });

  it('works west of Greenwich', () => {
    const pacific = uptime('07-15T19:00:01', '480 Pacific Standard Time');
    expect(read(clock({ uptimeEvents: [pacific] }), '07-15T12:30')).toBe('07-15T19:30Z ±0');
  });

  it('of the nearest day counts', () => {
    const host = clock({ uptimeEvents: [WINTER, SUMMER] });
    expect([read(host, '01-15T15:00'), read(host, '07-15T15:00')]).toEqual(['01-15T14:00Z ±3600', '07-15T13:00Z ±0']);
  });

  it('between two noons that agree leaves no doubt, between two that differ an hour of it', () => {
    const noons = ['03-27T11:00', '03-28T11:00', '03-29T10:00'].map((utc) => uptime(utc, '-60 Mitteleuropäische Zeit'));
    const host = clock({ uptimeEvents: noons });
    expect([read(host, '03-27T23:00'), read(host, '03-28T23:00')]).toEqual(['03-27T22:00Z ±0', '03-28T22:00Z ±3600']);
  });

  it('leaves two readings of a stamp in the night between two noons that differ, one anywhere else', () => {
    const noons = ['10-23T10:00', '10-24T10:00', '10-25T11:00'].map((utc) => uptime(utc, '-60 Mitteleuropäische Zeit'));
    const host = clock({ uptimeEvents: noons });
    expect([readings(host, '10-24T02:30'), readings(host, '10-25T02:30'), readings(host, '10-25T14:00')]).toEqual([
      '10-24T00:30Z 10-24T00:30Z',
      '10-25T00:30Z 10-25T01:30Z',
      '10-25T13:00Z 10-25T13:00Z',
    ]);
    const gap = clock({ uptimeEvents: noons.filter((_, index) => index !== 1) });
    expect(readings(gap, '10-25T02:30')).toBe('10-25T01:30Z 10-25T01:30Z');
  });

  it('of a log that ended 36 hours ago still decides, one minute later it leaves an hour of doubt', () => {
    const host = clock({ uptimeEvents: [uptime('01-15T11:00', '-60 Mitteleuropäische Zeit')] });
    expect([read(host, '01-17T00:00'), read(host, '01-17T00:01')]).toEqual(['01-16T23:00Z ±0', '01-16T23:01Z ±3600']);
  });

  it.each([
    ['11:03', 'uptime-event'],
    ['11:04', 'standard-offset'],
    ['10:57', 'uptime-event'],
    ['10:56', 'standard-offset'],
  ])('at %s UTC, three minutes about noon, is a noon (%s)', (time, basis) => {
    expect(clock({ uptimeEvents: [uptime(`01-15T${time}`, '-60 Mitteleuropäische Zeit')] }).basis).toBe(basis);
  });

  it('not written at noon still tells the standard offset', () => {
    const host = clock({ uptimeEvents: [uptime('01-15T06:20', '-60 Mitteleuropäische Zeit')] });
    expect(read(host, '01-15T15:00')).toBe('01-15T14:00Z ±3600');
  });
});

describe('the zone that EventLog 6013 names', () => {
  const named = (utc: string, zone = '-60 W. Europe Standard Time'): EventGroup => uptime(utc, zone);

  it('has rules that say when summer time applied, at whatever hour it was written', () => {
    const host = clock({ uptimeEvents: [named('02-24T04:00')] });
    expect([host.basis, read(host, '02-24T07:08'), read(host, '07-24T07:08')]).toEqual([
      'zone-rules',
      '02-24T06:08Z ±0',
      '07-24T05:08Z ±0',
    ]);
    expect(read(host, '10-25T02:30')).toBe('10-25T01:30Z ±3600');
  });

  it('of the other half of the Earth has its summer in January', () => {
    const host = clock({ uptimeEvents: [named('01-15T06:20', '-600 AUS Eastern Standard Time')] });
    expect([read(host, '01-15T15:00'), read(host, '07-15T15:00')]).toEqual(['01-15T04:00Z ±0', '07-15T05:00Z ±0']);
  });

  it('leaves the hour open beside a bias that is not its own, and beside another name', () => {
    const of = (...events: EventGroup[]): HostClock => clock({ uptimeEvents: events });
    expect(of(named('02-24T04:00', '-120 W. Europe Standard Time')).basis).toBe('standard-offset');
    expect(of(named('02-24T04:00'), named('02-25T04:00', '-60 Romance Standard Time')).basis).toBe('standard-offset');
  });

  it('decides far from every noon, unless a noon shows that the host does not follow its rules', () => {
    const winter = named('01-15T11:00:03');
    const unchanged = named('07-15T11:00:03');
    expect(read(clock({ uptimeEvents: [winter] }), '05-15T15:00')).toBe('05-15T13:00Z ±0');
    expect(read(clock({ uptimeEvents: [winter, unchanged] }), '05-15T15:00')).toBe('05-15T14:00Z ±0');
    expect(read(clock({ uptimeEvents: [unchanged] }), '05-15T15:00')).toBe('05-15T14:00Z ±3600');
  });

  it('comes after an offset beside other stamps', () => {
    const host = clock({ uptimeEvents: [named('02-24T04:00')], stampOffsets: new Set([60]) });
    expect(host.basis).toBe('stamp-offset');
  });
});

describe('a host that tells nothing', () => {
  it('has its wall clock taken for UTC, off by up to fourteen hours', () => {
    const host = clock({});
    expect([host.basis, host.offsetMinutes(0), read(host, '03-02T10:15')]).toEqual([
      'unknown',
      null,
      '03-02T10:15Z ±50400',
    ]);
  });

  it('still keeps stamps that are certain by themselves', () => {
    const stamp = { kind: 'instant', epochMs: wall('03-02T10:15'), offsetMinutes: null } as const;
    expect(clock({}).toUtc(stamp, 'day-first')).toBe(wall('03-02T10:15'));
  });
});

describe('a stamp', () => {
  it.each([Date.UTC(1601, 0, 1), Date.UTC(2100, 0, 1), Date.UTC(9999, 11, 31)])('of %d is no time', (ms) => {
    const host = clock({ timezone: '+00:00' });
    expect(host.toUtc({ kind: 'instant', epochMs: ms, offsetMinutes: null }, 'day-first')).toBeNaN();
    expect(host.toUtc({ kind: 'local', localMs: ms }, 'day-first')).toBeNaN();
  });

  it('of two readings is read in the order of its file', () => {
    const host = clock({ timezone: '+00:00' });
    const stamp = { kind: 'ambiguous', monthFirstMs: wall('02-03T10:00'), dayFirstMs: wall('03-02T10:00') } as const;
    expect([host.toUtc(stamp, 'month-first'), host.toUtc(stamp, 'day-first')]).toEqual([
      wall('02-03T10:00'),
      wall('03-02T10:00'),
    ]);
  });

  it('before 1980 is no time', () => {
    const host = clock({ timezone: '+01:00' });
    const at = (iso: string): number => host.toUtc({ kind: 'local', localMs: Date.parse(iso) }, 'month-first');
    expect([at('1601-01-01T01:00:00Z'), at('1979-12-31T23:59:59Z')]).toEqual([NaN, NaN]);
    expect(at('1980-01-01T00:00:00Z')).toBe(Date.parse('1979-12-31T23:00:00Z'));
  });
});
