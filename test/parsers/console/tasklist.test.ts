import { expect, test } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

test('image and PID are cut by the ruler, blanks in the name included', () => {
  expect(readFixture('tasklist/en.txt')).toEqual([
    'tasklist',
    '4 process 0 System Idle Process []',
    '5 process 4312 sqlservr.exe []',
    '6 process 10624 Contoso Sync Agent.exe []',
  ]);
});

test('/svc lists wrap, and what PID 0 shows means none in any language', () => {
  expect(readFixture('tasklist/de-svc-cp850.txt')).toEqual([
    'tasklist',
    '4 process 0 System Idle Process []',
    '5 process 1204 svchost.exe [Dhcp,EventLog,lmhosts,TimeBrokerSvc]',
    '7 process 2210 Übergabe.exe []',
  ]);
});

test('modules are no services, whatever their names end in', () => {
  expect(readFixture('tasklist/en-modules.txt')).toEqual([
    'tasklist',
    '4 process 0 System Idle Process []',
    '5 process 1016 svchost.exe []',
  ]);
});

test('wide characters shift the row and the PID is still found', () => {
  expect(readFixture('tasklist/zh-svc.txt')).toEqual([
    'tasklist',
    '4 process 0 System Idle Process []',
    '5 process 912 lsass.exe [KeyIso,SamSs]',
    '6 process 4312 同步.exe []',
  ]);
});

test('/v tells the user', () => {
  expect(readFixture('tasklist/en-v.txt')).toEqual([
    'tasklist',
    '4 process 0 System Idle Process [] NT AUTHORITY\\SYSTEM',
    '5 process 4312 Contoso.Sync.exe [] CONTOSO\\svc-sync',
    '6 process 4400 idle.exe []',
  ]);
});

test('a sentence with a number after the table is no process', () => {
  const table = [
    'Image Name                     PID Session Name        Session#    Mem Usage',
    '========================= ======== ================ =========== ============',
    'sqlservr.exe                  4312 Services                   0    812,340 K',
    'We stopped 3 of them afterwards.',
  ];
  expect(readLines('tasklist', new TextEncoder().encode(table.join('\n')))).toEqual([
    '3 process 4312 sqlservr.exe []',
    '4 problem unread-line «We stopped 3 of them afterwards.»',
  ]);
});
