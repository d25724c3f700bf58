import { UNKNOWN } from '../../model/connection.js';
import { ownerText } from '../../model/owner-by-name.js';
import type { RecordSink } from '../parser.js';

//   TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       980
//   RpcSs                                     component: the service's name
//  [svchost.exe]                              executable
//   TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4
//  Can not obtain ownership information       a sentence in the host's language: nothing in brackets follows it
const EXECUTABLE = /^\s*\[([^[\]\\"]+)\]$/;
const NOT_A_COMPONENT = /\d:\d\d|^\s+\d+\s|^\s*--|\\|\.dll\b/i;
const MAX_OWNERS = 100_000;
const MAX_COMPONENTS = 8;

/** Reads the lines under a row that name its owner (`netstat -b`); hands each process that has a PID on once a file. */
export class NetstatOwners {
  /** An executable was named: the dump was made with `-b`. */
  anySeen = false;
  /** Of the row above, once `readOwner` has found it: see `ownerText`. */
  owner = '';
  readonly #sink: RecordSink;
  readonly #emitted = new Set<string>();
  #pid: number = UNKNOWN;
  #open = false;
  #rowIndented = false;
  #components: string[] = [];

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  rowRead(pid: number, indented: boolean): void {
    this.#pid = pid;
    this.owner = '';
    this.#rowIndented = indented;
    this.#open = true;
    if (this.#components.length > 0) this.#components = [];
  }

  close(): void {
    this.#open = false;
    if (this.#components.length > 0) this.#components = [];
  }

  /** Takes an executable, or an indented line that may be a component. */
  readOwner(text: string, line: number): boolean {
    if (!this.#open) return false;
    const image = text.endsWith(']') ? EXECUTABLE.exec(text)?.[1]?.trim() : undefined;
    if (image !== undefined && image !== '') {
      this.#emit(image, line);
      return true;
    }
    return /^\s/.test(text) && this.#component(text);
  }

  /** Takes a component of a dump whose leading blanks were trimmed away. */
  readUnindented(text: string): boolean {
    // A component is one word, a sentence has no number in it.
    const fits = !/^\s/.test(text) && !(/\s/.test(text) && /\d/.test(text));
    return this.#open && !this.#rowIndented && fits && this.#component(text);
  }

  #component(text: string): boolean {
    if (NOT_A_COMPONENT.test(text)) return text.includes('\\') || /^\s*--/.test(text);
    if (this.#components.length < MAX_COMPONENTS) this.#components.push(text.trim());
    return true;
  }

  #emit(image: string, line: number): void {
    const services = this.#components;
    this.#open = false;
    this.#components = [];
    this.anySeen = true;
    if (this.#pid === UNKNOWN) {
      this.owner = ownerText({ image, services });
      return;
    }
    const key = `${String(this.#pid)}|${image}|${services.join('|')}`;
    if (this.#emitted.has(key) || this.#emitted.size >= MAX_OWNERS) return;
    this.#emitted.add(key);
    this.#sink.process({
      pid: this.#pid,
      image,
      services,
      user: null,
      commandLine: null,
      startedAt: null,
      line,
    });
  }
}
