import { describe, expect, it } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

const stampless = (lines: readonly string[]): string[] => lines.map((line) => line.replace(' [object Object]', ''));

describe('when the host started', () => {
  it('is read from systeminfo, in English and in French, and nothing else of it is a problem', () => {
    expect(stampless(readFixture('system-info/systeminfo.txt'))).toEqual([
      'system-info',
      '7 started host «System Boot Time:          3/2/2026, 6:02:11 AM»',
    ]);
    expect(stampless(readFixture('system-info/systeminfo-fr-cp850.txt'))).toEqual([
      'system-info',
      '4 started host «Heure de démarrage du système:              13/02/2026, 06:02:11»',
    ]);
  });

  it('is about when its Workstation service did', () => {
    expect(stampless(readFixture('system-info/net-statistics.txt'))).toEqual([
      'system-info',
      '4 started workstation-service «Statistics since 3/2/2026 6:02:11 AM»',
    ]);
  });

  it('is read from Get-ComputerInfo and Win32_OperatingSystem', () => {
    expect(stampless(readFixture('system-info/get-computerinfo.txt'))).toEqual([
      'system-info',
      'is Format-List',
      '5 started host «OsLastBootUpTime : 3/2/2026 6:02:11 AM»',
      'is Format-Table',
      '13 started host «LastBootUpTime : 3/2/2026 6:02:11 AM»',
    ]);
  });

  it('dates no port table below', () => {
    const text = [
      'Original Install Date:     11/4/2024, 3:12:09 PM',
      'System Boot Time:          3/2/2026, 6:02:11 AM',
      '  TCP    10.20.0.5:50001        198.51.100.31:443      ESTABLISHED     4312',
    ].join('\r\n');
    expect(readLines('netstat', new TextEncoder().encode(text))).toContain('3 snapshot undated cannot show bound');
  });

  it('is a problem where it is no time', () => {
    const text = 'System Boot Time:          soon';
    expect(readLines('system-info', new TextEncoder().encode(text))).toEqual([
      '1 problem bad-time «System Boot Time:          soon»',
    ]);
  });
});
