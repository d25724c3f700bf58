import type { HostFacts } from '../../measure/facts.js';
import { isKubernetesNode } from './excluded-blocks.js';
import { lastPort, MAX_PORT, WINDOWS_DEFAULT_RANGE, type PortRange } from '../../model/port.js';

/** Below it netsh refuses (Microsoft, KB 929851); start 1024 is seen in the wild and accepted on input only. */
export const LOWEST_START = 1025;
/**
 * Where no listener was captured a range starts no lower than here: it is the start of Microsoft's own examples (KB 929851), and the
 * well-known ports of databases, remote desktops, web servers and management lie below.
 */
const CAUTIOUS_START = 10_000;
/**
 * A node of Kubernetes serves 30000–32767 (NodePort, the default of kube-apiserver's --service-node-port-range) without a listener that
 * netstat would show.
 */
const ABOVE_NODE_PORTS = 32_768;
/** Round starts are easier to remember and to write into firewall rules. */
export const ROUND_TO = 1000;

/** What a range would offer on this host: listeners inside it and exclusions taken off, where they are. */
export class UsablePorts {
  readonly #excluded: Uint8Array;
  readonly #listening: Uint8Array;
  /** Ports of the other TCP pool: the auto-reuse range for a dynamic one, and the other way round. */
  readonly #elsewhere: Uint8Array;
  /** No range is to start below it. */
  protected readonly lowest: number;

  constructor(facts: HostFacts) {
    this.#excluded = new Uint8Array(MAX_PORT + 1);
    this.#listening = new Uint8Array(MAX_PORT + 1);
    for (const { record } of facts.evidence.settings) {
      if (record.kind === 'exclusion' && (record.transport ?? 'tcp') === 'tcp') {
        this.#excluded.fill(1, record.start, record.end + 1);
      }
    }
    for (const { port } of facts.listeners) this.#listening[port] = 1;
    this.#elsewhere = new Uint8Array(MAX_PORT + 1);
    const { range, kind } = facts.pool;
    const other = facts.pools.find(({ id }) => id === (kind === 'dynamic' ? 'tcp-auto-reuse' : 'tcp'));
    if (other !== undefined) this.#elsewhere.fill(1, other.range.start, lastPort(other.range) + 1);
    // Which of two ranges that overlap today has the ports is not known; they count as they do in the ledger.
    this.#elsewhere.fill(0, range.start, lastPort(range) + 1);
    const cautious = isKubernetesNode(facts) ? ABOVE_NODE_PORTS : facts.listeners.length > 0 ? 0 : CAUTIOUS_START;
    this.lowest = Math.max(Math.min(cautious, range.start), LOWEST_START);
  }

  /** The widest range there can be. */
  get widest(): PortRange {
    return upTo(this.lowest);
  }

  /** Ports of a range that belong to the other TCP pool. */
  elsewhereIn(range: PortRange): number {
    return this.#elsewhere.subarray(range.start, lastPort(range) + 1).reduce((total, one) => total + one, 0);
  }

  #isFree(port: number): boolean {
    return this.#excluded[port] === 0 && this.#listening[port] === 0 && this.#elsewhere[port] === 0;
  }

  usable(range: PortRange): number {
    let usable = 0;
    for (let port = range.start; port < range.start + range.count; port += 1) {
      if (this.#isFree(port)) usable += 1;
    }
    return usable;
  }

  /** Listeners that a range would take in, in port order. */
  listenersIn(range: PortRange): number[] {
    const ports: number[] = [];
    for (let port = range.start; port < range.start + range.count; port += 1) {
      if (this.#listening[port] === 1) ports.push(port);
    }
    return ports;
  }

  /**
   * The range as it is where it offers the usable ports asked for; else the highest start whose range up to 65535 does, rounded
   * down to a thousand where no further listener is taken in; null when even the lowest start does not.
   */
  smallest(current: PortRange, usableNeeded: number): PortRange | null {
    return this.usable(current) >= usableNeeded ? current : this.#upToTheEnd(current, usableNeeded);
  }

  /**
   * For a demand known only as "at least": the range that carries this much and, beyond it, everything down to the next listener.
   */
  largestAboveListeners(current: PortRange, usableNeeded: number): PortRange | null {
    const enough = this.#upToTheEnd(current, usableNeeded);
    if (enough === null) return this.smallest(current, usableNeeded);
    let start = enough.start;
    while (start > this.lowest && this.#listening[start - 1] === 0) start -= 1;
    const rounded = Math.max(Math.ceil(start / ROUND_TO) * ROUND_TO, this.lowest);
    const largest = upTo(start > this.lowest && rounded <= enough.start ? rounded : start);
    return this.usable(largest) > this.usable(current) + 1 ? largest : current;
  }

  /** A range that ends before the last ports is no base to go down from: the default range is. */
  #upToTheEnd(current: PortRange, usableNeeded: number): PortRange | null {
    const reachesTheEnd = lastPort(current) >= MAX_PORT - 1;
    const base = Math.max(current.start, reachesTheEnd ? this.lowest : WINDOWS_DEFAULT_RANGE.start);
    let usable = this.usable(upTo(base));
    let start = base;
    while (usable < usableNeeded && start > this.lowest) {
      start -= 1;
      if (this.#isFree(start)) usable += 1;
    }
    if (usable < usableNeeded) return null;
    return upTo(start === base ? start : this.#rounded(start));
  }

  #rounded(start: number): number {
    const target = Math.max(Math.floor(start / ROUND_TO) * ROUND_TO, this.lowest);
    for (let port = start - 1; port >= target; port -= 1) if (this.#listening[port] === 1) return start;
    return target;
  }
}

function upTo(start: number): PortRange {
  return { start, count: MAX_PORT - start + 1 };
}
