import { describe, expect, it } from 'vitest';
import { findStamp, parseStamp, stampInName } from '../../../src/parsers/text/parse-stamp.js';
import type { DateOrder, Stamp } from '../../../src/model/stamp.js';

const local = (iso: string, order?: DateOrder): Stamp => ({
  kind: 'local',
  localMs: Date.parse(`${iso}Z`),
  ...(order === undefined ? {} : { order }),
});
const instant = (iso: string, offsetMinutes: number | null): Stamp => ({
  kind: 'instant',
  epochMs: Date.parse(iso),
  offsetMinutes,
});
const ambiguous = (monthFirst: string, dayFirst: string): Stamp => ({
  kind: 'ambiguous',
  monthFirstMs: Date.parse(`${monthFirst}Z`),
  dayFirstMs: Date.parse(`${dayFirst}Z`),
});

describe('parseStamp', () => {
  it.each([
    ['2026-03-02T10:15:00Z', instant('2026-03-02T10:15:00Z', null)],
    ['2026-03-02 10:15:00Z', instant('2026-03-02T10:15:00Z', null)],
    ['2026-03-02T10:15:00.1234567Z', instant('2026-03-02T10:15:00.123Z', null)],
    ['2026-03-02 10:15:00 UTC', instant('2026-03-02T10:15:00Z', null)],
    ['2026-03-02T10:15:00.5+02:00', instant('2026-03-02T08:15:00.500Z', 120)],
    ['2026-03-02T10:15:00-0530', instant('2026-03-02T15:45:00Z', -330)],
    ['2026-03-02T10:15:00-05', instant('2026-03-02T15:15:00Z', -300)],
    ['2026-03-02T10:15:00+00:00', instant('2026-03-02T10:15:00Z', 0)],
    ['20190826T000816+0200', instant('2019-08-25T22:08:16Z', 120)],
    ['2026-03-02T10-15-00Z', instant('2026-03-02T10:15:00Z', null)],
    ['20260302101500.123456+060', instant('2026-03-02T09:15:00.123Z', 60)],
    ['20260302101500.123456-480', instant('2026-03-02T18:15:00.123Z', -480)],
  ])('reads %s, which names its zone, as an instant', (text, stamp) => {
    expect(parseStamp(text)).toEqual(stamp);
  });

  it.each([
    ['2026-03-02T10:15', local('2026-03-02T10:15:00')],
    ['2026-03-02 10:15:00', local('2026-03-02T10:15:00')],
    ['20260302_101500', local('2026-03-02T10:15:00')],
    ['20260302101500', local('2026-03-02T10:15:00')],
    ['2025/7/5 22:55:17', local('2025-07-05T22:55:17')],
    ['2026/03/02 周一 10:15:00.12', local('2026-03-02T10:15:00.120')],
    ['2026-03-02 오후 1:02:03', local('2026-03-02T13:02:03')],
    ['2026. 03. 02. 10:15:00', local('2026-03-02T10:15:00')],
    ['26.08.2019 12:08:30', local('2019-08-26T12:08:30')],
    ['02.03.2026 10:15:00', local('2026-03-02T10:15:00')],
    ['Mo 02.03.2026  9:15:00,12', local('2026-03-02T09:15:00.120')],
    ['10:15:00,12 02.03.2026', local('2026-03-02T10:15:00.120')],
    ['26/08/2019 00:08:30', local('2019-08-26T00:08:30', 'day-first')],
    ['08/26/2019 00:08:30', local('2019-08-26T00:08:30', 'month-first')],
    ['8/26/2019 12:08:30 AM', local('2019-08-26T00:08:30', 'month-first')],
    ['8/26/2019 12:08:30 PM', local('2019-08-26T12:08:30', 'month-first')],
    ['8/6/2019 1:08:30\u202fPM', local('2019-08-06T13:08:30')],
    ['03/03/2026 10:15:00', local('2026-03-03T10:15:00')],
    ['1/1/1601 1:00:00 AM', local('1601-01-01T01:00:00')],
    ['12/31/1600 4:00:00 PM', local('1600-12-31T16:00:00', 'month-first')],
    ['Monday, March 2, 2026 10:15:00 AM', local('2026-03-02T10:15:00')],
    ['Montag, 2. März 2026 10:15:00', local('2026-03-02T10:15:00')],
    ['lundi 2 juin 2026 10:15:00', local('2026-06-02T10:15:00')],
  ])('reads %s, whose day is certain, as a wall clock', (text, stamp) => {
    expect(parseStamp(text)).toEqual(stamp);
  });

  it.each([
    ['02/03/2026 10:15:00', ambiguous('2026-02-03T10:15:00', '2026-03-02T10:15:00')],
    ['03/02/2026  9:15:00,12', ambiguous('2026-03-02T09:15:00.120', '2026-02-03T09:15:00.120')],
    ['12/12/2026 10:15', local('2026-12-12T10:15:00')],
    ['12/11/2026 10:15', ambiguous('2026-12-11T10:15:00', '2026-11-12T10:15:00')],
    ['13/11/2026 10:15', local('2026-11-13T10:15:00', 'day-first')],
    ['2/03/2026 1:02:03 PM', ambiguous('2026-02-03T13:02:03', '2026-03-02T13:02:03')],
    ['2/3/2026 1:02:03 PM', local('2026-02-03T13:02:03')],
  ])('reads %s as ambiguous only while both readings are possible and differ', (text, stamp) => {
    expect(parseStamp(text)).toEqual(stamp);
  });

  it.each([
    '',
    'yesterday',
    '2026-03-02',
    '26.08.2019',
    '2026-02-29 10:15:00',
    '31/06/2026 10:15:00',
    '13/13/2026 10:15:00',
    '2026-03-02 24:00:00',
    '2026-03-02 10:60:00',
    '2026-03-02 10:15:60',
    '2026-03-02T10:15:00+15:00',
    '2026-03-02 10:15:00 and more',
    '1599-12-31 10:15:00',
    '123456789012345678901',
  ])('refuses %j, which is no time', (text) => {
    expect(parseStamp(text)).toBeNull();
  });

  it('knows the leap day of a leap year', () => {
    expect(parseStamp('2024-02-29 10:15:00')).toEqual(local('2024-02-29T10:15:00'));
  });
});

