import { describe, expect, it } from 'vitest';
import type { ConsumerIdentity } from '../../../src/measure/owners/consumer-index.js';
import { consumerName, consumerNames } from '../../../src/measure/owners/consumer-name.js';

function identity(changed: Partial<ConsumerIdentity>): ConsumerIdentity {
  const pids = new Set([3900]);
  const bare = { id: 0, process: 'svchost.exe', services: [], users: new Set<string>(), commandLine: null };
  return { ...bare, pids, mainPid: null, startedMs: null, known: null, ...changed };
}

describe('a consumer in a sentence', () => {
  it('is its image with what tells it from others of the image: services, and the PID of its only process', () => {
    expect(consumerName(identity({}))).toBe('svchost.exe (PID 3900)');
    expect(consumerName(identity({ services: ['wuauserv'] }))).toBe('svchost.exe (wuauserv, PID 3900)');
    expect(consumerName(identity({ services: ['RpcEptMapper', 'RpcSs'] }))).toBe(
      'svchost.exe (RpcEptMapper, RpcSs, PID 3900)',
    );
  });

  it('has at most three services', () => {
    const named = (services: string[]): string => consumerName(identity({ services }));
    expect(named(['A', 'B', 'C'])).toBe('svchost.exe (A, B, C, PID 3900)');
    expect(named(['A', 'B', 'C', 'D'])).toBe('svchost.exe (A, B, C, …, PID 3900)');
  });

  it('of several processes has no PID, but for one that holds nearly all of the ports', () => {
    const pids = new Set([5200, 5300]);
    expect(consumerName(identity({ process: 'w3wp.exe', pids }))).toBe('w3wp.exe');
    expect(consumerName(identity({ process: 'w3wp.exe', pids, mainPid: 5200 }))).toBe('w3wp.exe (PID 5200)');
  });

  it('is the PID alone where no list names it', () => {
    expect(consumerName(identity({ process: 'PID 3900' }))).toBe('PID 3900');
  });

  it('is looked up by id, in the order asked for', () => {
    const all = [identity({}), identity({ id: 1, process: 'w3wp.exe' })];
    expect(consumerNames(all, [1, 0])).toEqual(['w3wp.exe (PID 3900)', 'svchost.exe (PID 3900)']);
    expect(consumerNames(all, [])).toEqual([]);
  });
});
