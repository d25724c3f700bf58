import type { TableInterval } from '../../src/measure/tuples/table-interval.js';

/** An interval from second 0 in a nearly empty pool, towards one destination. */
export function intervalOf(seconds: number, newTuples: number, rest: Partial<TableInterval> = {}): TableInterval {
  return {
    fromMs: 0,
    toMs: seconds * 1000,
    errorSeconds: 1,
    newTuples,
    newPorts: newTuples,
    freeBefore: 1e9,
    freeAfter: 1e9,
    logged: 0,
    closes: 0,
    newByDestination: new Map([[7, newTuples]]),
    endings: new Map(),
    exhausted: false,
    ...rest,
  };
}
