import { UNKNOWN, type ConnectionRow, type Interner } from './connection.js';
import { pidOfName } from './owner-by-name.js';

const FIRST_CAPACITY = 1024;

/**
 * The rows of one snapshot in columns: about 30 bytes a row instead of an object. Addresses, and owners known by name only, are ids of the
 * `addresses` interner that all snapshots of a capture share. Grows by doubling; the reader caps the number of rows.
 */
export class ConnectionTable {
  readonly addresses: Interner;
  length = 0;
  /** 1 = UDP. */
  udp = new Uint8Array(FIRST_CAPACITY);
  state = new Uint8Array(FIRST_CAPACITY);
  localAddress = new Uint32Array(FIRST_CAPACITY);
  localPort = new Uint16Array(FIRST_CAPACITY);
  remoteAddress = new Uint32Array(FIRST_CAPACITY);
  /** UNKNOWN (-1) where the file prints a name or `*`. */
  remotePort = new Int32Array(FIRST_CAPACITY);
  /** UNKNOWN (-1) where the file has no PID; below it a name, see `nameIdOf`. */
  pid = new Int32Array(FIRST_CAPACITY);
  /** Time in state in milliseconds, NaN where not printed. */
  ageMs = new Float32Array(FIRST_CAPACITY);
  /** Creation time as UTC milliseconds, NaN where unknown. */
  createdMs = new Float64Array(FIRST_CAPACITY);
  line = new Uint32Array(FIRST_CAPACITY);

  constructor(addresses: Interner) {
    this.addresses = addresses;
  }

  addRow(row: ConnectionRow, createdMs: number): void {
    if (this.length === this.udp.length) this.#grow();
    const index = this.length;
    this.udp[index] = row.transport === 'udp' ? 1 : 0;
    this.state[index] = row.state;
    this.localAddress[index] = this.addresses.idOf(row.localAddress);
    this.localPort[index] = row.localPort;
    this.remoteAddress[index] = this.addresses.idOf(row.remoteAddress);
    this.remotePort[index] = row.remotePort;
    this.pid[index] = row.owner === '' ? row.pid : pidOfName(this.addresses.idOf(row.owner));
    this.ageMs[index] = row.ageMs;
    this.createdMs[index] = createdMs;
    this.line[index] = row.line;
    this.length = index + 1;
  }

  /** One row read back; fields that a typed array cannot be without are read as unknown. */
  row(index: number): TableRow {
    return {
      udp: this.udp[index] === 1,
      state: this.state[index] ?? 0,
      localAddress: this.localAddress[index] ?? 0,
      localPort: this.localPort[index] ?? 0,
      remoteAddress: this.remoteAddress[index] ?? 0,
      remotePort: this.remotePort[index] ?? UNKNOWN,
      pid: this.pid[index] ?? UNKNOWN,
      ageMs: this.ageMs[index] ?? NaN,
      createdMs: this.createdMs[index] ?? NaN,
      line: this.line[index] ?? 0,
    };
  }

  #grow(): void {
    const capacity = this.udp.length * 2;
    this.udp = grown(this.udp, new Uint8Array(capacity));
    this.state = grown(this.state, new Uint8Array(capacity));
    this.localAddress = grown(this.localAddress, new Uint32Array(capacity));
    this.localPort = grown(this.localPort, new Uint16Array(capacity));
    this.remoteAddress = grown(this.remoteAddress, new Uint32Array(capacity));
    this.remotePort = grown(this.remotePort, new Int32Array(capacity));
    this.pid = grown(this.pid, new Int32Array(capacity));
    this.ageMs = grown(this.ageMs, new Float32Array(capacity));
    this.createdMs = grown(this.createdMs, new Float64Array(capacity));
    this.line = grown(this.line, new Uint32Array(capacity));
  }
}

/** A row as numbers; addresses are ids of the table's interner. */
export interface TableRow {
  readonly udp: boolean;
  readonly state: number;
  readonly localAddress: number;
  readonly localPort: number;
  readonly remoteAddress: number;
  readonly remotePort: number;
  readonly pid: number;
  readonly ageMs: number;
  readonly createdMs: number;
  readonly line: number;
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
