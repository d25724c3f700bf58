/** What is due when: a binary heap over typed arrays; entries of one moment come out in the order they went in. */
export class EventQueue {
  #seconds = new Float64Array(1024);
  #order = new Float64Array(1024);
  #kind = new Uint8Array(1024);
  #subject = new Int32Array(1024);
  #generation = new Int32Array(1024);
  #length = 0;
  #sequence = 0;

  /** The entry last popped. */
  kind = 0;
  subject = 0;
  generation = 0;

  get length(): number {
    return this.#length;
  }

  /** Seconds of the earliest entry, Infinity when empty. */
  get nextSeconds(): number {
    return this.#length === 0 ? Infinity : (this.#seconds[0] ?? Infinity);
  }

  push(seconds: number, kind: number, subject: number, generation = 0): void {
    if (seconds === Infinity) return;
    if (this.#length === this.#seconds.length) this.#grow();
    let hole = this.#length++;
    const order = this.#sequence++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#later(parent, seconds, order)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#set(hole, seconds, order, kind, subject, generation);
  }

  /** Takes the earliest entry out into `kind`, `subject`, `generation` and returns its seconds. */
  pop(): number {
    const seconds = this.nextSeconds;
    this.kind = this.#kind[0] ?? 0;
    this.subject = this.#subject[0] ?? 0;
    this.generation = this.#generation[0] ?? 0;
    const last = --this.#length;
    const lastSeconds = this.#seconds[last] ?? 0;
    const lastOrder = this.#order[last] ?? 0;
    let hole = 0;
    for (;;) {
      let child = hole * 2 + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#later(child, this.#seconds[child + 1] ?? 0, this.#order[child + 1] ?? 0)) child++;
      if (!this.#earlier(child, lastSeconds, lastOrder)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#set(
      hole,
      lastSeconds,
      lastOrder,
      this.#kind[last] ?? 0,
      this.#subject[last] ?? 0,
      this.#generation[last] ?? 0,
    );
    return seconds;
  }

  #later(entry: number, seconds: number, order: number): boolean {
    const own = this.#seconds[entry] ?? 0;
    return own > seconds || (own === seconds && (this.#order[entry] ?? 0) > order);
  }

  #earlier(entry: number, seconds: number, order: number): boolean {
    const own = this.#seconds[entry] ?? 0;
    return own < seconds || (own === seconds && (this.#order[entry] ?? 0) < order);
  }

  #move(from: number, to: number): void {
    this.#set(
      to,
      this.#seconds[from] ?? 0,
      this.#order[from] ?? 0,
      this.#kind[from] ?? 0,
      this.#subject[from] ?? 0,
      this.#generation[from] ?? 0,
    );
  }

  #set(entry: number, seconds: number, order: number, kind: number, subject: number, generation: number): void {
    this.#seconds[entry] = seconds;
    this.#order[entry] = order;
    this.#kind[entry] = kind;
    this.#subject[entry] = subject;
    this.#generation[entry] = generation;
  }

  #grow(): void {
    const size = this.#seconds.length * 2;
    const grown = <T extends { set(from: T): void }>(array: T, empty: T): T => {
      empty.set(array);
      return empty;
    };
    this.#seconds = grown(this.#seconds, new Float64Array(size));
    this.#order = grown(this.#order, new Float64Array(size));
    this.#kind = grown(this.#kind, new Uint8Array(size));
    this.#subject = grown(this.#subject, new Int32Array(size));
    this.#generation = grown(this.#generation, new Int32Array(size));
  }
}
