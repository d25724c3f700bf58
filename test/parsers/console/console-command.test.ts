import { expect, test } from 'vitest';
import { TcpState } from '../../../src/model/connection.js';
import { consoleCommand } from '../../../src/parsers/console/console-command.js';

test.each([
  ['C:\\Users\\admin>netstat -anoq', { tool: 'netstat', switches: 'anoq', protocol: null, keeps: null }],
  ['PS C:\\> netstat.exe -a -n -o -p TCP', { tool: 'netstat', switches: 'anop', protocol: 'tcp', keeps: null }],
  [
    'C:\\temp>netstat /ano | findstr TIME_WAIT',
    { tool: 'netstat', switches: 'ano', protocol: null, keeps: [TcpState.TimeWait] },
  ],
  ['=== netstat -ano ===', { tool: 'netstat', switches: 'ano', protocol: null, keeps: null }],
  ['netsh int ipv6 show dynamicport udp', { tool: 'netsh', family: 'ipv6', transport: 'udp' }],
  ['C:\\>netsh int ipv4 show excludedportrange protocol=tcp', { tool: 'netsh', family: 'ipv4', transport: 'tcp' }],
  ['PS C:\\> Get-NetUDPSetting | fl *', { tool: 'Get-NetTCPSetting', transport: 'udp' }],
  ['C:\\temp>hostname', { tool: 'other' }],
  ['C:\\temp>', { tool: 'other' }],
])('%j is a command', (text, command) => {
  expect(consoleCommand(text)).toEqual(command);
});

test.each([
  'netstat shows many rows in TIME_WAIT',
  'Netsh was not run',
  ' [svchost.exe]',
  '----------',
  'C:\\temp is full',
])('%j is no command', (text) => {
  expect(consoleCommand(text)).toBeNull();
});
