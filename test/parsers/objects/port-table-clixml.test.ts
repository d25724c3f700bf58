import { describe, expect, it } from 'vitest';
import { readFixture } from '../csv/csv-reading.js';

describe('a port table that Export-Clixml wrote', () => {
  it('is read by the properties of its outermost objects, a state by its word', async () => {
    expect(await readFixture('port-table-clixml/windows-powershell.xml')).toEqual({
      dialects: ['Export-Clixml'],
      encoding: 'utf-16le',
      formats: ['port-table-clixml'],
      problems: [],
      processes: [],
      rows: [
        '1: 12 Established 10.20.0.5:50601 > 198.51.100.31:1433 4312 2026-03-02T08:58:30.123Z',
        '1: 47 TimeWait 10.20.0.5:50602 > 198.51.100.31:1433 0',
      ],
      snapshots: ['12 undated no host, cannot show udp'],
    });
  });
  it('keeps what is whole where the file breaks off, and says so', async () => {
    expect(await readFixture('port-table-clixml/cut.xml')).toEqual({
      dialects: ['Export-Clixml'],
      encoding: 'ascii',
      formats: ['port-table-clixml'],
      problems: [
        '37 truncated-table <Obj RefId="1"> <TN RefId="1"> <T>Microsoft.Management.Infrastructure.CimInstance#root/standardcimv2/MSFT_NetTCPConnection</T> <T>System.Object</T> </TN> <ToString>MSFT_NetTC',
      ],
      processes: [],
      rows: ['1: 12 Established 10.20.0.5:50601 > 198.51.100.31:1433 4312 2026-03-02T08:58:30.123Z'],
      snapshots: ['12 undated no host, cannot show udp'],
    });
  });
  it('reads the same wherever its chunks end', async () => {
    const whole = await readFixture('port-table-clixml/windows-powershell.xml');
    for (const chunkBytes of [1, 7, 4096]) {
      expect(await readFixture('port-table-clixml/windows-powershell.xml', chunkBytes)).toEqual(whole);
    }
  });
});
