import { describe, expect, it } from 'vitest';
import type { SettingRecord } from '../../../src/model/setting.js';
import { rangeInEffect } from '../../../src/measure/pools/range-in-effect.js';
import { netshRange, registryDword, settingsOf } from '../../support/port-table.js';

const NARROW = registryDword('MaxUserPort', 5000);
const WIDE = registryDword('MaxUserPort', 65_534);

/** `start:count source`, with `doubts start:count inside/outside` where the ports speak against a range. */
function inEffect(
  records: readonly SettingRecord[],
  ipv4: readonly number[],
  {
    ipv6 = [],
    family = 'combined',
    passing = { ipv4, ipv6 },
  }: {
    ipv6?: readonly number[];
    family?: 'combined' | 'ipv4' | 'ipv6';
    passing?: { ipv4: readonly number[]; ipv6: readonly number[] };
  } = {},
): string {
  const input = { settings: settingsOf(...records), option: null, clientPorts: { ipv4, ipv6 }, passingPorts: passing };
  const { range, rangeSource, doubted } = rangeInEffect(input, 'tcp', family);
  const told = `${String(range.start)}:${String(range.count)} ${rangeSource}`;
  if (doubted === null) return told;
  const { range: other, seen } = doubted;
  return `${told} doubts ${String(other.start)}:${String(other.count)} ${String(seen.inside)}/${String(seen.outside)}`;
}

const from = (first: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, at) => first + at * step);

describe('a range that is stated', () => {
  it('is not in effect where three client ports lie outside it and none inside', () => {
    expect(inEffect([NARROW], [50_001, 50_002])).toBe('1025:3976 registry');
    expect(inEffect([NARROW], [50_001, 50_002, 61_003])).toBe('49152:16384 assumed-default doubts 1025:3976 0/3');
    expect(inEffect([NARROW], [1100, 50_001, 50_002])).toBe('1025:3976 registry');
  });

  it('is in doubt where three ports of the Windows default stand beside three of its own', () => {
    expect(inEffect([NARROW], [...from(1100, 3), ...from(50_001, 3)])).toBe('1025:3976 registry doubts 1025:3976 3/3');
    expect(inEffect([NARROW], [...from(1100, 3), ...from(7000, 9)])).toBe('1025:3976 registry');
  });

  it('gives way to the next one that the ports bear out', () => {
    const netsh = netshRange({ start: 10_000, count: 1000 });
    expect(inEffect([netsh, NARROW], from(2000, 3))).toBe('1025:3976 registry doubts 10000:1000 0/3');
    expect(inEffect([netsh, NARROW], from(10_000, 3))).toBe('10000:1000 netsh');
  });

  it('of netsh is in effect, in doubt, where only live connections are outside: they may be older', () => {
    const netsh = netshRange({ start: 10_000, count: 1000 });
    const live = { passing: { ipv4: [], ipv6: [] } };
    expect(inEffect([netsh], from(50_000, 1000), live)).toBe('10000:1000 netsh doubts 10000:1000 0/1000');
    expect(inEffect([netsh], from(50_000, 1001), live)).toBe('49152:16384 assumed-default doubts 10000:1000 0/1001');
    const one = { passing: { ipv4: [50_000], ipv6: [] } };
    expect(inEffect([netsh], from(50_000, 3), one)).toBe('49152:16384 assumed-default doubts 10000:1000 0/3');
    expect(inEffect([NARROW], from(50_000, 3), live)).toBe('49152:16384 assumed-default doubts 1025:3976 0/3');
  });

  it('of one family is judged by the ports of that family', () => {
    const ipv6 = from(20_000, 3);
    const netsh = netshRange({ start: 20_000, count: 1000 }, 'ipv6');
    expect(inEffect([netsh], from(50_000, 3), { ipv6, family: 'ipv6' })).toBe('20000:1000 netsh');
    expect(inEffect([netsh], ipv6, { ipv6: from(50_000, 3), family: 'ipv6' })).toContain('doubts 20000:1000 0/3');
  });

  it('is not contradicted by the ports of an auto-reuse range', () => {
    const reuse: SettingRecord = {
      ...netshRange({ start: 20_000, count: 1000 }),
      origin: 'Get-NetTCPSetting',
      pool: 'auto-reuse',
    } as SettingRecord;
    expect(inEffect([NARROW, reuse], from(20_000, 9))).toBe('1025:3976 registry');
  });
});

describe('a range wider than the Windows default', () => {
  it('is not in effect where two thousand ports span the default and none is below it', () => {
    const spread = from(49_152, 2001, 8);
    expect(inEffect([WIDE], spread)).toBe('1025:64510 registry');
    expect(inEffect([WIDE], [...spread, 65_500])).toContain('49152:16384 assumed-default doubts 1025:64510 2002/0');
    expect(inEffect([WIDE], [40_000, ...spread, 65_500])).toBe('1025:64510 registry');
  });

  it('may pass through the default with fewer, or with a part of it', () => {
    expect(inEffect([WIDE], [49_152, 57_000, 65_535])).toBe('1025:64510 registry');
    expect(inEffect([WIDE], from(52_000, 5000))).toBe('1025:64510 registry');
  });
});

describe('a range that nobody captured', () => {
  it('is the Windows default, unless three ports lie outside it and none inside', () => {
    expect(inEffect([], [])).toBe('49152:16384 assumed-default');
    expect(inEffect([], from(1030, 2))).toBe('49152:16384 assumed-default');
    expect(inEffect([], from(1030, 3))).toBe('1025:3976 assumed-default');
    expect(inEffect([], [1030, 9000, 14_000])).toBe('1024:13977 assumed-default');
    expect(inEffect([], [10_001, 30_000, 48_000])).toBe('6005:59530 assumed-default');
  });
});
