/** A value over time, held in bounded memory: when it is full, every second point goes. First and last always stay. */
export class ThinnedSeries {
  readonly #limit: number;
  #points: { atMs: number; value: number }[] = [];
  #stride = 1;
  #skipped = 0;
  #last: { atMs: number; value: number } | null = null;

  constructor(limit = 300) {
    this.#limit = limit;
  }

  addPoint(atMs: number, value: number): void {
    this.#last = { atMs, value };
    this.#skipped += 1;
    if (this.#skipped < this.#stride && this.#points.length > 0) return;
    this.#skipped = 0;
    this.#points.push({ atMs, value });
    if (this.#points.length >= this.#limit) {
      this.#points = this.#points.filter((_, index) => index % 2 === 0);
      this.#stride *= 2;
    }
  }

  points(): readonly { readonly atMs: number; readonly value: number }[] {
    const newest = this.#points.at(-1);
    return this.#last !== null && newest?.atMs !== this.#last.atMs ? [...this.#points, this.#last] : this.#points;
  }
}
