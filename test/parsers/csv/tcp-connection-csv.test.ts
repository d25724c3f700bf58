import { describe, expect, it } from 'vitest';
import { readBytes, readFixture } from './csv-reading.js';

const read = (name: string, chunkBytes?: number) => readFixture(`tcp-connection-csv/${name}`, chunkBytes);
const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('tcp-connection-csv', () => {
  it('takes an owner by name where there is no PID, and nobody for what waits, whatever PID 0 is called', async () => {
    const { rows, snapshots, problems } = await read('names-without-pids.csv');
    expect(snapshots).toEqual(['2 undated no host, cannot show udp owner']);
    expect(rows).toEqual([
      '1: 2 Listen 0.0.0.0:135 > 0.0.0.0:0 svchost',
      '1: 3 Established 10.20.0.5:49161 > 198.51.100.31:1433 orders',
      '1: 4 TimeWait 10.20.0.5:49162 > 198.51.100.31:1433 -1',
      '1: 5 TimeWait 10.20.0.5:49163 > 198.51.100.31:1433 -1',
      '1: 6 Bound 0.0.0.0:49164 > 0.0.0.0:0 orders',
      '1: 7 CloseWait 10.20.0.5:49165 > 198.51.100.31:1433 -1',
      '1: 8 CloseWait 10.20.0.5:49166 > 198.51.100.31:1433 4312',
    ]);
    expect(problems).toEqual([]);
  });

  it('begins a snapshot where Timestamp or HostName changes', async () => {
    expect(await read('chosen-columns.csv')).toEqual({
      formats: ['tcp-connection-csv'],
      encoding: 'ascii',
      dialects: ['Export-Csv ,'],
      snapshots: [
        '2 2026-03-02T09:15:00Z RDSH01, cannot show udp',
        '6 2026-03-02T09:15:00Z APP02, cannot show udp',
        '7 2026-03-02T09:30:00Z RDSH01, cannot show udp',
      ],
      rows: [
        '1: 2 Listen 0.0.0.0:3389 > 0.0.0.0:0 1204 2026-02-27T07:01:12',
        '1: 3 Bound [::]:50112 > [::]:0 4312 2026-03-02T10:08:30',
        '1: 4 Established 10.1.7.20:50112 > 192.0.2.31:1433 4312 2026-03-02T10:08:30',
        '1: 5 TimeWait 10.1.7.20:50113 > 192.0.2.31:1433 0 1601-01-01T01:00:00',
        '2: 6 SynSent 10.1.7.21:49700 > 198.51.100.9:443 880 2026-03-02T10:14:59',
        '3: 7 TimeWait 10.1.7.20:50114 > 192.0.2.31:1433 0 1601-01-01T01:00:00',
      ],
      processes: [],
      problems: [],
    });
  });

  it('reads the default export of Windows PowerShell with its #TYPE line and all its columns', async () => {
    expect(await read('windows-powershell-default.csv')).toEqual({
      formats: ['tcp-connection-csv'],
      encoding: 'ascii',
      dialects: ['Export-Csv ,'],
      snapshots: ['3 undated no host, cannot show udp'],
      rows: [
        '1: 3 Listen [::]:445 > [::]:0 4 2026-03-01T23:58:30',
        '1: 4 Established 10.1.7.20:50120 > 203.0.113.7:443 4312 2026-03-02T09:58:30',
        '1: 5 CloseWait 10.1.7.20:50121 > 203.0.113.7:443 4312 2026-03-02T09:58:31',
        '1: 6 TimeWait 10.1.7.20:50122 > 203.0.113.7:443 0 1600-12-31T16:00:00',
      ],
      processes: [],
      problems: [],
    });
  });

  it('reads -UseCulture with semicolons and leaves a French date open that has two readings', async () => {
    expect(await read('french-culture.csv')).toEqual({
      formats: ['tcp-connection-csv'],
      encoding: 'utf-8',
      dialects: ['Export-Csv ;'],
      snapshots: ['2 undated no host, cannot show udp'],
      rows: [
        '1: 2 Listen 0.0.0.0:135 > 0.0.0.0:0 940 2026-02-22T07:02:03',
        '1: 3 Established 10.1.7.20:50130 > 192.0.2.31:1433 4312 2026-02-03T09:58:30|2026-03-02T09:58:30',
        '1: 4 TimeWait 10.1.7.20:50131 > 192.0.2.31:1433 0 1601-01-01T01:00:00',
      ],
      processes: [],
      problems: [],
    });
  });

  it('reads UTF-16 and names each process once', async () => {
    const { encoding, rows, processes, problems } = await read('utf-16le.csv');
    expect({
      encoding,
      rows,
      processes: processes.map(({ pid, image, line }) => [pid, image, line]),
      problems,
    }).toEqual({
      encoding: 'utf-16le',
      rows: [
        '1: 2 Listen 0.0.0.0:135 > 0.0.0.0:0 940',
        '1: 3 Established 10.1.7.20:50140 > 192.0.2.31:1433 4312',
        '1: 4 Established 10.1.7.20:50141 > 192.0.2.31:1433 4312',
      ],
      processes: [
        [940, 'svchost', 2],
        [4312, 'Abgleich für Kunden', 3],
      ],
      problems: [],
    });
  });

  it('reads rows without quotes and cuts the zone off an IPv6 address', async () => {
    const { snapshots, rows, problems } = await read('powershell-7-unquoted.csv');
    expect({ snapshots, rows, problems }).toEqual({
      snapshots: ['2 undated app02.contoso.com, cannot show udp'],
      rows: [
        '1: 2 Bound [::]:49800 > [::]:0 880',
        '1: 3 FinWait2 [fe80::21]:49801 > [fe80::20]:445 4',
        '1: 4 LastAck [2001:db8::21]:49802 > [2001:db8::90]:6379 880',
        '1: 5 SynReceived 10.1.7.21:49803 > 203.0.113.7:443 880',
      ],
      problems: [],
    });
  });

  it('loses only the record of a quote that never closes', async () => {
    const { rows, problems } = await read('unclosed-quotes.csv');
    const kept = rows.map((row) => Number(/:(\d+) >/.exec(row)?.[1]) - 50_000);
    expect({ kept, problems }).toEqual({
      kept: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 14, 15, 16, 18, 19],
      problems: [
        '10 unclosed-quote "10.1.7.20","50009,"192.0.2.31","1433","Established","4312"',
        '14 unclosed-quote "10.1.7.20","50013","192.0.2.31","1433","Established","4312',
        '18 unclosed-quote "10.1.7.20","50017","192.0.2.31","1433","Established',
        '21 truncated-table "10.1.7.20","50020","192.0.2.31","14',
      ],
    });
  });

  it('skips what cannot be read, says where, and keeps what is left of a row', async () => {
    const { rows, problems } = await read('damaged-rows.csv');
    expect({ rows, problems }).toEqual({
      rows: [
        '1: 2 Established 10.1.7.20:50001 > 192.0.2.31:1433 4312 2026-03-02T09:58:30',
        '1: 5 Bound 10.1.7.20:65535 > 192.0.2.31:0 4312 2026-03-02T09:58:30',
        '1: 13 Lingering 10.1.7.20:50010 > 192.0.2.31:1433 4312 2026-03-02T09:58:30',
        '1: 14 Established 10.1.7.20:50011 > 192.0.2.31:1433 -1 2026-03-02T09:58:30',
        '1: 15 Established 10.1.7.20:50012 > 192.0.2.31:1433 4312',
        '1: 17 Established 10.1.7.20:50013 > 192.0.2.31:1433 4312 2026-03-02T09:58:30',
      ],
      problems: [
        '3 bad-port 10.1.7.20,99999,192.0.2.31,1433,Established,4312,2026-03-02 09:58:30',
        '4 bad-port 10.1.7.20,65536,192.0.2.31,1433,Established,4312,2026-03-02 09:58:30',
        '6 bad-port 10.1.7.20,50004,192.0.2.31,ms-sql-s,Established,4312,2026-03-02 09:58:30',
        '7 bad-port 10.1.7.20,50005,192.0.2.31,70000,Established,4312,2026-03-02 09:58:30',
        '8 bad-address 10.1.7,50006,192.0.2.31,1433,Established,4312,2026-03-02 09:58:30',
        '9 bad-address 10.1.7.20,50007,192.0.2.256,1433,Established,4312,2026-03-02 09:58:30',
        '10 wrong-field-count "10.1.7.20","50008","192.0.2.31","1433","Established","4312"',
        '11 wrong-field-count "10.1.7.20","50009","192.0.2.31","1433","Established","4312","2026-03-02 09:58:30","more"',
        '13 unknown-state 10.1.7.20,50010,192.0.2.31,1433,Lingering,4312,2026-03-02 09:58:30',
        '14 bad-number 10.1.7.20,50011,192.0.2.31,1433,Established,none,2026-03-02 09:58:30',
        '15 bad-time this morning',
        '16 bad-port 10.1.7.20,192.0.2.31,1433,Established,4312,2026-03-02 09:58:30',
      ],
    });
  });

  it('takes line feeds, delimiters and doubled quotes inside quotes as text', async () => {
    const { rows, processes, problems } = await read('quoted-text.csv');
    expect({ rows, images: processes.map(({ pid, image }) => `${String(pid)} ${image}`), problems }).toEqual({
      rows: [
        '1: 2 Established 10.1.7.20:50001 > 192.0.2.31:1433 4312',
        '1: 3 Established 10.1.7.20:50002 > 192.0.2.31:1433 4312',
        '1: 5 Established 10.1.7.20:50003 > 192.0.2.31:1433 4313',
        '1: 6 Established 10.1.7.20:50004 > 192.0.2.31:1433 4314',
        '1: 7 Established 10.1.7.20:50005 > 192.0.2.31:1433 4312',
      ],
      images: ['4312 Contoso.Sync', '4313 Contoso "Sync" 2', '4314 Contoso.Sync'],
      problems: [],
    });
  });

  it('knows states by their numbers and never takes Status or RequestedState for the state', async () => {
    const { dialects, rows, problems } = await read('state-numbers.tsv');
    const names = rows.map((row) => row.split(' ')[2]);
    expect({ dialects, names, problems }).toEqual({
      dialects: ['Export-Csv tab'],
      names: [
        ...['Closed', 'Listen', 'SynSent', 'SynReceived', 'Established', 'FinWait1', 'FinWait2', 'CloseWait'],
        ...['Closing', 'LastAck', 'TimeWait', 'DeleteTcb', 'Bound', '13', '0'],
      ],
      problems: [
        '15 unknown-state 10.1.7.20,50013,192.0.2.31,1433,13,Unknown,5,4312',
        '16 unknown-state 10.1.7.20,50000,192.0.2.31,1433,0,Unknown,5,4312',
      ],
    });
  });

  it('reads exports appended to one file, each dated by the line above it', async () => {
    const { snapshots, rows, problems } = await read('appended-dumps.csv');
    expect({ snapshots, rows, problems }).toEqual({
      snapshots: [
        '3 2026-03-22T10:15:00.120 no host, cannot show udp',
        '6 2026-03-22T10:16:00.400 no host, cannot show udp',
        '9 2026-03-22T10:17:00 no host, cannot show udp',
      ],
      rows: [
        '1: 3 Established 10.1.7.20:50001 > 192.0.2.31:1433 4312',
        '2: 6 TimeWait 10.1.7.20:50001 > 192.0.2.31:1433 0',
        '3: 9 TimeWait :50002 > :* 0',
      ],
      problems: ['10 wrong-field-count this line says nothing'],
    });
  });

  it('goes by the Protocol column where a table has both', async () => {
    const { formats, rows, problems } = await read('both-protocols.csv');
    expect({ formats, rows, problems }).toEqual({
      formats: ['tcp-connection-csv'],
      rows: ['1: 2 Established 10.1.7.20:50001 > 192.0.2.31:1433 4312', '1: 3 udp 0.0.0.0:53211 > :* 2204'],
      problems: [],
    });
  });

  it('reads two columns alone and says once that the state is missing', async () => {
    const { snapshots, rows, problems } = await read('few-columns.csv');
    expect({ snapshots, rows, problems }).toEqual({
      snapshots: ['2 undated no host, cannot show udp owner'],
      rows: ['1: 2 Other :50001 > :1433 -1', '1: 3 Other :50002 > :0 -1'],
      problems: ['1 missing-column State'],
    });
  });

  it.each([
    'chosen-columns.csv',
    'french-culture.csv',
    'unclosed-quotes.csv',
    'damaged-rows.csv',
    'quoted-text.csv',
    'appended-dumps.csv',
    'utf-16le.csv',
  ])('reads %s alike wherever the chunks end', async (name) => {
    const whole = await read(name);
    for (const chunkBytes of [1, 2, 3, 7, 64, 501]) expect(await read(name, chunkBytes)).toEqual(whole);
  });

  it('reads a last row without a line ending and none from a header alone', async () => {
    const header = 'LocalAddress,LocalPort,State\r\n';
    expect((await readBytes(textBytes(`${header}10.1.7.20,50001,Bound`))).rows).toEqual([
      '1: 2 Bound 10.1.7.20:50001 > :* -1',
    ]);
    expect((await readBytes(textBytes(header))).snapshots).toEqual([]);
  });

  it.each([
    ['a UDP table', 'LocalAddress,LocalPort,OwningProcess\n::,53,4\n'],
    ['a process list', '"Id","ProcessName","State"\n"4","System","1"\n'],
    ['the states of something else', '"Name","Status","State"\n"a","b","c"\n'],
    ['a port that is not local', '"RemotePort","State"\n"1","Established"\n'],
    ['text that mentions the columns', 'LocalPort and State are columns.\n'],
  ])('does not take %s for connections', async (_what, text) => {
    expect((await readBytes(textBytes(text))).formats).not.toContain('tcp-connection-csv');
  });
});
