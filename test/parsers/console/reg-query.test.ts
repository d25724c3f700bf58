import { expect, test } from 'vitest';
import { readFixture } from './console-recording.js';

test('the values of Tcpip\\Parameters are read in hexadecimal, other keys are not taken for it', () => {
  expect(readFixture('reg-query/parameters.txt')).toEqual([
    'reg-query',
    '2 registry-key Tcpip\\Parameters «HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters»',
    '4 registry-value Tcpip\\Parameters NV Hostname REG_SZ null «NV Hostname REG_SZ»',
    '6 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 65534 «MaxUserPort    REG_DWORD    0xfffe»',
    '7 registry-value Tcpip\\Parameters TcpTimedWaitDelay REG_SZ null «TcpTimedWaitDelay    REG_SZ    30»',
    '8 problem bad-number «EnableWsd    REG_DWORD    0xnone»',
    '12 registry-key Tcpip\\Parameters\\Interfaces\\{0b1c2d3e-0000-4000-8000-0123456789ab} «HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\services\\tcpip\\Parameters\\Interfaces\\{0b1c2d3e-0000-4000-8000-0123456789ab}»',
    '14 registry-value Tcpip\\Parameters\\Interfaces\\{0b1c2d3e-0000-4000-8000-0123456789ab} TcpTimedWaitDelay REG_DWORD 30 «TcpTimedWaitDelay    REG_DWORD    0x1e»',
  ]);
});

test('one value asked for by name does not mean that the others are absent', () => {
  expect(readFixture('reg-query/one-value.txt')).toEqual([
    'reg-query',
    '3 registry-value Tcpip\\Parameters MaxUserPort REG_DWORD 65534 «MaxUserPort    REG_DWORD    0xfffe»',
  ]);
});
