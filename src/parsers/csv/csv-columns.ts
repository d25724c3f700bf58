import { splitLine, type Delimiter } from './csv-line.js';

/** Columns of a header by name, in any case. A name that is there twice means its first column. */
export class CsvColumns {
  readonly #index = new Map<string, number>();

  constructor(fields: readonly string[]) {
    for (const [index, field] of fields.entries()) {
      const name = field.toLowerCase();
      if (!this.#index.has(name)) this.#index.set(name, index);
    }
  }

  /** The column of the first of these names that the header has, or -1. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const index = this.#index.get(name);
      if (index !== undefined) return index;
    }
    return -1;
  }

  has(...names: readonly string[]): boolean {
    return this.find(...names) >= 0;
  }
}

// A time of capture is whatever the author of the script called it; CreationTime, InstallDate and TimeOfLastStateChange are others.
const TIME_NAMES = [
  'timestamp',
  'datetime',
  'collectedat',
  'capturedat',
  'collectiontime',
  'capturetime',
  'snapshottime',
  'time',
  'date',
];
// PSComputerName is what remoting adds, CSName and SystemName are CIM's, Node is wmic's. All may be empty.
const HOST_NAMES = [
  'hostname',
  'computername',
  'computer',
  'pscomputername',
  'machinename',
  'csname',
  'systemname',
  'node',
];

export function timeColumn(columns: CsvColumns): number {
  return columns.find(...TIME_NAMES);
}

export function hostColumn(columns: CsvColumns): number {
  return columns.find(...HOST_NAMES);
}

/** Lines that may stand before a header: `#TYPE`, a prompt, a time, blank lines. */
const MAX_LINES_BEFORE_HEADER = 50;

/** The first line of a text that `accept` takes for a header, with the lines after it. */
export function findHeader(
  text: string,
  accept: (columns: CsvColumns, fields: readonly string[]) => boolean,
): { fields: readonly string[]; delimiter: Delimiter; rowsBelow: readonly string[] } | null {
  const lines = text.split('\n', MAX_LINES_BEFORE_HEADER + 20);
  for (const [index, line] of lines.slice(0, MAX_LINES_BEFORE_HEADER).entries()) {
    // A line without any delimiter names one column at most.
    if (line.length > 16_384 || !/[,;\t]/.test(line)) continue;
    const { delimiter, fields } = splitLine(line);
    if (accept(new CsvColumns(fields), fields)) return { fields, delimiter, rowsBelow: lines.slice(index + 1) };
  }
  return null;
}
