import { describe, expect, it } from 'vitest';
import { readBytes, readFixture } from '../csv/csv-reading.js';

describe('a port table as JSON', () => {
  it('is read as Windows PowerShell writes it, with numbers for states and FILETIME 0 for no time', async () => {
    expect(await readFixture('port-table-json/windows-powershell.json')).toEqual({
      dialects: ['JSON'],
      encoding: 'utf-16le',
      formats: ['port-table-json'],
      problems: ['31 taken-for-bound ::,50104,::,0,77,4312,2026-03-02T09:08:31.000Z'],
      processes: [],
      rows: [
        '1: 4 Established 10.20.0.5:50101 > 198.51.100.31:1433 4312 2026-03-02T09:08:30Z',
        '1: 13 Bound 0.0.0.0:50102 > 0.0.0.0:0 4312 2026-03-02T09:08:31Z',
        '1: 22 TimeWait 10.20.0.5:50103 > 198.51.100.31:1433 0',
        '1: 31 Bound [::]:50104 > [::]:0 4312 2026-03-02T09:08:31Z',
      ],
      snapshots: ['4 undated no host, cannot show udp'],
    });
  });
  it('is read with all that a CIM object has, by its outermost names', async () => {
    expect(await readFixture('port-table-json/raw-powershell-7.json')).toEqual({
      dialects: ['JSON'],
      encoding: 'ascii',
      formats: ['port-table-json'],
      problems: [],
      processes: [],
      rows: [
        '1: 12 Established 10.20.0.5:50201 > 198.51.100.31:1433 4312 2026-03-02T08:58:30.500Z',
        '1: 52 TimeWait 10.20.0.5:50202 > 198.51.100.31:1433 0 2026-03-02T08:58:30.500Z',
      ],
      snapshots: ['12 undated no host, cannot show udp'],
    });
  });
  it('may be a single object, of UDP too', async () => {
    expect(await readFixture('port-table-json/one-object.json')).toEqual({
      dialects: ['JSON'],
      encoding: 'ascii',
      formats: ['port-table-json'],
      problems: [],
      processes: [],
      rows: ['1: 1 udp [::]:53211 > :* 2204 2026-03-02T09:58:30Z'],
      snapshots: ['1 undated no host, cannot show tcp'],
    });
  });
  it('of Velociraptor is read by its own names, its times those of the sockets', async () => {
    expect(await readFixture('port-table-json/velociraptor.json')).toEqual({
      dialects: ['JSON'],
      encoding: 'ascii',
      formats: ['port-table-json'],
      problems: [],
      processes: [
        {
          commandLine: null,
          image: 'svchost.exe',
          line: 1,
          pid: 928,
          services: [],
          startedAt: null,
          user: null,
        },
        {
          commandLine: null,
          image: 'agent.exe',
          line: 2,
          pid: 4312,
          services: [],
          startedAt: null,
          user: null,
        },
        {
          commandLine: null,
          image: 'dns.exe',
          line: 3,
          pid: 2204,
          services: [],
          startedAt: null,
          user: null,
        },
      ],
      rows: [
        '1: 1 Listen 0.0.0.0:135 > 0.0.0.0:0 928 2026-03-02T08:02:23Z',
        '1: 2 Established 10.20.0.5:50301 > 198.51.100.31:1433 4312 2026-03-02T09:58:30Z',
        '1: 3 udp 10.20.0.5:50302 > :* 2204 2026-03-02T08:58:30Z',
      ],
      snapshots: ['1 undated no host, cannot show udp bound'],
    });
  });
  it('of osquery is read by its own names', async () => {
    expect(await readFixture('port-table-json/osquery.json')).toEqual({
      dialects: ['JSON'],
      encoding: 'ascii',
      formats: ['port-table-json'],
      problems: [],
      processes: [],
      rows: ['1: 1 CloseWait 10.20.0.5:50401 > 198.51.100.31:1433 4312', '1: 1 udp 10.20.0.5:50402 > :* 2204'],
      snapshots: ['1 undated no host, cannot show udp bound'],
    });
  });
  it('keeps what is whole, whatever wraps it, and names the rest', async () => {
    expect(await readFixture('port-table-json/wrapped-and-cut.json')).toEqual({
      dialects: ['JSON'],
      encoding: 'ascii',
      formats: ['port-table-json'],
      problems: [
        '2 bad-row {"LocalAddress":"10.20.0.5","LocalPort":oops,"State":2}',
        '3 unread-line {"note":"it ran out at 10:15"}',
        '4 truncated-table {"LocalAddress":"10.20.0.5","LocalPort":50502,"Remote',
      ],
      processes: [],
      rows: ['1: 1 Established 10.20.0.5:50501 > 198.51.100.31:1433 4312'],
      snapshots: ['1 undated no host, cannot show udp'],
    });
  });

  it.each(['windows-powershell', 'raw-powershell-7', 'velociraptor', 'wrapped-and-cut'])(
    'reads %s the same wherever its chunks end',
    async (name) => {
      const whole = await readFixture(`port-table-json/${name}.json`);
      for (const chunkBytes of [1, 7, 4096]) {
        expect(await readFixture(`port-table-json/${name}.json`, chunkBytes)).toEqual(whole);
      }
    },
  );

  it('is let go by where an object too large to be one has more wrappers than any, and what follows is read', async () => {
    const row = '{"LocalAddress":"10.20.0.5","LocalPort":50101,"State":"Bound","OwningProcess":4312}\n';
    const deep = '{"a":'.repeat(300_000) + '1' + '}'.repeat(300_000);
    const reading = await readBytes(new TextEncoder().encode(`${row}${deep}\n${row}`), 65_536);
    expect(reading.rows).toHaveLength(2);
    expect(reading.problems).toEqual([`2 bad-row ${'{"a":'.repeat(40)}`]);
  });

  it.each([1_200_000, 4_500_000])(
    'names an object of %i bytes that wraps nothing, and reads what follows',
    async (bytes) => {
      const row = '{"LocalAddress":"10.20.0.5","LocalPort":50101,"State":"Bound","OwningProcess":4312}\n';
      const large = `{"LocalPort":50102,"note":"${'} {"'.replaceAll('"', '\\"').repeat(bytes / 5)}"}`;
      const reading = await readBytes(new TextEncoder().encode(`${row}${large}\n${row}`), 65_536);
      expect(reading.rows).toHaveLength(2);
      expect(reading.problems.map((problem) => problem.slice(0, 24))).toEqual(['2 bad-row {"LocalPort":5']);
    },
  );

  it('is read from a wrapper larger than any object may be', async () => {
    const row = { LocalAddress: '10.20.0.5', LocalPort: 50101, State: 'Bound', OwningProcess: 4312, note: '} "{' };
    const text = JSON.stringify({ records: Array.from({ length: 12_000 }, () => row), count: 12_000 });
    expect(text.length).toBeGreaterThan(1 << 20);
    const reading = await readBytes(new TextEncoder().encode(text), 4096);
    expect([reading.rows.length, reading.problems]).toEqual([12_000, []]);
  });
});
