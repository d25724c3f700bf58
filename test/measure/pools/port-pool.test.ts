import { describe, expect, it } from 'vitest';
import type { SettingRecord } from '../../../src/model/setting.js';
import { holdsPort, poolsOf } from '../../../src/measure/pools/port-pool.js';
import { exclusion, netshRange, poolOf, registryDword, settingsOf } from '../../support/port-table.js';

const OPTION = { start: 20_000, count: 1000 };
const NETSH = netshRange({ start: 10_000, count: 55_536 });
const CMDLET: SettingRecord = {
  kind: 'dynamic-range',
  origin: 'Get-NetTCPSetting',
  transport: 'tcp',
  family: null,
  pool: 'dynamic',
  start: 30_000,
  count: 2000,
  line: 4,
  text: 'Internet',
};
const AUTO_REUSE: SettingRecord = { ...CMDLET, pool: 'auto-reuse', start: 40_000, count: 500 };
const MAX_USER_PORT = registryDword('MaxUserPort', 60_000);
const NO_PORTS = { ipv4: [], ipv6: [] };
const TCP_POOLS = ['tcp', 'tcp-ipv4', 'tcp-ipv6'];

function ranges(records: readonly SettingRecord[], option: typeof OPTION | null = null): string[] {
  return poolsOf({ settings: settingsOf(...records), option, clientPorts: NO_PORTS, passingPorts: NO_PORTS }).map(
    ({ id, range, rangeSource }) => `${id} ${String(range.start)}:${String(range.count)} ${rangeSource}`,
  );
}

describe('the range of a pool', () => {
  it('is what the option says, whatever was captured; UDP is not meant by it', () => {
    expect(ranges([MAX_USER_PORT, CMDLET, NETSH], OPTION)).toEqual([
      ...TCP_POOLS.map((id) => `${id} 20000:1000 option`),
      'udp 49152:16384 assumed-default',
    ]);
  });

  it.each([
    ['netsh before Get-NetTCPSetting and the registry', [MAX_USER_PORT, CMDLET, NETSH], '10000:55536 netsh'],
    ['Get-NetTCPSetting before the registry', [MAX_USER_PORT, CMDLET], '30000:2000 Get-NetTCPSetting'],
    ['MaxUserPort as 1025 up to its value', [MAX_USER_PORT], '1025:58976 registry'],
    ['the default of Windows without a word of it', [], '49152:16384 assumed-default'],
  ])('is %s', (_what, records, expected) => {
    expect(ranges(records).slice(0, 3)).toEqual(TCP_POOLS.map((id) => `${id} ${expected}`));
  });

  it.each([
    [4999, '49152:16384 assumed-default'],
    [5000, '1025:3976 registry'],
    [65_534, '1025:64510 registry'],
    [65_535, '49152:16384 assumed-default'],
    [null, '49152:16384 assumed-default'],
  ])('takes a MaxUserPort of %s for %s', (value, expected) => {
    expect(ranges([registryDword('maxuserport', value)])[0]).toBe(`tcp ${expected}`);
  });

  it('does not come from a MaxUserPort below another key', () => {
    const misplaced = registryDword('MaxUserPort', 60_000, 'Tcpip\\Parameters\\Interfaces');
    expect(ranges([misplaced])[0]).toBe('tcp 49152:16384 assumed-default');
  });

  it('is kept apart by family where netsh was asked for both; the combined pool takes that of IPv4', () => {
    const records = [
      netshRange({ start: 6005, count: 59_530 }, 'ipv6'),
      netshRange({ start: 10_000, count: 1000 }, 'ipv4'),
      netshRange({ start: 50_000, count: 300 }, 'ipv4', 'udp'),
    ];
    expect(ranges(records)).toEqual([
      'tcp 10000:1000 netsh',
      'tcp-ipv4 10000:1000 netsh',
      'tcp-ipv6 6005:59530 netsh',
      'udp 50000:300 netsh',
    ]);
  });

  it('of the combined pool is that of IPv6 where only IPv6 was captured', () => {
    expect(ranges([netshRange({ start: 6005, count: 59_530 }, 'ipv6')])).toEqual([
      'tcp 6005:59530 netsh',
      'tcp-ipv4 49152:16384 assumed-default',
      'tcp-ipv6 6005:59530 netsh',
      'udp 49152:16384 assumed-default',
    ]);
  });

  it('is joined by a pool for ports taken with auto-reuse where such a range is set', () => {
    expect(ranges([AUTO_REUSE])).toEqual([
      ...TCP_POOLS.map((id) => `${id} 49152:16384 assumed-default`),
      'tcp-auto-reuse 40000:500 Get-NetTCPSetting',
      'udp 49152:16384 assumed-default',
    ]);
  });

  it('leads to the line that states it', () => {
    const [pool] = poolsOf({
      settings: settingsOf(CMDLET),
      option: null,
      clientPorts: NO_PORTS,
      passingPorts: NO_PORTS,
    });
    expect(pool?.rangeRefs).toEqual([{ file: 'settings.txt', line: 4, record: null, row: 'Internet' }]);
  });
});

describe('excluded blocks', () => {
  it('are cut to the range, and one port counts once however often it is listed', () => {
    const pool = poolOf(
      'tcp',
      exclusion(80, 80),
      exclusion(49_000, 49_161),
      exclusion(50_000, 50_099, 'ipv4'),
      exclusion(50_000, 50_099, 'ipv6'),
      exclusion(50_050, 50_149),
      exclusion(65_530, 65_535),
    );
    expect(pool.exclusions.map(({ first, last }) => [first, last])).toEqual([
      [49_152, 49_161],
      [50_000, 50_149],
      [65_530, 65_535],
    ]);
    expect(pool.excluded).toBe(10 + 150 + 6);
  });

  it('that touch the range with one port take one port', () => {
    expect(poolOf('tcp', exclusion(49_000, 49_152)).excluded).toBe(1);
    expect(poolOf('tcp', exclusion(49_000, 49_151)).excluded).toBe(0);
  });

  it('of one family leave the other alone', () => {
    const record = exclusion(50_000, 50_009, 'ipv6');
    expect(['tcp', 'tcp-ipv4', 'tcp-ipv6', 'udp'].map((id) => poolOf(id, record).excluded)).toEqual([10, 0, 10, 0]);
  });

  it('are known to be none only where a list was captured', () => {
    const listed: SettingRecord = { kind: 'exclusions-listed', transport: 'tcp', family: null, line: 1, text: '' };
    expect(poolOf('tcp', listed).exclusionsCaptured).toBe(true);
    expect(poolOf('udp', listed).exclusionsCaptured).toBe(false);
    expect(poolOf('tcp').exclusionsCaptured).toBe(false);
  });

  it('are not handed out, nor is anything outside the range', () => {
    const pool = poolOf('tcp', exclusion(50_000, 50_009));
    const held = [49_151, 49_152, 49_999, 50_000, 50_009, 50_010, 65_535].filter((port) => holdsPort(pool, port));
    expect(held).toEqual([49_152, 49_999, 50_010, 65_535]);
  });
});
