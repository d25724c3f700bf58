import type { RandomStream } from './random.js';

/**
 * Arrivals a second over time: corners `[seconds since the simulation's start, arrivals a second]`, straight lines between
 * them, the first and last value holding before and after.
 */
export type RateCurve = readonly (readonly [seconds: number, perSecond: number])[];

export function constantRate(perSecond: number): RateCurve {
  return [[0, perSecond]];
}

/** `low` until `fromSeconds`, then a straight rise to `high`, which stays. */
export function ramp(low: number, high: number, fromSeconds: number, toSeconds: number): RateCurve {
  return [
    [0, low],
    [fromSeconds, low],
    [toSeconds, high],
  ];
}

/** `low`, but `high` from `fromSeconds` to `toSeconds`; the edges are a second wide. */
export function burst(low: number, high: number, fromSeconds: number, toSeconds: number): RateCurve {
  return [
    [0, low],
    [fromSeconds, low],
    [fromSeconds + 1, high],
    [toSeconds, high],
    [toSeconds + 1, low],
  ];
}

/** A working day: `low` at night, up to `high` around the middle of the day; `startHour` is the local hour at second 0. */
export function workingDay(low: number, high: number, startHour: number, hours: number): RateCurve {
  const corners: [number, number][] = [];
  for (let quarter = 0; quarter <= hours * 4; quarter++) {
    const hour = (startHour + quarter / 4) % 24;
    const share = hour < 6 || hour > 20 ? 0 : Math.sin(((hour - 6) / 14) * Math.PI);
    corners.push([quarter * 900, low + (high - low) * share]);
  }
  return corners;
}

export function rateAt(curve: RateCurve, seconds: number): number {
  let before = curve[0];
  if (before === undefined) return 0;
  for (const corner of curve) {
    if (corner[0] > seconds) {
      const width = corner[0] - before[0];
      return width <= 0 ? before[1] : before[1] + ((corner[1] - before[1]) * (seconds - before[0])) / width;
    }
    before = corner;
  }
  return before[1];
}

/**
 * The moments of a Poisson process with the curve as its rate, or with `regular` evenly spaced in its integral.
 * It draws only from its own stream: what happens to an arrival never shifts the next one.
 */
export class Arrivals {
  readonly #curve: RateCurve;
  readonly #random: RandomStream;
  readonly #regular: boolean;
  #segment = 0;
  #now: number;

  constructor(curve: RateCurve, random: RandomStream, regular: boolean, startSeconds = 0) {
    this.#curve = curve;
    this.#random = random;
    this.#regular = regular;
    this.#now = startSeconds;
  }

  /** Seconds of the next arrival, Infinity when the rate stays zero. */
  next(): number {
    let wanted = this.#regular ? 1 : this.#random.exponential(1);
    for (;;) {
      while (this.#segment < this.#curve.length && (this.#curve[this.#segment]?.[0] ?? Infinity) <= this.#now) {
        this.#segment++;
      }
      const end = this.#curve[this.#segment]?.[0] ?? Infinity;
      const rate = rateAt(this.#curve, this.#now);
      if (end === Infinity) {
        this.#now = rate <= 0 ? Infinity : this.#now + wanted / rate;
        return this.#now;
      }
      const width = end - this.#now;
      // Just before the corner: a corner may jump.
      const slope = width <= 0 ? 0 : (rateAt(this.#curve, end - width * 1e-9) - rate) / width;
      const area = width * (rate + (slope * width) / 2);
      if (area >= wanted) {
        this.#now += solve(rate, slope, wanted);
        return this.#now;
      }
      wanted -= area;
      this.#now = end;
    }
  }
}

/** The x with rate·x + slope·x²/2 = area. */
function solve(rate: number, slope: number, area: number): number {
  if (Math.abs(slope) < 1e-12) return area / rate;
  return (2 * area) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * area)));
}
