import type { ParserContext } from '../parser.js';
import { widened } from '../text/widened-bytes.js';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;
const BLANK = 0x20;
/** What may stand before an object: nothing on its line, an array, its neighbour, or the name of it. */
const BEFORE = new Set([LF, 0x5b, 0x2c, CLOSE]);
const COLON = 0x3a;
/** A connection with all its CIM classes has some 20 KiB; what is larger holds records and is none. */
const OBJECT_BYTES_MAX = 1 << 20;
/** Exports wrap their records once or twice. */
const MOST_WRAPPERS = 4;
/** Kept of an object that is too large to be one, and in more wrappers than any has. */
const SHOWN_BYTES = 200;

export interface ObjectFrames {
  /** The text of one object, and the line of its first brace. */
  object(text: string, line: number): void;
  /** The text ends within an object: its beginning. */
  cut(beginning: string, line: number): void;
}

/**
 * Cuts JSON into the objects that stand nearest to its top, whether in one array, one a line, or one after another. An object over
 * 1 MiB is taken for what wraps the records, and those inside it are cut out. Holds one object at most.
 */
export class ObjectFramer {
  readonly #context: Pick<ParserContext, 'decode'>;
  readonly #frames: ObjectFrames;
  #buffer = new Uint8Array(65_536);
  #buffered = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** What was entered and has not ended, the innermost last: names and texts stand between the records in it. */
  #wrappers: { readonly beginning: Uint8Array; readonly line: number; holdsObjects: boolean }[] = [];
  /** The open object is let go by; only its beginning is kept. */
  #isLetGo = false;
  /** The last byte outside that is no blank. */
  #before = LF;
  #line = 1;
  #startLine = 1;

  constructor(context: Pick<ParserContext, 'decode'>, frames: ObjectFrames) {
    this.#context = context;
    this.#frames = frames;
  }

  push(chunk: Uint8Array): void {
    let from = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === LF) this.#line++;
      if (this.#inString) this.#readString(byte);
      else if (byte === QUOTE && (this.#depth > 0 || this.#wrappers.length > 0)) this.#inString = true;
      else if (byte === OPEN && (this.#depth > 0 || this.#mayBegin())) {
        if (this.#depth === 0) [from, this.#startLine] = [at, this.#line];
        this.#depth++;
      } else if (byte === CLOSE && this.#depth === 0) this.#leave();
      else if (byte === CLOSE) {
        this.#depth--;
        if (this.#depth === 0) {
          this.#handOn(chunk.subarray(from, at + 1));
          from = -1;
        }
      }
      if (this.#depth === 0 && (byte === LF || byte > BLANK)) this.#before = byte;
    }
    if (from < 0) return;
    this.#keep(chunk.subarray(from));
    if (this.#buffered > OBJECT_BYTES_MAX && !this.#isLetGo) this.#enter();
  }

  end(): void {
    if (this.#depth > 0)
      this.#frames.cut(this.#context.decode(this.#buffer.subarray(0, this.#buffered)), this.#startLine);
    const [outermost] = this.#wrappers;
    if (this.#depth === 0 && outermost?.holdsObjects === false)
      this.#frames.cut(this.#context.decode(outermost.beginning), outermost.line);
  }

  #readString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #mayBegin(): boolean {
    return BEFORE.has(this.#before) || (this.#wrappers.length > 0 && this.#before === COLON);
  }

  #handOn(last: Uint8Array): void {
    for (const wrapper of this.#wrappers) wrapper.holdsObjects = true;
    if (this.#buffered === 0) {
      this.#frames.object(this.#context.decode(last), this.#startLine);
      return;
    }
    this.#keep(last);
    const text = this.#context.decode(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
    this.#isLetGo = false;
    this.#frames.object(text, this.#startLine);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#isLetGo) return;
    const length = this.#buffered + bytes.length;
    if (length > this.#buffer.length) this.#buffer = widened(this.#buffer, this.#buffered, length);
    this.#buffer.set(bytes, this.#buffered);
    this.#buffered = length;
  }

  /** Reads what is held once more, without its first brace. */
  #enter(): void {
    if (this.#wrappers.length === MOST_WRAPPERS) {
      this.#isLetGo = true;
      this.#buffered = SHOWN_BYTES;
      return;
    }
    const beginning = this.#buffer.slice(0, SHOWN_BYTES);
    this.#wrappers.push({ beginning, line: this.#startLine, holdsObjects: false });
    const inside = this.#buffer.slice(1, this.#buffered);
    [this.#buffered, this.#depth, this.#inString, this.#escaped] = [0, 0, false, false];
    [this.#before, this.#line] = [LF, this.#startLine];
    this.push(inside);
  }

  /** The end of what was entered: without an object in it, it wrapped nothing and was one itself, too large to be read. */
  #leave(): void {
    const wrapper = this.#wrappers.pop();
    if (wrapper === undefined || wrapper.holdsObjects) return;
    this.#frames.object(this.#context.decode(wrapper.beginning), wrapper.line);
  }
}
