import type { ConnectionRow } from '../../model/connection.js';

/** A fingerprint of a set of rows that does not depend on their order: the same snapshot given twice is found by it. */
export class RowSetHash {
  #sum = 0;
  #xor = 0;
  #rows = 0;

  hashRow(row: ConnectionRow): void {
    let hash = 0x811c9dc5;
    hash = mixText(hash, row.localAddress);
    hash = mixText(hash, row.remoteAddress);
    hash = mix(hash, row.localPort);
    hash = mix(hash, row.remotePort);
    hash = mix(hash, row.pid);
    hash = mix(hash, row.state * 2 + (row.transport === 'udp' ? 1 : 0));
    this.#sum = (this.#sum + hash) >>> 0;
    this.#xor = (this.#xor ^ Math.imul(hash, 0x9e3779b1)) >>> 0;
    this.#rows += 1;
  }

  toString(): string {
    return `${String(this.#rows)}-${this.#sum.toString(16)}-${this.#xor.toString(16)}`;
  }
}

/** FNV-1a over the low 32 bits of a number. */
function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ (value & 0xffff), 0x01000193);
  mixed = Math.imul(mixed ^ ((value >>> 16) & 0xffff), 0x01000193);
  return mixed;
}

function mixText(hash: number, text: string): number {
  let mixed = hash;
  for (let index = 0; index < text.length; index += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193);
  }
  return mixed;
}
