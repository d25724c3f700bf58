import type { Source, Sourced } from './report-message.js';

/** At most this many sources stand in the report for one statement; `sourceCount` says how many there are. */
export const MAX_SOURCES = 5;
export const MAX_ROW_LENGTH = 200;

/** Where a statement comes from, before the text of the line has been read back. */
export interface SourceRef {
  readonly file: string;
  readonly line: number;
  readonly record: number | null;
  /** null = the row's text is read back from the file at the end. */
  readonly row: string | null;
}

/** Collects references, keeps the first five in file and line order and counts all. */
export class SourceList {
  readonly #kept: SourceRef[] = [];
  #count = 0;

  addSource(ref: SourceRef): void {
    this.#count += 1;
    if (this.#kept.length < MAX_SOURCES) this.#kept.push(ref);
  }

  get count(): number {
    return this.#count;
  }

  get refs(): readonly SourceRef[] {
    return this.#kept;
  }

  /** The sources as the report holds them; a row whose text is not known yet is empty until it is quoted. */
  sourced(): Sourced {
    return {
      sources: [...this.#kept].sort(bySource).map(toSource),
      sourceCount: this.#count,
    };
  }
}

export function sourcedBy(refs: readonly SourceRef[], count = refs.length): Sourced {
  return { sources: [...refs].sort(bySource).slice(0, MAX_SOURCES).map(toSource), sourceCount: count };
}

export const NO_SOURCES: Sourced = { sources: [], sourceCount: 0 };

function toSource(ref: SourceRef): Source {
  return { file: ref.file, line: ref.line, record: ref.record, row: cut(ref.row ?? '') };
}

function bySource(a: SourceRef, b: SourceRef): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}

/** Cuts text at 200 characters without splitting a surrogate pair. */
export function cut(text: string): string {
  if (text.length <= MAX_ROW_LENGTH) return text;
  const last = text.charCodeAt(MAX_ROW_LENGTH - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_ROW_LENGTH - 1 : MAX_ROW_LENGTH);
}

/** Every Source anywhere inside a report value. */
export function* everySource(value: unknown): Generator<Source> {
  if (Array.isArray(value)) {
    for (const item of value) yield* everySource(item);
  } else if (typeof value === 'object' && value !== null) {
    if (isSource(value)) yield value;
    else for (const item of Object.values(value)) yield* everySource(item);
  }
}

function isSource(value: object): value is Source {
  return 'file' in value && 'line' in value && 'record' in value && 'row' in value;
}
