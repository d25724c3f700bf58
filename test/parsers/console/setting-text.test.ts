import { describe, expect, it } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

describe('settings as PowerShell shows them', () => {
  it('are the values of a registry key, in decimal, each on its line; of another key they are none', () => {
    expect(readFixture('setting-text/get-item-property.txt')).toEqual([
      'setting-text',
      'is Format-List',
      '4 registry-key Tcpip\\Parameters «HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters»',
      '6 registry-value Tcpip\\Parameters ForwardBroadcasts REG_DWORD 0 «ForwardBroadcasts : 0»',
      '7 registry-value Tcpip\\Parameters NV Hostname REG_SZ null «NV Hostname REG_SZ»',
      '8 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 65534 «MaxUserPort : 65534»',
      '9 registry-value Tcpip\\Parameters TcpTimedWaitDelay REG_DWORD 4294967295 «TcpTimedWaitDelay : -1»',
      '10 registry-value Tcpip\\Parameters ReservedPorts REG_MULTI_SZ null «ReservedPorts : {50000-50059}»',
      'is Format-Table',
      '30 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 60000 «MaxUserPort : 60000»',
    ]);
  });

  it('are the ranges of a table, of the template that counts, and of UDP where its command stands above', () => {
    expect(readFixture('setting-text/get-nettcpsetting-table.txt')).toEqual([
      'setting-text',
      'is Format-Table',
      '6 dynamic-range Get-NetTCPSetting tcp null dynamic 10000 55535 «DynamicPortRangeStartPort : 10000; DynamicPortRangeNumberOfPorts : 55535»',
      '12 dynamic-range Get-NetTCPSetting udp null dynamic 20000 16384 «DynamicPortRangeStartPort : 20000; DynamicPortRangeNumberOfPorts : 16384»',
    ]);
  });

  it('are those of UDP where the whole object has no name of a template', () => {
    expect(readFixture('setting-text/get-netudpsetting-whole.txt')).toEqual([
      'setting-text',
      'is Format-List',
      '7 dynamic-range Get-NetTCPSetting udp null dynamic 20000 16384 «DynamicPortRangeStartPort : 20000; DynamicPortRangeNumberOfPorts : 16384»',
    ]);
  });

  it('are those of UDP where a range without a template follows templates', () => {
    const text = [
      'SettingName                   : Internet',
      'DynamicPortRangeStartPort     : 49152',
      'DynamicPortRangeNumberOfPorts : 16384',
      '',
      '',
      'DynamicPortRangeStartPort     : 20000',
      'DynamicPortRangeNumberOfPorts : 1000',
    ].join('\r\n');
    const read = readLines('netsh-dynamicport', new TextEncoder().encode(text)).map((line) => line.replace(/ «.*/, ''));
    expect(read).toEqual([
      '2 dynamic-range Get-NetTCPSetting tcp null dynamic 49152 16384',
      '6 dynamic-range Get-NetTCPSetting udp null dynamic 20000 1000',
    ]);
  });
});
