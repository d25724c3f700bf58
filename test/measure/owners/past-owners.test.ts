import { describe, expect, it } from 'vitest';
import type { ClientTuples } from '../../../src/measure/tuples/client-tuples.js';
import { ConsumerIndex } from '../../../src/measure/owners/consumer-index.js';
import { PastOwners } from '../../../src/measure/owners/past-owners.js';
import { processesOf } from '../../support/table-host.js';

/** Live tuples by key, with the PID that owns each. */
function tuplesOf(pids: Readonly<Record<number, number>>): ClientTuples {
  const keys = Object.keys(pids).map(Number);
  return {
    length: keys.length,
    row: Int32Array.from(keys, (_, index) => index),
    destination: new Int32Array(keys.length),
    key: Float64Array.from(keys),
    isTimeWait: new Uint8Array(keys.length),
    pid: Int32Array.from(Object.values(pids)),
  };
}

function remembering(...snapshots: readonly (readonly [second: number | null, pids: Record<number, number>])[]): {
  ownerOf(key: number, second?: number | null, withinSeconds?: number): string | null;
} {
  const memory = new PastOwners();
  const consumers = new ConsumerIndex(processesOf({}));
  for (const [second, pids] of snapshots) {
    memory.remember(tuplesOf(pids), second === null ? null : second * 1000, consumers);
  }
  return {
    ownerOf: (key, second = null, withinSeconds = Infinity) => {
      const id = memory.ownerOf(key, second === null ? null : second * 1000, withinSeconds * 1000);
      return id === null ? null : consumers.identity(id).process;
    },
  };
}

describe('the owner of a tuple', () => {
  it('is the last consumer that held it alive; PID 0 and unknown owners are none', () => {
    const memory = remembering([0, { 1: 4312, 2: 0, 3: -1 }], [30, { 1: 777 }]);
    expect([1, 2, 3, 4].map((key) => memory.ownerOf(key))).toEqual(['PID 777', null, null, null]);
  });

  it('is none where it was out of sight for longer than asked for, of a snapshot that has a date', () => {
    const memory = remembering([0, { 1: 4312 }]);
    expect([120, 121, null].map((second) => memory.ownerOf(1, second, 120))).toEqual(['PID 4312', null, 'PID 4312']);
    expect(remembering([null, { 1: 4312 }]).ownerOf(1, 9999, 120)).toBe('PID 4312');
  });

  it('is remembered to the next snapshot, however late that comes', () => {
    expect(remembering([0, { 1: 4312 }]).ownerOf(1)).toBe('PID 4312');
    expect(remembering([0, { 1: 4312 }], [86_400, {}]).ownerOf(1)).toBe('PID 4312');
  });

  it('is forgotten by the second snapshot that comes more than 300 s after the one before', () => {
    expect(remembering([0, { 1: 4312 }], [301, {}], [601, {}]).ownerOf(1)).toBe('PID 4312');
    expect(remembering([0, { 1: 4312 }], [301, {}], [602, {}]).ownerOf(1)).toBeNull();
  });

  it('is never forgotten before it was out of sight for 300 s', () => {
    const memory = remembering([0, {}], [300, { 1: 4312 }], [301, {}], [600, {}]);
    expect(memory.ownerOf(1)).toBe('PID 4312');
  });

  it('is kept through snapshots that nothing dates', () => {
    expect(remembering([0, { 1: 4312 }], [null, {}], [null, {}]).ownerOf(1)).toBe('PID 4312');
  });
});
