import { describe, expect, it } from 'vitest';
import { instantsInOrder } from '../../../src/capture/clock/appended-order.js';

/** Minutes; in the repeated hour each wall clock means two instants, sixty minutes apart. */
const twice = (minute: number): number[] => [minute, minute + 60];

describe('wall clocks that stand in one file in the order in which they were taken', () => {
  it('belong to the first pass of the repeated hour before the clock goes back, and to the second after it', () => {
    expect(instantsInOrder([twice(35), twice(56), twice(3), twice(8)])).toEqual([35, 56, 63, 68]);
  });

  it('are decided by a time outside that hour only where it leaves one instant', () => {
    expect(instantsInOrder([twice(10), [40], twice(20)])).toEqual([10, null, 80]);
    expect(instantsInOrder([[-10], twice(10), twice(20), [130]])).toEqual([null, null, null, null]);
  });

  it('may repeat themselves: `time /t` prints no seconds', () => {
    expect(instantsInOrder([twice(56), twice(56), twice(3)])).toEqual([56, 56, 63]);
  });

  it('prove nothing where they fit no order', () => {
    expect(instantsInOrder([[200], twice(10)])).toEqual([null, null]);
  });

  it('step over what has no time', () => {
    expect(instantsInOrder([twice(56), [], twice(3)])).toEqual([56, null, 63]);
  });
});
