import { describe, expect, it } from 'vitest';
import { ChanceReuse } from '../../../src/measure/tuples/chance-reuse.js';

/** Ninety waiting ports, one connection opened in 120 / 90 s, over so many minutes. */
function after(minutes: number, waiting = 90): ChanceReuse {
  const round = new ChanceReuse();
  for (let minute = 0; minute <= minutes; minute += 1) round.noteWaiting(minute * 60_000, new Map([[7, waiting]]));
  return round;
}

describe('a port that comes round to the same remote endpoint', () => {
  it('is expected to as often as the range has been gone through', () => {
    // 45 connections a minute go through 450 ports in ten: three turns in half an hour.
    expect(after(30).explains(7, 3, 450, 450)).toBe(true);
    expect(after(30).explains(7, 6, 450, 450)).toBe(true);
    expect(after(30).explains(7, 20, 450, 450)).toBe(false);
  });

  it('is not expected to twice while hardly any of the range was used', () => {
    expect(after(30).explains(7, 2, 90, 16_384)).toBe(true);
    expect(after(30, 1).explains(7, 2, 1, 16_384)).toBe(false);
    expect(after(30, 1).explains(7, 1, 1, 16_384)).toBe(false);
  });

  it('is expected nowhere without connections, and towards no other endpoint', () => {
    expect(new ChanceReuse().explains(7, 1, 100, 450)).toBe(false);
    expect(after(30).explains(8, 1, 450, 450)).toBe(false);
    expect(after(0).explains(7, 1, 450, 450)).toBe(false);
  });

  it('does not take two tables of one moment for time', () => {
    const round = new ChanceReuse();
    for (let copy = 0; copy < 9; copy += 1) round.noteWaiting(60_000, new Map([[7, 450]]));
    expect(round.explains(7, 1, 450, 450)).toBe(false);
  });
});
