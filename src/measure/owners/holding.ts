import { LEDGER_CLASSES, type LedgerClass } from '../../model/report-ports.js';
import { SourceList, type SourceRef } from '../../model/source-ref.js';
import { emptyCounts } from '../pools/port-ledger.js';

/** How a port is known to be a consumer's: by a PID in the table, by a log that names it, or as its own tuple while it was alive. */
export type KnownRung = 'owned' | 'logged' | 'sameTuple';

/** What goes towards one destination: parts of ports, and the connections on them. */
export interface Towards {
  ports: number;
  connections: number;
}

/** What one consumer held in one snapshot, in ports of the primary pool. */
export interface Holding {
  readonly consumer: number;
  /** Ports it has a live or Bound row on; of a port that others hold too its part, as far as the table tells who they are. */
  readonly owned: Record<LedgerClass, number>;
  /** The same by PID, all classes together. */
  readonly pids: Map<number, number>;
  /** Ports whose holders are all known, in the consumer's parts, by how they are known. */
  readonly settled: Record<KnownRung, number>;
  /** Its rows, each Bound twin with its connection: one. */
  connections: number;
  /** Live and Bound ports with nobody else's row on the same address, and no TIME_WAIT: free as soon as it is stopped. */
  exclusive: number;
  /** Ports as in `settled`, connections as in `connections`. */
  readonly destinations: Map<number, Towards>;
  /** CreationTime of its Bound, CloseWait and Established ports (UTC milliseconds), where captured. */
  readonly createdMs: Record<AgedClass, number[]>;
  /** The first row of each class that it owns. */
  readonly refOf: Partial<Record<LedgerClass, SourceRef>>;
  readonly sources: SourceList;
}

/** Classes whose sockets' age says when a leak began and how fast it goes. */
const AGED_CLASSES = ['bound', 'closeWait', 'established'] as const satisfies readonly LedgerClass[];
export type AgedClass = (typeof AGED_CLASSES)[number];

export function isAged(name: LedgerClass): name is AgedClass {
  return name === 'bound' || name === 'closeWait' || name === 'established';
}

export function holdingOf(holdings: Map<number, Holding>, consumer: number): Holding {
  let holding = holdings.get(consumer);
  if (holding === undefined) {
    holding = {
      consumer,
      owned: emptyCounts(),
      pids: new Map(),
      settled: { owned: 0, logged: 0, sameTuple: 0 },
      connections: 0,
      exclusive: 0,
      destinations: new Map(),
      createdMs: { bound: [], closeWait: [], established: [] },
      refOf: {},
      sources: new SourceList(),
    };
    holdings.set(consumer, holding);
  }
  return holding;
}

/** Several consumers that turned out to be one: of what the report says of its sockets. */
export function joinedHolding(first: Holding, others: readonly Holding[], consumer: number): Holding {
  const holding = { ...first, consumer, owned: { ...first.owned }, createdMs: { ...first.createdMs } };
  for (const { owned } of others) for (const name of LEDGER_CLASSES) holding.owned[name] += owned[name];
  for (const name of AGED_CLASSES) {
    holding.createdMs[name] = [first, ...others].flatMap(({ createdMs }) => createdMs[name]);
  }
  return holding;
}

/** Adds to what goes towards a destination. */
export function addTowards(
  destinations: Map<number, Towards>,
  destination: number | null,
  ports: number,
  connections: number,
): void {
  if (destination === null) return;
  const towards = destinations.get(destination) ?? { ports: 0, connections: 0 };
  towards.ports += ports;
  towards.connections += connections;
  destinations.set(destination, towards);
}

/** With fewer ports than this a process is not what a consumer of several processes is about. */
const MAIN_PROCESS_PORTS = 100;
const MAIN_PROCESS_SHARE = 0.9;

/** The process that holds nearly all of the ports of a consumer; null where none does. */
export function mainPidOf(pids: ReadonlyMap<number, number>): number | null {
  const all = [...pids.values()].reduce((total, ports) => total + ports, 0);
  const main = [...pids].find(([, ports]) => ports >= Math.max(all * MAIN_PROCESS_SHARE, MAIN_PROCESS_PORTS));
  return main?.[0] ?? null;
}
