//   Proto  Local Address          Foreign Address        State           P
// ID
//   TCP    192.0.2.5:50101        203.0.113.31:1433      ESTABLISHED     4
// 312
//   TCP    192.0.2.5:50103        203.0.113.31:1433      TIME_WAIT       0
/** What a line too narrow for it leaves of the last title. */
const REST_OF_TITLES = /^(?:PID|ID|D)$/;
const T = 0x54;
const U = 0x55;
const BLANK = 0x20;

type TakeLine = (bytes: Uint8Array, start: number, end: number, line: number) => void;

/**
 * Puts rows together that a narrow console broke: where it broke the titles, each row that fills the line goes on in the next, unless
 * that is a row by itself. Half a number is another process.
 */
export class WrappedRows {
  readonly #take: TakeLine;
  /** How many cells the console had; null where nothing shows that it broke lines. */
  #width: number | null = null;
  #begun: Uint8Array | null = null;
  #begunLine = 0;
  #textLength = 0;
  #textLine = 0;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  line(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#begun !== null) {
      const isRest = end > start && !beginsRow(bytes, start, end);
      const whole = isRest ? joined(this.#begun, bytes.subarray(start, end)) : this.#begun;
      this.#begun = null;
      this.#take(whole, 0, whole.length, this.#begunLine);
      if (isRest) return;
    }
    if (this.#width !== null && end - start >= this.#width && beginsRow(bytes, start, end)) {
      if (end - start > this.#width) this.#width = null;
      else {
        this.#begun = bytes.slice(start, end);
        this.#begunLine = line;
        return;
      }
    }
    this.#take(bytes, start, end, line);
  }

  /** A line that is no row: titles, or what is left of them. */
  text(text: string, length: number, line: number): void {
    if (REST_OF_TITLES.test(text.trim()) && line === this.#textLine + 1) this.#width = this.#textLength;
    this.#textLength = length;
    this.#textLine = line;
  }

  /** No line follows. */
  end(): void {
    const begun = this.#begun;
    this.#begun = null;
    if (begun !== null) this.#take(begun, 0, begun.length, this.#begunLine);
  }
}

function beginsRow(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === BLANK) at++;
  return bytes[at] === T || bytes[at] === U;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
