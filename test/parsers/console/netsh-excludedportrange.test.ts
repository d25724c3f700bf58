import { expect, test } from 'vitest';
import { readFixture } from './console-recording.js';

test('a list of exclusions is its rows, with the second number as end port', () => {
  expect(readFixture('netsh-excludedportrange/en.txt')).toEqual([
    'netsh-excludedportrange',
    '2 exclusions-listed tcp null «Protocol tcp Port Exclusion Ranges»',
    '6 exclusion tcp null 80 80 false «80          80»',
    '7 exclusion tcp null 50000 50059 true «50000       50059     *»',
    '8 problem bad-number «60000       59999»',
  ]);
});

test('an empty list is a list', () => {
  expect(readFixture('netsh-excludedportrange/es-cp850-empty-udp.txt')).toEqual([
    'netsh-excludedportrange',
    '3 exclusions-listed tcp ipv4 «Protocolo tcp Intervalos de exclusión de puertos»',
    '7 exclusion tcp ipv4 1025 1124 false «1025            1124»',
    '11 exclusions-listed udp ipv6 «Protocolo udp Intervalos de exclusión de puertos»',
  ]);
});

test('a row that somebody wrote a remark on is a row, one with a third number is not', () => {
  expect(readFixture('netsh-excludedportrange/en-annotated.txt')).toEqual([
    'netsh-excludedportrange',
    '2 exclusions-listed tcp null «Protocol tcp Port Exclusion Ranges»',
    '6 exclusion tcp null 49773 49872 false «49773       49872     <-- WinNAT took these»',
    '7 exclusion tcp null 50000 50059 true «50000       50059     *     # kept for Contoso.Sync 2.1»',
    '8 exclusion tcp null 50060 50159 true «50060       50159     *(printing)»',
    '9 exclusion tcp null 50160 50259 false «50160       50259     ?»',
    '10 problem unread-line «8080        8081     8082»',
  ]);
});