describe('findStamp', () => {
  it.each([
    ['netstat_2026-03-02_10-15-00.txt', local('2026-03-02T10:15:00')],
    ['netstat_2026-03-02_10-15-00-02.txt', local('2026-03-02T10:15:00')],
    ['RDSH01_TcpConnections_20190826T000816+0200.csv', instant('2019-08-25T22:08:16Z', 120)],
    ['dump-20260302-1015.txt', local('2026-03-02T10:15:00')],
    ['RDSH01.2026-03-02T10-15-00Z.txt', instant('2026-03-02T10:15:00Z', null)],
    ['netstat-20260302101500.log', local('2026-03-02T10:15:00')],
    ['### Collected at 2026-03-02 10:15 by ops ###', local('2026-03-02T10:15:00')],
    ['Date: 26.08.2019  Time: 10:15:00', local('2019-08-26T10:15:00')],
    ['The current date is: Mon 03/22/2026 10:15:00.12', local('2026-03-22T10:15:00.120', 'month-first')],
    ['=== 03/02/2026 10:15:00.12 ===', ambiguous('2026-03-02T10:15:00.120', '2026-02-03T10:15:00.120')],
    ['=== Mon 03/02/2026 10:15:00.12 ===', local('2026-03-02T10:15:00.120')],
    ['netstat Tue 03_02_2026 014500.txt', local('2026-02-03T01:45:00')],
    ['netstat_Monday_03_02_2026_014500.12.txt', local('2026-03-02T01:45:00.120')],
    ['monitor 03_02_2026 014500.txt', ambiguous('2026-03-02T01:45:00', '2026-02-03T01:45:00')],
    ['netstat_2026_03_02_10_15_00.txt', local('2026-03-02T10:15:00')],
  ])('finds the time in %s', (text, stamp) => {
    expect(findStamp(text)).toEqual(stamp);
  });

  it.each([
    'netstat.txt',
    'netstat_2026-03-02.txt',
    'netstat_2026-03-02-5.txt',
    '  TCP    10.1.7.31:49152        192.0.2.10:443         ESTABLISHED     1016',
    'Microsoft Windows [Version 10.0.17763.1577]',
    'KB12345678-1234.txt',
    '20260302-1234567.txt',
  ])('finds none in %s', (text) => {
    expect(findStamp(text)).toBeNull();
  });
});

describe('stampInName', () => {
  it.each([
    ['netstat_1772498700.txt', instant('2026-03-03T00:45:00Z', null)],
    ['1772498700/netstat_2026-03-02_10-15-00.txt', local('2026-03-02T10:15:00')],
    ['netstat_946684800.txt', null],
    ['netstat_4102444800.txt', null],
    ['netstat_17724987001.txt', null],
    ['netstat.txt', null],
  ])('finds the time in %s', (path, stamp) => {
    expect(stampInName(path)).toEqual(stamp);
  });

  it('takes ten digits for a time in names only', () => {
    expect(findStamp('netstat_1772498700.txt')).toBeNull();
  });
});

describe('parseStamp with an English weekday', () => {
  it('takes the reading that falls on that day', () => {
    expect(parseStamp('Mon 03/02/2026 10:15:00.12')).toEqual(local('2026-03-02T10:15:00.120'));
    expect(parseStamp('Tue 03/02/2026 10:15:00.12')).toEqual(local('2026-02-03T10:15:00.120'));
  });

  it('leaves the date undecided where the weekday fits neither reading', () => {
    expect(parseStamp('Sun 03/02/2026 10:15:00.12')?.kind).toBe('ambiguous');
  });
});
