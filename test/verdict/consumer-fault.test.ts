import { describe, expect, it } from 'vitest';
import {
  bound,
  connections,
  hostOf,
  LISTENERS,
  netstat,
  systemLog,
  tasklist,
  tcpCsv,
  udp,
  type TableRow,
} from '../support/capture.js';

const WEB = '203.0.113.9:443';
/** Ports of the Windows default range. */
const ALL = 16_384;

/** So many connections, seconds old in a table, show that it is their program that opens them. */
const FRESH = 5;
const created = '09:14:58';

/** A full pool: what the program holds, then the TIME_WAIT of another one, a few of whose connections are met alive. */
function fullPool(held: readonly TableRow[], ports = held.length): readonly TableRow[] {
  return [
    ...LISTENERS,
    ...held,
    ...connections('TIME_WAIT', 49_152 + ports, ALL - ports - FRESH),
    ...connections('ESTABLISHED', 65_536 - FRESH, FRESH, { pid: 4312, created }),
  ];
}

/** What is said of each program, beside the one that churns. */
async function faults(rows: readonly TableRow[], log = true): Promise<Record<string, string>> {
  const { consumers } = await hostOf({
    'connections.csv': tcpCsv('09:15:00', rows),
    'tasklist.csv': tasklist({
      4312: 'Contoso.Sync.exe',
      777: 'w3wp.exe',
      778: 'w3wp.exe',
      779: 'w3wp.exe',
      780: 'w3wp.exe',
    }),
    ...(log ? { 'System.xml': systemLog([{ time: '09:14:00', id: 4231 }]) } : {}),
  });
  return Object.fromEntries(consumers.map(({ process, atFault }) => [process, atFault]));
}

describe('beside the one at fault a process contributes', () => {
  const standing = (count: number) => fullPool(connections('ESTABLISHED', 49_152, count, { remote: WEB, pid: 777 }));

  it.each([
    [ALL / 4, 'contributing'],
    [ALL / 4 - 1, 'unknown'],
  ])('with a quarter of the ports in use: %i of 16,384 is %s', async (count, fault) => {
    expect(await faults(standing(count))).toEqual({ 'Contoso.Sync.exe': 'yes', 'w3wp.exe': fault });
  });

  it.each([
    [1638, 'no'],
    [1639, 'unknown'],
  ])('not with less than a tenth of the pool, and with more nothing clears it: %i is %s', async (count, fault) => {
    expect(await faults(standing(count))).toEqual({ 'Contoso.Sync.exe': 'yes', 'w3wp.exe': fault });
  });

  it('not as an image: four processes with a tenth of the pool each are a crowd', async () => {
    const crowd = [777, 778, 779, 780].flatMap((pid, index) =>
      connections('ESTABLISHED', 49_152 + index * 1600, 1600, { remote: WEB, pid }),
    );
    expect(await faults(fullPool(crowd))).toEqual({ 'Contoso.Sync.exe': 'yes', 'w3wp.exe': 'no' });
  });

  it('not where the table leaves a tenth of the pool to nobody', async () => {
    const few = connections('ESTABLISHED', 49_152, 200, { remote: WEB, pid: 777 });
    const nobodys = (count: number) => connections('TIME_WAIT', 49_352, count, { remote: '198.51.100.7:8443' });
    expect(await faults(fullPool([...few, ...nobodys(1400)]))).toMatchObject({ 'w3wp.exe': 'no' });
    expect(await faults(fullPool([...few, ...nobodys(1500)]))).toMatchObject({ 'w3wp.exe': 'unknown' });
  });
});

describe('the openings', () => {
  /** TIME_WAIT of two programs, each with live connections to an endpoint of its own. */
  const two = (second: number): readonly TableRow[] => [
    ...LISTENERS,
    ...connections('TIME_WAIT', 49_152, second, { remote: WEB }),
    ...connections('ESTABLISHED', 49_152 + second, FRESH, { remote: WEB, pid: 777, created }),
    ...connections('TIME_WAIT', 49_152 + second + FRESH, ALL - second - 2 * FRESH),
    ...connections('ESTABLISHED', 65_536 - FRESH, FRESH, { pid: 4312, created }),
  ];

  it.each([
    [4200, 'contributing'],
    [4000, 'unknown'],
    [1500, 'no'],
  ])('of which a process has %i of 16,384 make it %s', async (second, fault) => {
    expect(await faults(two(second))).toEqual({ 'Contoso.Sync.exe': 'yes', 'w3wp.exe': fault });
  });
});

describe('a process that is not at fault', () => {
  it('does not contribute before ports ran out', async () => {
    const hours = [600, 1600, 2600, 3600].map((leaked, index): [string, string] => [
      `${String(index)}.csv`,
      tcpCsv(`0${String(index + 4)}:00:00`, [
        ...LISTENERS,
        ...bound(49_152, leaked, 3900),
        ...connections('ESTABLISHED', 60_000, 2000, { remote: WEB, pid: 777 }),
      ]),
    ]);
    const { consumers, verdict } = await hostOf(Object.fromEntries(hours));
    expect(verdict.mechanism).toBe('bound-leak');
    expect(consumers.map(({ pids, atFault }) => [pids[0], atFault])).toEqual([
      [3900, 'yes'],
      [777, 'unknown'],
    ]);
  });

  it('has no part in a full UDP pool by its TCP ports', async () => {
    const rows = [...LISTENERS, ...udp(49_152, ALL, 1424), ...connections('ESTABLISHED', 50_000, 5000, { pid: 777 })];
    const { consumers } = await hostOf({
      'netstat.txt': netstat('09:15:00', rows),
      'System.xml': systemLog([{ time: '09:14:00', id: 4266 }]),
    });
    expect(consumers.find(({ pids }) => pids.includes(777))?.atFault).not.toBe('contributing');
  });
});
