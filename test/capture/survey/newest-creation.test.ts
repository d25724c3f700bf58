import { describe, expect, it } from 'vitest';
import { NewestCreation } from '../../../src/capture/survey/newest-creation.js';
import type { Stamp } from '../../../src/model/stamp.js';

const at = (second: number): number => Date.UTC(2026, 2, 3, 9, 0, second);
const local = (second: number): Stamp => ({ kind: 'local', localMs: at(second) });

function newestOf(stamps: readonly Stamp[]): NewestCreation {
  const newest = new NewestCreation();
  for (const stamp of stamps) newest.addCreation(stamp);
  return newest;
}

describe('the youngest sockets of a table', () => {
  it('are the five created last, whatever their order; older ones change nothing', () => {
    const stamps = [50, 3, 57, 56, 52, 59, 53, 58, 54, 2, 55].map(local);
    expect(newestOf(stamps).latest('month-first')).toEqual({ stamp: local(59), spreadSeconds: 4 });
    expect(newestOf([...stamps].reverse()).latest('day-first')).toEqual({ stamp: local(59), spreadSeconds: 4 });
  });

  it('tell nothing when there are fewer', () => {
    expect(newestOf([1, 2, 3, 4].map(local)).latest('month-first')).toBeNull();
  });

  it('leave out the zero time of sockets that were created at no known time', () => {
    const zero: Stamp = { kind: 'local', localMs: Date.UTC(1601, 0, 1) };
    expect(newestOf([zero, ...[1, 2, 3, 4].map(local)]).latest('month-first')).toBeNull();
  });

  it('are read month first or day first, as the file’s dates are', () => {
    const ambiguous = (second: number): Stamp => ({
      kind: 'ambiguous',
      monthFirstMs: at(second),
      dayFirstMs: at(second) - 86_400_000,
    });
    const newest = newestOf([4, 5, 6, 7, 8].map(ambiguous));
    expect(newest.latest('month-first')).toEqual({ stamp: local(8), spreadSeconds: 4 });
    expect(newest.latest('day-first')).toEqual({
      stamp: { kind: 'local', localMs: at(8) - 86_400_000 },
      spreadSeconds: 4,
    });
  });

  it('keep an instant an instant', () => {
    const instants = [4, 5, 6, 7, 8].map((second): Stamp => {
      return { kind: 'instant', epochMs: at(second), offsetMinutes: 60 };
    });
    expect(newestOf(instants).latest('month-first')?.stamp).toEqual({
      kind: 'instant',
      epochMs: at(8),
      offsetMinutes: null,
    });
  });
});
