import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { aFolder, runIn } from '../cli/a-world.js';

const NOTHING_TO_JUDGE = 'without a port table or an event log there is nothing to judge';

/** What is said of each file where none can be judged, below the line that says so. */
async function said(files: Record<string, string>): Promise<string[]> {
  const cwd = aFolder(files);
  const { exitCode, stderr } = await runIn({ cwd, engine: { analyze }, renderings: RENDERINGS }, 'analyze', '.');
  expect(exitCode).toBe(3);
  return stderr.trimEnd().split('\n').slice(1);
}

const saidOf = (text: string): Promise<string[]> => said({ 'a.txt': text });

const excluded = (transport: string, ...rows: string[]): string =>
  [
    `Protocol ${transport} Port Exclusion Ranges`,
    '',
    'Start Port    End Port',
    '----------    --------',
    ...rows,
    '',
  ].join('\r\n');

const range = (transport: string, start: number, count: number): string =>
  `Protocol ${transport} Dynamic Port Range\r\n---------------------------------\r\nStart Port      : ${String(start)}\r\nNumber of Ports : ${String(count)}\r\n`;

describe('of a file that cannot be judged alone it is said what it holds', () => {
  it('excluded ports, those of the range counted once', async () => {
    const rows = ['49100 49160', '49151 49152', '50000 50059 *', '49160 49161', '65000 65535'];
    expect(await said({ 'a.txt': excluded('tcp', ...rows) + excluded('udp') })).toEqual([
      `  a.txt: 5 blocks of excluded TCP ports, 606 ports of the default range 49152–65535; an empty list of excluded UDP ports; ${NOTHING_TO_JUDGE}`,
    ]);
  });

  it('the range that stands in the same file, and its exclusions by it', async () => {
    const text =
      range('tcp', 10_000, 1_000) + range('udp', 49_152, 16_384) + excluded('tcp', '9999 10000', '10999 11000');
    expect(await said({ 'a.txt': text })).toEqual([
      `  a.txt: the dynamic range 10000–10999 of 1,000 TCP ports; the dynamic range 49152–65535 of 16,384 UDP ports; 2 blocks of excluded TCP ports, 2 ports of the range 10000–10999; ${NOTHING_TO_JUDGE}`,
    ]);
  });

  it('counts that somebody printed instead of the rows, with the command that keeps them', async () => {
    const groups = [
      'PS C:\\> Get-NetTCPConnection -State Bound | Group-Object OwningProcess',
      '',
      'Count Name                      Group',
      '----- ----                      -----',
      ...[15_683, 12, 5, 4, 3, 2, 1].map(
        (count, index) => `${String(count).padStart(5)} ${String(31_337 + index).padEnd(25)} {…}`,
      ),
    ];
    const counts =
      '7 counts without the rows that were counted: kept as said, and nothing is judged by them. Keep the rows instead (netstat -anoq > netstat.txt, or Get-NetTCPConnection | Export-Csv tcp.csv).';
    const said = [15_683, 12, 5, 4, 3].map(
      (count, index) => `said: ${count.toLocaleString('en')} Bound of PID ${String(31_337 + index)}`,
    );
    expect(await saidOf(groups.join('\r\n'))).toEqual([
      `  a.txt: ${counts} ${said.join('; ')}; 2 counts more; ${NOTHING_TO_JUDGE}`,
    ]);
    const lines = 'C:\\>netstat -ano | find /c "TIME_WAIT"\r\n412\r\nC:\\>netstat -ano | find /c /v ""\r\n500\r\n';
    expect((await saidOf(lines))[0]).toContain(`said: 412 TimeWait; said: 500 rows; ${NOTHING_TO_JUDGE}`);
  });

  it('processes and values of the registry, beside what is wrong with the file', async () => {
    const registry =
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\r\n    MaxUserPort    REG_DWORD    0xfffe\r\n    TcpTimedWaitDelay    REG_DWORD    soon\r\n';
    expect(await said({ 'a.txt': registry, 'b.csv': '"svchost.exe","1016","Dhcp,EventLog"\r\n' })).toEqual([
      `  a.txt: 1 number that could not be read; the value was left out. 1 value of the registry; ${NOTHING_TO_JUDGE}`,
      `  b.csv: 1 process; ${NOTHING_TO_JUDGE}`,
    ]);
  });
});
