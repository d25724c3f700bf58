import { describe, expect, it } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

describe('processes as PowerShell shows them', () => {
  it('are read from the view of Get-Process, numbers that run over their ruler included', () => {
    expect(readFixture('process-text/get-process.txt')).toEqual([
      'process-text',
      'is Format-Table',
      '9 snapshot 2026-03-02T10:15:00.000 cannot show ',
      '9 process 1016 svchost []',
      '10 process 104312 Contoso Sync Service []',
      '11 process 0 Idle []',
      '12 process 4300 MsMpEng []',
    ]);
    expect(readFixture('process-text/get-process-7.txt').slice(3)).toEqual([
      '4 process 1016 svchost []',
      '5 process 31337 Contoso.Sync []',
    ]);
  });

  it('are read from Win32_Process, as a table of names with blanks and as a list with a long command line', () => {
    expect(readFixture('process-text/win32-process.txt')).toEqual([
      'process-text',
      'is Format-Table',
      '5 snapshot undated cannot show ',
      '5 process 0 System Idle Process []',
      '6 process 4 System []',
      '7 process 4312 Contoso.Sync.exe []',
      'is Format-List',
      '11 snapshot undated cannot show ',
      '11 process 4312 Contoso.Sync.exe []',
      '17 process 1016 svchost.exe []',
    ]);
  });

  it('are read from Win32_Service: its services, and the program where their path is shown', () => {
    expect(readFixture('process-text/win32-service.txt')).toEqual([
      'process-text',
      'is Format-Table',
      '5 snapshot undated cannot show ',
      '5 process 0  [AJRouter]',
      '6 process 1016  [Dhcp]',
      '7 process 1016  [EventLog]',
      'is Format-List',
      '11 snapshot undated cannot show ',
      '11 process 4312 Contoso.Sync.exe [ContosoSync] CONTOSO\\svc-sync',
    ]);
  });

  it.each([
    [
      'jobs',
      'Id Name PSJobTypeName State   HasMoreData Location\r\n-- ---- ------------- -----   ----------- --------',
    ],
    [
      'runspaces',
      'Id Name      ComputerName Type  State  Availability\r\n-- ----      ------------ ----  -----  ------------',
    ],
  ])('are not %s', (_, heading) => {
    const text = `${heading}\r\n1  Runspace1 localhost    Local Opened InUse       x\r\n`;
    expect(
      readLines('process-text', new TextEncoder().encode(text)).filter((line) => line.includes('process')),
    ).toEqual([]);
  });
});
