import { Interner } from '../../model/connection.js';
import { comparableAddress } from '../../model/endpoint.js';
import { largest } from '../../model/extremes.js';
import type { LoggedConnection } from '../../model/logged-connection.js';

/** About a quarter of an hour at 500 connections a second; older ones give way to newer ones. */
const MAX_KEPT = 500_000;
/** Room for the first ones; most hosts of a forwarded log have none or a few. */
const FIRST_KEPT = 64;
const NO_TIMES = new Float64Array(0);
const NO_NUMBERS = new Uint32Array(0);

/** Who opened a connection, and when. */
export type LoggedOpening = Pick<LoggedConnection, 'pid' | 'image' | 'atMs'>;

/** The latest outgoing connections that logs name, in columns: 24 bytes each. */
export class LoggedConnections {
  readonly #texts = new Interner();
  #atMs = NO_TIMES;
  #pid = NO_NUMBERS;
  #ports = NO_NUMBERS;
  #address = NO_NUMBERS;
  #image = NO_NUMBERS;
  #length = 0;
  #next = 0;
  #order: Uint32Array | null = null;

  addConnection(connection: Omit<LoggedConnection, 'host' | 'line'>): void {
    if (this.#next === this.#atMs.length && this.#next < MAX_KEPT) this.#grow();
    const at = this.#next % MAX_KEPT;
    this.#atMs[at] = connection.atMs;
    this.#pid[at] = connection.pid;
    this.#ports[at] = ((connection.localPort << 16) | connection.remotePort) >>> 0;
    this.#address[at] = this.#texts.idOf(comparableAddress(connection.remoteAddress));
    this.#image[at] = this.#texts.idOf(connection.image);
    this.#next = at + 1;
    this.#length = Math.max(this.#length, this.#next);
    this.#order = null;
  }

  /** Takes over everything that another list holds. */
  addAll(other: LoggedConnections): void {
    for (const connection of other.#entries()) this.addConnection(connection);
  }

  /** The openings from one moment to another (UTC milliseconds, the later one excluded). */
  between(fromMs: number, toMs: number): LoggedConnections {
    const part = new LoggedConnections();
    for (const connection of this.#entries()) {
      if (connection.atMs >= fromMs && connection.atMs < toMs) part.addConnection(connection);
    }
    return part;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Who last opened this local port towards this remote endpoint within `windowMs` before the moment, or null. The remote address
   * decides where both sides have one in numbers (`comparableAddress`).
   */
  openingOf(
    localPort: number,
    remoteAddress: string,
    remotePort: number,
    atMs: number,
    windowMs: number,
  ): LoggedOpening | null {
    const wanted = ((localPort << 16) | remotePort) >>> 0;
    const order = this.#sorted();
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = order[middle] ?? 0;
      const ports = this.#ports[row] ?? 0;
      if (ports < wanted || (ports === wanted && (this.#atMs[row] ?? 0) <= atMs)) low = middle + 1;
      else high = middle;
    }
    for (let at = low - 1; at >= 0; at -= 1) {
      const row = order[at] ?? 0;
      const openedMs = this.#atMs[row] ?? 0;
      if (this.#ports[row] !== wanted || atMs - openedMs > windowMs) return null;
      if (!isSame(this.#texts.valueOf(this.#address[row] ?? 0), remoteAddress)) continue;
      return { pid: this.#pid[row] ?? 0, image: this.#texts.valueOf(this.#image[row] ?? 0), atMs: openedMs };
    }
    return null;
  }

  /** Most connections opened in any whole minute. */
  busiestMinute(): number {
    const perMinute = new Map<number, number>();
    for (let at = 0; at < this.#length; at += 1) {
      const minute = Math.floor((this.#atMs[at] ?? 0) / 60_000);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    return Math.max(0, largest(perMinute.values()));
  }

  *#entries(): Generator<Omit<LoggedConnection, 'host' | 'line'>> {
    for (let at = 0; at < this.#length; at += 1) {
      const ports = this.#ports[at] ?? 0;
      yield {
        atMs: this.#atMs[at] ?? NaN,
        pid: this.#pid[at] ?? 0,
        image: this.#texts.valueOf(this.#image[at] ?? 0),
        localPort: ports >>> 16,
        remoteAddress: this.#texts.valueOf(this.#address[at] ?? 0),
        remotePort: ports & 0xffff,
      };
    }
  }

  /** Row numbers by ports, then time. */
  #sorted(): Uint32Array {
    if (this.#order !== null) return this.#order;
    const order = Uint32Array.from({ length: this.#length }, (_, index) => index);
    order.sort(
      (a, b) => (this.#ports[a] ?? 0) - (this.#ports[b] ?? 0) || (this.#atMs[a] ?? 0) - (this.#atMs[b] ?? 0) || a - b,
    );
    this.#order = order;
    return order;
  }

  #grow(): void {
    const size = Math.min(Math.max(this.#atMs.length * 2, FIRST_KEPT), MAX_KEPT);
    const atMs = new Float64Array(size);
    atMs.set(this.#atMs);
    this.#atMs = atMs;
    this.#pid = grown(this.#pid, size);
    this.#ports = grown(this.#ports, size);
    this.#address = grown(this.#address, size);
    this.#image = grown(this.#image, size);
  }
}

/** A table without `-n` prints names, an event may lack the address: the ports then have to do. */
function isSame(logged: string, shown: string): boolean {
  return logged === shown || logged === '' || !/^[\d.]+$|:/.test(shown);
}

function grown(from: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(size);
  to.set(from);
  return to;
}
