import type { ParserContext, RecordSink } from '../parser.js';
import { tcpState } from '../port-table/tcp-state.js';
import { FieldNames } from '../text/field-names.js';
import { digits, fieldText, type FieldRecord } from '../text/field-record.js';
import type { RecordReader } from '../text/record-reader.js';

// Get-NetTCPConnection -State Bound | Group-Object OwningProcess
//
// Count Name                      Group
// ----- ----                      -----
// 15683 31337                     {MSFT_NetTCPConnection (InstanceID = "0.0.0.0++50000++…

/** What the groups are of, as far as a command line says it. */
export interface Grouping {
  readonly groupedBy: readonly string[];
  readonly state: string | null;
}

const OWNER = 'owningprocess';

/** Reads the counts of Group-Object, where they are of connections or endpoints. */
export class GroupRecords implements RecordReader {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  #grouping: Grouping | null = null;
  #columns = { count: -1, name: -1, group: -1 };

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
  }

  /** Count and Name are common names: in this order, or among the four of Group-Object. */
  accepts(names: readonly string[]): boolean {
    const columns = new FieldNames(names);
    const isWhole = columns.has('count') && columns.has('name') && columns.has('group') && columns.has('values');
    return isWhole || (columns.find('count') === 0 && columns.find('name') === 1);
  }

  header(names: readonly string[]): void {
    const columns = new FieldNames(names);
    this.#columns = { count: columns.find('count'), name: columns.find('name'), group: columns.find('group') };
  }

  /** The command line above the groups, where it groups connections; else null. */
  ofCommand(grouping: Grouping | null): void {
    this.#grouping = grouping;
  }

  record(record: FieldRecord, lineOf: (field: number) => number = () => record.line): void {
    const { count: column, name: nameColumn, group } = this.#columns;
    const count = digits(record, column);
    const name = this.#text(record, nameColumn);
    const ofPorts = this.#grouping !== null || /\bMSFT_Net/.test(this.#text(record, group)) || tcpState(name) !== null;
    const line = lineOf(column);
    const text = `${this.#text(record, column)} ${name}`;
    if (count < 0 || !ofPorts) {
      this.#sink.problem('unread-line', line, text);
      return;
    }
    this.#sink.setting({ kind: 'counted', count, ...whatIs(name, this.#grouping), line, text });
    this.#sink.problem('counts-only', line, text);
  }

  #text(record: FieldRecord, column: number): string {
    return fieldText(record, column, this.#context);
  }
}

/** `Bound, 31337` of `Group-Object State, OwningProcess`. */
function whatIs(
  name: string,
  grouping: Grouping | null,
): { of: 'process' | 'rows'; name: string; state: string | null } {
  const parts = name.split(/,\s*/);
  const { groupedBy = [], state = null } = grouping ?? {};
  const part = (property: string): string | null => parts[groupedBy.indexOf(property)] ?? null;
  const pid = part(OWNER);
  if (pid !== null && groupedBy.every((property) => property === OWNER || property === 'state')) {
    return { of: 'process', name: pid, state: part('state') ?? state };
  }
  return { of: 'rows', name, state };
}
