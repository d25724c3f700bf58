import type { LoggedConnection } from '../model/logged-connection.js';

/** About a quarter of an hour at 500 connections a second; older ones give way to newer ones. */
const MAX_KEPT = 500_000;

/** The latest outgoing connections that logs name, in columns: 16 bytes each. */
export class LoggedConnections {
  #atMs = new Float64Array(1024);
  #pid = new Uint32Array(1024);
  #ports = new Uint32Array(1024);
  #length = 0;
  #next = 0;
  #order: Uint32Array | null = null;

  add(connection: LoggedConnection): void {
    if (this.#next === this.#atMs.length && this.#next < MAX_KEPT) this.#grow();
    const at = this.#next % MAX_KEPT;
    this.#atMs[at] = connection.atMs;
    this.#pid[at] = connection.pid;
    this.#ports[at] = ((connection.localPort << 16) | connection.remotePort) >>> 0;
    this.#next = at + 1;
    this.#length = Math.max(this.#length, this.#next);
    this.#order = null;
  }

  /** Takes over everything that another list holds. */
  addAll(other: LoggedConnections): void {
    for (const connection of other.entries()) this.add(connection);
  }

  *entries(): Generator<LoggedConnection> {
    for (let at = 0; at < this.#length; at += 1) {
      const ports = this.#ports[at] ?? 0;
      const place = { host: null, image: '', line: 0 };
      yield {
        ...place,
        atMs: this.#atMs[at] ?? NaN,
        pid: this.#pid[at] ?? 0,
        localPort: ports >>> 16,
        remotePort: ports & 0xffff,
      };
    }
  }

  get length(): number {
    return this.#length;
  }

  /** The PID that last opened this local port towards this remote port within `windowMs` before the moment, or null. */
  ownerOf(localPort: number, remotePort: number, atMs: number, windowMs: number): number | null {
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
    const row = order[low - 1];
    if (row === undefined || this.#ports[row] !== wanted || atMs - (this.#atMs[row] ?? 0) > windowMs) return null;
    return this.#pid[row] ?? null;
  }

  /** Most connections opened in any whole minute, a second. */
  busiestPerSecond(): number {
    const perMinute = new Map<number, number>();
    for (let at = 0; at < this.#length; at += 1) {
      const minute = Math.floor((this.#atMs[at] ?? 0) / 60_000);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    return Math.max(0, ...perMinute.values()) / 60;
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
    const size = Math.min(this.#atMs.length * 2, MAX_KEPT);
    const atMs = new Float64Array(size);
    const pid = new Uint32Array(size);
    const ports = new Uint32Array(size);
    atMs.set(this.#atMs);
    pid.set(this.#pid);
    ports.set(this.#ports);
    this.#atMs = atMs;
    this.#pid = pid;
    this.#ports = ports;
  }
}
