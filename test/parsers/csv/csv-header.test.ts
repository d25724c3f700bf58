import { describe, expect, it } from 'vitest';
import { findHeader } from '../../../src/parsers/csv/csv-header.js';
import { isAmongWords, splitLine } from '../../../src/parsers/csv/csv-line.js';

const among = (line: string): boolean => isAmongWords(splitLine(line).fields);

describe('names of columns', () => {
  it.each([
    'PS C:\\> Get-NetTCPConnection | ft LocalAddress,LocalPort,RemoteAddress,State,OwningProcess -AutoSize',
    'Get-NetTCPConnection | select LocalAddress,LocalPort,State,OwningProcess | ConvertTo-Json',
    'Select-Object LocalAddress,LocalPort,State,OwningProcess',
    'Get-Process | select Id,ProcessName | fl',
    'fl State,LocalPort,Pid',
    'The table has LocalAddress, LocalPort, RemoteAddress and State.',
    'Get-EventLog System -Source Tcpip | select Index,TimeGenerated,Source,Message | fl',
  ])('stand among the words of a command or a sentence: %s', (line) => {
    expect(among(line)).toBe(true);
    expect(findHeader(`${line}\n1,2,3,4\n`, () => true)?.fields).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    'LocalAddress,LocalPort,RemoteAddress,RemotePort,State,OwningProcess',
    '"LocalAddress","LocalPort","State"',
    'Level,Date and Time,Source,Event ID,Task Category',
    'Process Name;Process ID;Protocol;Local Port;Local Address;Remote Port;State',
    '"(PDH-CSV 4.0) (W. Europe Standard Time)(-60)","\\\\RDSH01\\Process(Contoso SqlAgent)\\Handle Count"',
    'TimeGenerated [UTC],Computer,EventID,Source',
    'Image Name,PID,Session Name,Session#,Mem Usage',
  ])('are a heading: %s', (line) => {
    expect(among(line)).toBe(false);
    expect(findHeader(line, () => true)).not.toBeNull();
  });
});
