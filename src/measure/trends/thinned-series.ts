/** What was held in one table, and whether the pool left room for more. */
export interface TrendPoint {
  readonly atMs: number;
  readonly value: number;
  /** The pool had no port left in this table: what came after could not grow. */
  readonly isFull: boolean;
  /** It had none here, or at some moment since the point before: more may have been wanted than was found. */
  readonly wasFull: boolean;
}

/**
 * A value over time, held in bounded memory: when it is full, every second point goes. First and last always stay, and a point that
 * goes leaves behind that the pool was full there.
 */
export class ThinnedSeries {
  readonly #limit: number;
  #points: TrendPoint[] = [];
  #stride = 1;
  #skipped = 0;
  #last: TrendPoint | null = null;
  #wasFull = false;

  constructor(limit = 300) {
    this.#limit = limit;
  }

  addPoint(atMs: number, value: number, isFull = false, wasFull = isFull): void {
    this.#wasFull ||= wasFull;
    this.#last = { atMs, value, isFull, wasFull: this.#wasFull };
    this.#skipped += 1;
    if (this.#skipped < this.#stride && this.#points.length > 0) return;
    this.#skipped = 0;
    this.#wasFull = false;
    this.#points.push(this.#last);
    if (this.#points.length >= this.#limit) {
      this.#points = everySecond(this.#points);
      this.#wasFull = this.#points.at(-1)?.atMs !== atMs && this.#last.wasFull;
      this.#stride *= 2;
    }
  }

  points(): readonly TrendPoint[] {
    const newest = this.#points.at(-1);
    return this.#last !== null && newest?.atMs !== this.#last.atMs ? [...this.#points, this.#last] : this.#points;
  }
}

function everySecond(points: readonly TrendPoint[]): TrendPoint[] {
  return points.flatMap((point, index) =>
    index % 2 === 0 ? { ...point, wasFull: point.wasFull || (points[index - 1]?.wasFull ?? false) } : [],
  );
}
