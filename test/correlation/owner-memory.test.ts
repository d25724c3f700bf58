import { describe, expect, it } from 'vitest';
import type { ClientTuples } from '../../src/correlation/client-tuples.js';
import { OwnerMemory } from '../../src/correlation/owner-memory.js';

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

function remembering(
  ...snapshots: readonly (readonly [second: number | null, pids: Record<number, number>])[]
): OwnerMemory {
  const memory = new OwnerMemory();
  for (const [second, pids] of snapshots) memory.remember(tuplesOf(pids), second === null ? null : second * 1000);
  return memory;
}

describe('the owner of a tuple', () => {
  it('is the last PID that held it alive; PID 0 and unknown owners are none', () => {
    const memory = remembering([0, { 1: 4312, 2: 0, 3: -1 }], [30, { 1: 777 }]);
    expect([1, 2, 3, 4].map((key) => memory.ownerOf(key))).toEqual([777, null, null, null]);
  });

  it('is remembered to the next snapshot, however late that comes', () => {
    expect(remembering([0, { 1: 4312 }]).ownerOf(1)).toBe(4312);
    expect(remembering([0, { 1: 4312 }], [86_400, {}]).ownerOf(1)).toBe(4312);
  });

  it('is forgotten by the second snapshot that comes more than 300 s after the one before', () => {
    expect(remembering([0, { 1: 4312 }], [301, {}], [601, {}]).ownerOf(1)).toBe(4312);
    expect(remembering([0, { 1: 4312 }], [301, {}], [602, {}]).ownerOf(1)).toBeNull();
  });

  it('is never forgotten before it was out of sight for 300 s', () => {
    const memory = remembering([0, {}], [300, { 1: 4312 }], [301, {}], [600, {}]);
    expect(memory.ownerOf(1)).toBe(4312);
  });

  it('is kept through snapshots that nothing dates', () => {
    expect(remembering([0, { 1: 4312 }], [null, {}], [null, {}]).ownerOf(1)).toBe(4312);
  });
});
