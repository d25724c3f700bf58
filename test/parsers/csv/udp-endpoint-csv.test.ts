import { describe, expect, it } from 'vitest';
import { readFixture } from './csv-reading.js';

describe('udp-endpoint-csv', () => {
  it('reads endpoints with the time and host of the export', async () => {
    expect(await readFixture('udp-endpoint-csv/chosen-columns.csv')).toEqual({
      formats: ['udp-endpoint-csv'],
      encoding: 'ascii',
      dialects: ['Export-Csv ,'],
      snapshots: ['2 2026-03-02T10:15:00Z RDSH01, cannot show tcp'],
      rows: [
        '1: 2 udp [::1]:51009 > :* 924 2026-02-27T06:05:50',
        '1: 3 udp 0.0.0.0:5353 > :* 2204 2026-02-27T06:05:50',
        '1: 4 udp [fe80::20]:123 > :* 1016 2026-02-27T06:05:51',
      ],
      processes: [],
      problems: [],
    });
  });

  it('reads the default export and reports a port out of range', async () => {
    expect(await readFixture('udp-endpoint-csv/windows-powershell-default.csv')).toEqual({
      formats: ['udp-endpoint-csv'],
      encoding: 'ascii',
      dialects: ['Export-Csv ,'],
      snapshots: ['3 undated no host, cannot show tcp'],
      rows: ['1: 3 udp 0.0.0.0:5353 > :* 2204 2026-02-27T06:05:50'],
      processes: [],
      problems: ['4 bad-port 2,5,12,2/27/2026 6:05:50 AM,::,70000,2204'],
    });
  });

  it('knows a table with the columns of connections by its Protocol column', async () => {
    expect(await readFixture('udp-endpoint-csv/same-columns-as-tcp.csv')).toEqual({
      formats: ['udp-endpoint-csv'],
      encoding: 'ascii',
      dialects: ['Export-Csv ,'],
      snapshots: ['2 undated no host, cannot show tcp'],
      rows: ['1: 2 udp 0.0.0.0:53211 > :* 2204', '1: 3 udp 10.1.7.20:53212 > 198.51.100.53:53 2204'],
      processes: [],
      problems: [],
    });
  });
});
