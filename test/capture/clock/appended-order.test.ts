import { describe, expect, it } from 'vitest';
import { instantsInOrder, type ClockReading } from '../../../src/capture/clock/appended-order.js';

/** Minutes; in the repeated hour each wall clock means two instants, sixty minutes apart. */
const twice = (minute: number): ClockReading => ({ beforeMs: minute, afterMs: minute + 60 });
const once = (minute: number): ClockReading => ({ beforeMs: minute, afterMs: minute });

describe('wall clocks that stand in one file in the order in which they were taken', () => {
  it('belong to the first pass of the repeated hour before the clock goes back, and to the second after it', () => {
    expect(instantsInOrder([twice(35), twice(56), twice(3), twice(8)])).toEqual([35, 56, 63, 68]);
  });

  it('are decided by a time outside that hour only where it leaves one instant', () => {
    expect(instantsInOrder([twice(10), once(40), twice(20)])).toEqual([10, null, 80]);
    expect(instantsInOrder([once(-10), twice(10), twice(20), once(130)])).toEqual([null, null, null, null]);
  });

  it('may repeat themselves: `time /t` prints no seconds', () => {
    expect(instantsInOrder([twice(56), twice(56), twice(3)])).toEqual([56, 56, 63]);
  });

  it('tell all others too where nothing says within a day when the clocks were set: that happens once', () => {
    expect(instantsInOrder([twice(-200), twice(56), twice(3), twice(300)])).toEqual([-200, 56, 63, 360]);
  });

  it('prove nothing where they fit no order', () => {
    expect(instantsInOrder([once(200), twice(10)])).toEqual([null, null]);
    expect(instantsInOrder([twice(56), twice(3), twice(40), twice(20)])).toEqual([null, null, null, null]);
    expect(instantsInOrder([])).toEqual([]);
  });

  it('step over what has no time', () => {
    expect(instantsInOrder([twice(56), null, twice(3)])).toEqual([56, null, 63]);
  });
});
