import { describe, expect, it } from 'vitest';
import { processCare } from '../../../src/advice/actions/process-care.js';
import type { ConsumerIdentity } from '../../../src/measure/owners/consumer-index.js';

function program(process: string, services: readonly string[] = [], pid = 900): ConsumerIdentity {
  return {
    id: 0,
    process,
    services,
    users: new Set(),
    pids: new Set([pid]),
    mainPid: null,
    commandLine: null,
    startedMs: null,
    known: null,
  };
}

describe('how a process may be handled', () => {
  it.each([
    'lsass.exe',
    'LSASS',
    'LsaIso.exe',
    'csrss.exe',
    'wininit.exe',
    'winlogon.exe',
    'services.exe',
    'smss.exe',
    'dwm.exe',
    'System',
  ])('never as if Windows could lose %s', (image) => {
    expect(processCare(program(image))).toBe('essential');
  });

  it.each(['RpcSs', 'RPCSS', 'DcomLaunch', 'LSM', 'BFE'])(
    'never as if Windows could lose the %s service',
    (service) => {
      expect(processCare(program('svchost.exe', ['Other', service]))).toBe('essential');
      expect(processCare(program('svchost.exe', ['Dnscache']))).toBe('ordinary');
    },
  );

  it('never as if the kernel could be ended, whatever a list calls it', () => {
    expect(processCare(program('ntoskrnl.exe', [], 4))).toBe('essential');
  });

  it.each(['ntds.exe', 'clussvc.exe', 'vmms.exe', 'vmcompute.exe', 'sqlservr.exe'])(
    'of %s as planned work',
    (image) => {
      expect(processCare(program(image))).toBe('planned');
    },
  );

  it('only once its services are known, or its name', () => {
    expect(processCare(program('svchost.exe'))).toBe('service-host');
    expect(processCare(program('PID 900'))).toBe('unnamed');
  });

  it('of any other program as of any other', () => {
    // Named like one of them, and another.
    expect(['lsassy.exe', 'Contoso.Services.exe'].map((image) => processCare(program(image)))).toEqual([
      'ordinary',
      'ordinary',
    ]);
  });
});
