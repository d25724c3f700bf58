import { describe, expect, it } from 'vitest';
import { FullMoments } from '../../../src/measure/events/full-moments.js';
import type { EventGroup } from '../../../src/model/event-group.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';

const entry = (inUse: number): LedgerEntry => ({ inUse, usable: 1000 }) as LedgerEntry;
const refused = (fromMs: number, toMs = fromMs): EventGroup => ({ fromMs, toMs }) as EventGroup;

describe('whether a pool was full', () => {
  it('is told by its table', () => {
    const moments = new FullMoments([]);
    expect(moments.stateAt(1, entry(989))).toEqual({ isFull: false, wasFull: false });
    expect(moments.stateAt(2, entry(990))).toEqual({ isFull: true, wasFull: true });
    expect(moments.stateAt(3, entry(989))).toEqual({ isFull: false, wasFull: false });
  });

  it('is told between two tables by a log, up to the second of them', () => {
    const moments = new FullMoments([refused(20, 25)]);
    expect(moments.stateAt(10, entry(0)).wasFull).toBe(false);
    expect(moments.stateAt(25, entry(0))).toEqual({ isFull: false, wasFull: true });
    expect(moments.stateAt(30, entry(0)).wasFull).toBe(false);
  });

  it('goes on through the events of one minute', () => {
    const moments = new FullMoments([refused(20, 60)]);
    expect([10, 40, 70, 90].map((atMs) => moments.stateAt(atMs, null).wasFull)).toEqual([false, true, true, false]);
  });
});
