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

  it('processes and values of the registry, beside what is wrong with the file', async () => {
    const registry =
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\r\n    MaxUserPort    REG_DWORD    0xfffe\r\n    TcpTimedWaitDelay    REG_DWORD    soon\r\n';
    expect(await said({ 'a.txt': registry, 'b.csv': '"svchost.exe","1016","Dhcp,EventLog"\r\n' })).toEqual([
      `  a.txt: 1 number that could not be read; the value was left out. 1 value of the registry; ${NOTHING_TO_JUDGE}`,
      `  b.csv: 1 process; ${NOTHING_TO_JUDGE}`,
    ]);
  });
});
