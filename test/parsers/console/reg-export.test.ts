import { expect, test } from 'vitest';
import { readFixture } from './console-recording.js';

test('an export with continued lines, comments, deletions and two headers gives the values that matter', () => {
  expect(readFixture('reg-export/parameters.reg')).toEqual([
    'reg-export',
    'is Version 5.00',
    '3 registry-key Tcpip\\Parameters «[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]»',
    '6 registry-value Tcpip\\Parameters Hostname REG_SZ null «Hostname REG_SZ»',
    '7 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 65534 «"MaxUserPort"=dword:0000fffe ; 65534»',
    '8 registry-value Tcpip\\Parameters TcpTimedWaitDelay REG_DWORD 48 «"TcpTimedWaitDelay"=dword:00000030»',
    '9 problem bad-number «"Broken"=dword:0xfffe»',
    '10 registry-value Tcpip\\Parameters AsBytes REG_DWORD 30 «"AsBytes"=hex(4):1e,00,00,00»',
    'is Version 5.00',
    '23 registry-value Tcpip\\Parameters\\Interfaces\\{0b1c2d3e-0000-4000-8000-0123456789ab} TcpTimeWaitDelay REG_DWORD 30 «"TcpTimeWaitDelay"=dword:0000001e»',
  ]);
});

test('an export in UTF-16 gives the same values', () => {
  expect(readFixture('reg-export/parameters-utf16.reg')).toEqual([
    'reg-export',
    'is Version 5.00',
    '3 registry-key Tcpip\\Parameters «[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]»',
    '6 registry-value Tcpip\\Parameters Hostname REG_SZ null «Hostname REG_SZ»',
    '7 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 65534 «"MaxUserPort"=dword:0000fffe ; 65534»',
    '8 registry-value Tcpip\\Parameters TcpTimedWaitDelay REG_DWORD 48 «"TcpTimedWaitDelay"=dword:00000030»',
    '9 problem bad-number «"Broken"=dword:0xfffe»',
    '10 registry-value Tcpip\\Parameters AsBytes REG_DWORD 30 «"AsBytes"=hex(4):1e,00,00,00»',
    'is Version 5.00',
    '23 registry-value Tcpip\\Parameters\\Interfaces\\{0b1c2d3e-0000-4000-8000-0123456789ab} TcpTimeWaitDelay REG_DWORD 30 «"TcpTimeWaitDelay"=dword:0000001e»',
  ]);
});

test('a file written by hand is read as what it says: hexadecimal, and no proof of what is absent', () => {
  expect(readFixture('reg-export/by-hand.reg')).toEqual([
    'reg-export',
    'is REGEDIT4',
    '5 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 415028 «"MaxUserPort"=dword:00065534»',
    '6 registry-value Tcpip\\Parameters TcpTimedWaitDelay REG_SZ null «"TcpTimedWaitDelay"="30"»',
  ]);
});
