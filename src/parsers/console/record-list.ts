import type { RecordSink } from '../parser.js';
import type { RecordReader } from '../text/record-reader.js';
import { TextRecord } from '../text/text-record.js';

// LocalAddress   : 10.0.0.5
// LocalPort      : 50101
// State          : Established
// OwningProcess  : 4312
//                                     (a blank line; a long value goes on in lines set in to where it began, a message also below one)
// LocalAddress   : 10.0.0.5
const PROPERTY = /^([A-Za-z_][\w-]*(?:\(\w+\))?) *:(?: (.*))?$/;
const FIRST_PROPERTY = /^[A-Za-z_][\w-]*(?:\(\w+\))? +:(?: .*)?$/;
/** `NV Hostname`, with its colon below the colons of the others. */
const WORDS = /^[A-Za-z_(][\w() -]*$/;
const CONTINUATION = /^ {3,}\S/;
const MOST_PROPERTIES = 256;
const LONGEST_VALUE = 65_536;

interface Property {
  readonly name: string;
  value: string;
  readonly line: number;
}

/** Reads what Format-List prints: one property a line, one object a paragraph. */
export class RecordList {
  readonly #sink: RecordSink;
  readonly #readers: readonly RecordReader[];
  readonly #record = new TextRecord();
  #properties: Property[] = [];
  readonly #names = new Set<string>();
  #headerOf: RecordReader | null = null;
  #header = '';
  #lastLine = 0;
  #colon = 0;
  /** Where values begin: a message has blank lines, and goes on set in as far. */
  #valuesFrom = 0;

  constructor(sink: RecordSink, readers: readonly RecordReader[]) {
    this.#sink = sink;
    this.#readers = readers;
  }

  /** Takes a property; the first of an object has a blank before its colon. */
  readLine(text: string, line: number): boolean {
    const last = this.#properties.at(-1);
    const follows = line === this.#lastLine + 1;
    this.#lastLine = line;
    const goesOn = follows ? CONTINUATION.test(text) : text.search(/\S/) >= this.#valuesFrom;
    if (last !== undefined && goesOn && last.value.length < LONGEST_VALUE) {
      last.value += follows ? text.trimStart() : ` ${text.trimStart()}`;
      return true;
    }
    if (!follows) this.#handOn();
    const isOpen = this.#properties.length > 0;
    if (!isOpen) this.#colon = text.indexOf(':');
    const [, name, value = ''] =
      (isOpen || FIRST_PROPERTY.test(text) ? (PROPERTY.exec(text) ?? this.#ofWords(text, isOpen)) : null) ?? [];
    if (name === undefined) {
      this.#handOn();
      return false;
    }
    if (this.#names.has(name) || this.#properties.length >= MOST_PROPERTIES) this.#handOn();
    this.#valuesFrom = text.indexOf(':') + 2;
    this.#names.add(name);
    this.#properties.push({ name, value, line });
    return true;
  }

  #ofWords(text: string, isOpen: boolean): readonly string[] | null {
    const name = text.slice(0, this.#colon).trim();
    const isProperty = isOpen && text[this.#colon] === ':' && WORDS.test(name);
    return isProperty ? ['', name, text.slice(this.#colon + 1).trim()] : null;
  }

  /** True within an object: what looks like a time is a value of it. */
  continues(line: number): boolean {
    return this.#properties.length > 0 && line === this.#lastLine + 1;
  }

  leave(): void {
    this.#handOn();
    this.#headerOf = null;
  }

  #handOn(): void {
    const properties = this.#properties;
    const [first] = properties;
    if (first === undefined) return;
    this.#properties = [];
    this.#names.clear();
    const names = properties.map(({ name }) => name);
    const reader = this.#readers.find((candidate) => candidate.accepts(names));
    if (reader === undefined) {
      this.#unread(properties);
      return;
    }
    const header = names.join('\t');
    if (reader !== this.#headerOf || header !== this.#header) reader.header(names, first.line);
    [this.#headerOf, this.#header] = [reader, header];
    const values = properties.map(({ value }) => value.trim());
    reader.record(this.#record.fill(values, first.line), (field) => properties[field]?.line ?? first.line);
  }

  /** Words alone are let be; with a number in it, a line might have been evidence. */
  #unread(properties: readonly Property[]): void {
    for (const { name, value, line } of properties) {
      if (/\d/.test(value)) this.#sink.problem('unread-line', line, `${name} : ${value}`);
    }
  }
}
