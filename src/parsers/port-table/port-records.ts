import ipaddr from 'ipaddr.js';
import { TcpState, UNKNOWN, type ConnectionRow } from '../../model/connection.js';
import { nameOfOwner } from '../../model/owner-by-name.js';
import { MAX_PORT } from '../../model/port.js';
import { ByteInterner } from '../text/byte-interner.js';
import { FieldNames } from '../text/field-names.js';
import { digits, fieldsOf, type FieldRecord, fieldText } from '../text/field-record.js';
import { RecordSnapshots } from './record-snapshots.js';
import type { RecordReader } from '../text/record-reader.js';
import type { ParserContext, RecordSink, SnapshotHeader } from '../parser.js';
import { parseStamp } from '../text/parse-stamp.js';
import { cmdletNames, LOCAL_PORT_NAMES, REMOTE_PORT_NAMES } from './other-names.js';
import { isCut, stateBegunBy, tcpState } from './tcp-state.js';

/** A port table, TCP or UDP or both: it has local ports. `Status`, `EnabledState` and `RequestedState` are not the state. */
export function isPortTable(columns: FieldNames): boolean {
  return columns.has(...LOCAL_PORT_NAMES);
}

/** True when the header has what only connections have. */
export function isTcpTable(columns: FieldNames): boolean {
  return isPortTable(columns) && columns.has('state', 'remoteaddress', ...REMOTE_PORT_NAMES);
}

interface State {
  readonly state: TcpState;
  readonly unknown: string | null;
  readonly isCut: boolean;
}

const ASTERISK = 0x2a;
/** `fe80::5967:489f...`, `198.51.10…` */
const CUT_ADDRESS = /^(?:\d[\d.]*|[\da-f]*:[\da-f:]*)(?:\.\.\.|\u2026)$/i;
/** Protocol numbers of IANA: 6 is TCP. */
const UDP_PROTOCOL = 17;
const GROUPED_BY: ReadonlySet<string> = new Set([
  ...['state', 'owningprocess', 'localaddress', 'localport', 'remoteaddress', 'remoteport', 'appliedsetting'],
]);
const BOUND: State = { state: TcpState.Bound, unknown: null, isCut: false };
const NO_STATE: State = { state: TcpState.Other, unknown: null, isCut: false };
const MIB_STATES: ReadonlySet<number> = new Set<number>(
  Object.values(TcpState).filter((state) => state !== TcpState.Other),
);

/** Reads records of Get-NetTCPConnection or Get-NetUDPEndpoint, whatever properties were chosen, into the sink. */
export class PortRecords implements RecordReader {
  readonly #fileTransport: 'tcp' | 'udp';
  #transport: 'tcp' | 'udp';
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly snapshots: RecordSnapshots;
  readonly #states: ByteInterner<State>;
  readonly #addresses: ByteInterner<string | null>;
  readonly #created: ByteInterner<number>;
  readonly #owners: ByteInterner;
  readonly #namesByPid = new Map<number, string>();
  readonly #row: ConnectionRow;
  #column = columnsOf(new FieldNames([]));
  /** Of the rows that no column gives one. */
  #groupState = NO_STATE;
  /** A line that says what the rows of the next table have in common. */
  #group: { readonly name: string; readonly value: string } | null = null;

