import { PortSet } from './port-set.js';

/**
 * The ports of the auto-reuse range. A port is chosen only once the remote end is known, so that one port may serve many remote
 * endpoints at the same time, each of them once; what runs out is the ports towards one endpoint.
 */
export class AutoReuseRange {
  readonly usable: number;
  readonly #ports: readonly number[];
  readonly #inRange = new Uint8Array(65_536);
  /** For each remote endpoint the ports that are not in use towards it. */
  readonly #freeFor = new Map<number, PortSet>();
  readonly #sockets = new Uint16Array(65_536);
  #inUse = 0;
  #mostTowardsOne = 0;
  #cursor: number;

  constructor(ports: readonly number[], firstPort: number) {
    this.#ports = ports;
    this.usable = ports.length;
    for (const port of ports) this.#inRange[port] = 1;
    this.#cursor = firstPort;
  }

  /** Distinct ports on which anything is open. */
  get inUse(): number {
    return this.#inUse;
  }

  /** The most ports that one remote endpoint has had at a time. */
  get mostTowardsOne(): number {
    return this.#mostTowardsOne;
  }

  has(port: number): boolean {
    return this.#inRange[port] === 1;
  }

  /** The next port in turn whose pair with this remote endpoint does not exist, -1 when every pair does. */
  next(remote: number): number {
    const port = this.#freePorts(remote).nextFrom(this.#cursor);
    if (port >= 0) this.#cursor = port + 1;
    return port;
  }

  opened(port: number, remote: number): void {
    const free = this.#freePorts(remote);
    free.delete(port);
    const sockets = this.#sockets[port] ?? 0;
    this.#sockets[port] = sockets + 1;
    if (sockets === 0) this.#inUse++;
    this.#mostTowardsOne = Math.max(this.#mostTowardsOne, this.usable - free.size);
  }

  closed(port: number, remote: number): void {
    this.#freePorts(remote).add(port);
    const sockets = (this.#sockets[port] ?? 1) - 1;
    this.#sockets[port] = sockets;
    if (sockets === 0) this.#inUse--;
  }

  #freePorts(remote: number): PortSet {
    let free = this.#freeFor.get(remote);
    if (free === undefined) {
      free = new PortSet();
      for (const port of this.#ports) free.add(port);
      this.#freeFor.set(remote, free);
    }
    return free;
  }
}