  /** `transport`: of tables with remote ends, where no field says which. */
  constructor(transport: 'tcp' | 'udp', sink: RecordSink, context: ParserContext) {
    this.#fileTransport = transport;
    this.#transport = transport;
    this.#sink = sink;
    this.#context = context;
    this.snapshots = new RecordSnapshots(sink, context);
    this.#states = new ByteInterner((bytes) => stateOf(context.decode(bytes)));
    this.#addresses = new ByteInterner((bytes) => addressOf(context.decode(bytes)));
    this.#owners = new ByteInterner((bytes) => nameOfOwner(context.decode(bytes)));
    this.#created = new ByteInterner((bytes) => this.#stampIndex(context.decode(bytes).trim()));
    this.#row = {
      transport,
      state: TcpState.None,
      unknownState: null,
      localAddress: '',
      localPort: 0,
      remoteAddress: '',
      remotePort: UNKNOWN,
      pid: UNKNOWN,
      owner: '',
      ageMs: NaN,
      created: UNKNOWN,
      line: 1,
    };
  }

  accepts(names: readonly string[]): boolean {
    return isPortTable(new FieldNames(names));
  }

  header(names: readonly string[], line: number): void {
    const ours = cmdletNames(names);
    const columns = new FieldNames(ours);
    this.#column = columnsOf(columns);
    const group = this.#group;
    this.#group = null;
    this.#groupState = group?.name === 'state' ? stateOf(group.value) : NO_STATE;
    // Both tables may have been appended to one file.
    this.#transport = isTcpTable(columns) || group?.name === 'state' ? this.#fileTransport : 'udp';
    if (this.#transport === 'tcp' && this.#column.state < 0 && group?.name !== 'state') {
      this.#sink.problem('missing-column', line, 'State');
    }
    const cannotShow: SnapshotHeader['cannotShow'][number][] = [this.#transport === 'tcp' ? 'udp' : 'tcp'];
    // A row that names one takes it back.
    if (this.#column.pid < 0) cannotShow.push('owner');
    // Other tools ask Windows for connections and listeners only.
    if (ours !== names) cannotShow.push('bound');
    this.snapshots.header(columns, cannotShow, group !== null);
  }

  /** `   State: TimeWait`: Format-Table -GroupBy prints one table of connections in parts. */
  heading(name: string, value: string): boolean {
    const key = name.toLowerCase();
    if (!GROUPED_BY.has(key) || (key === 'state' && stateOf(value).unknown !== null)) return false;
    this.#group = { name: key, value };
    return true;
  }

  record(record: FieldRecord): void {
    const column = this.#column;
    const row = this.#row;
    const localPort = digits(record, column.localPort);
    if (localPort < 0 || localPort > MAX_PORT) {
      this.#badPort(record, column.localPort);
      return;
    }
    const remotePort = digits(record, column.remotePort);
    if (remotePort > MAX_PORT || (remotePort < 0 && !isBlank(record, column.remotePort))) {
      this.#badPort(record, column.remotePort);
      return;
    }
    const localAddress = this.#address(record, column.localAddress);
    const remoteAddress = this.#address(record, column.remoteAddress);
    if (localAddress === null || remoteAddress === null) {
      this.#sink.problem('bad-address', record.line, this.#shown(record));
      return;
    }
    row.line = record.line;
    row.transport = this.#transportOf(record);
    const state = row.transport === 'udp' ? NO_STATE : this.#state(record);
    if (state.isCut || isCut(localAddress) || isCut(remoteAddress)) {
      this.#sink.problem('cut-by-window', record.line, this.#shown(record));
    }
    row.state = row.transport === 'udp' ? TcpState.None : state.state;
    row.unknownState = state.unknown;
    row.localAddress = localAddress;
    row.localPort = localPort;
    row.remoteAddress = remoteAddress;
    const isConnected = remotePort > 0 || (remotePort === 0 && (row.transport === 'tcp' || remoteAddress !== ''));
    row.remotePort = isConnected ? remotePort : UNKNOWN;
    this.#readOwner(record);
    this.snapshots.row(record);
    row.created = column.created < 0 ? UNKNOWN : this.#interned(this.#created, record, column.created);
    this.#sink.connection(row);
    if (column.processName >= 0 && row.pid >= 0) this.#processName(record, row.pid);
  }

  /** By PID, else by name; what waits in TIME_WAIT has no owner, whatever it is called. */
  #readOwner(record: FieldRecord): void {
    const { pid, processName } = this.#column;
    const row = this.#row;
    row.owner = '';
    row.pid = digits(record, pid);
    if (row.pid < 0 && !isBlank(record, pid)) this.#sink.problem('bad-number', record.line, this.#shown(record));
    if (row.pid < 0) row.pid = digits(record, processName);
    if (row.pid < 0 && row.state !== TcpState.TimeWait) row.owner = this.#interned(this.#owners, record, processName);
  }

  #interned<Value>(interner: ByteInterner<Value>, record: FieldRecord, column: number): Value {
    return interner.get(record.bytes, record.starts[column] ?? 0, record.ends[column] ?? 0);
  }

  #address(record: FieldRecord, column: number): string | null {
    return column < 0 ? '' : this.#interned(this.#addresses, record, column);
  }

  #state(record: FieldRecord): State {
    if (this.#column.state < 0) return this.#groupState;
    const state = this.#interned(this.#states, record, this.#column.state);
    // Nothing at the other end, and no number of a listener or a connection: bound.
    if (state.unknown !== null && /^\d+$/.test(state.unknown) && digits(record, this.#column.remotePort) === 0) {
      this.#sink.problem('taken-for-bound', record.line, this.#shown(record));
      return BOUND;
    }
    if (state.unknown !== null && !state.isCut) this.#sink.problem('unknown-state', record.line, this.#shown(record));
    return state;
  }

  #transportOf(record: FieldRecord): 'tcp' | 'udp' {
    if (this.#column.protocol < 0) return this.#transport;
    const protocol = digits(record, this.#column.protocol);
    if (protocol > 0) return protocol === UDP_PROTOCOL ? 'udp' : 'tcp';
    const letter = (record.bytes[record.starts[this.#column.protocol] ?? 0] ?? 0) | 0x20;
    return letter === 0x75 ? 'udp' : letter === 0x74 ? 'tcp' : this.#transport;
  }

  /** A header repeated by an appended export is one, not a row with a bad port. */
  #badPort(record: FieldRecord, column: number): void {
    if (fieldText(record, column, this.#context).toLowerCase() === 'localport') {
      this.header(fieldsOf(record, this.#context), record.line);
      return;
    }
    this.#sink.problem('bad-port', record.line, this.#shown(record));
  }

  #stampIndex(text: string): number {
    if (text === '') return UNKNOWN;
    const stamp = parseStamp(text);
    if (stamp !== null) return this.#sink.stamp(stamp);
    this.#sink.problem('bad-time', this.#row.line, text);
    return UNKNOWN;
  }

  #processName(record: FieldRecord, pid: number): void {
    const image = fieldText(record, this.#column.processName, this.#context);
    if (image === '' || this.#namesByPid.get(pid) === image) return;
    this.#namesByPid.set(pid, image);
    const { line } = record;
    this.#sink.process({ pid, image, services: [], user: null, commandLine: null, startedAt: null, line });
  }

  #shown(record: FieldRecord): string {
    return fieldsOf(record, this.#context)
      .filter((text) => text !== '')
      .join(',');
  }
}

function columnsOf(columns: FieldNames) {
  return {
    localAddress: columns.find('localaddress'),
    localPort: columns.find('localport'),
    remoteAddress: columns.find('remoteaddress'),
    remotePort: columns.find('remoteport'),
    state: columns.find('state'),
    pid: columns.find('owningprocess', 'pid', 'processid', 'owningpid'),
    created: columns.find('creationtime'),
    protocol: columns.find('protocol'),
    processName: columns.find('processname', 'owningprocessname', 'process', 'imagename'),
  } as const;
}

/** Empty, or the `*` of a socket that is not connected. */
function isBlank(record: FieldRecord, column: number): boolean {
  const start = record.starts[column] ?? 0;
  const length = (record.ends[column] ?? 0) - start;
  return column < 0 || length === 0 || (length === 1 && record.bytes[start] === ASTERISK);
}

/** A state word, or its number where the type got lost on the way (ConvertTo-Csv of a deserialised object). */
function stateOf(text: string): State {
  const word = text.trim();
  const number = /^\d{1,3}$/.test(word) ? Number(word) : NaN;
  const cut = isCut(word);
  const named = cut ? stateBegunBy(word) : tcpState(word);
  const state = Number.isNaN(number) ? named : isState(number) ? number : null;
  return state === null ? { state: TcpState.Other, unknown: word, isCut: cut } : { state, unknown: null, isCut: cut };
}

function isState(number: number): number is TcpState {
  return number > 0 && MIB_STATES.has(number);
}

/** The address without brackets and zone, or as much of one as a window left; null for anything that is not a numeric address. An empty one stays empty. */
function addressOf(text: string): string | null {
  const address = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  if (address === '*') return '';
  if (CUT_ADDRESS.test(address)) return address;
  if (address === '' || ipaddr.IPv4.isValidFourPartDecimal(address)) return address;
  return address.includes(':') && ipaddr.IPv6.isValid(address) ? address : null;
}
