/** Standard deviations by which a count may lie below what is to be expected. */
const DEVIATIONS = 3;
/**
 * Where more than every other port comes round to the same destination, those that do not are too few to count the rest by: how
 * evenly ports are handed out is not known so well.
 */
const CHANCE_LIMIT = 0.5;

/** The waiting tuples towards one destination around a gap between two snapshots. */
interface DestinationTurnover {
  readonly before: number;
  /** Of those, the ones that wait in the later snapshot too. */
  readonly stayed: number;
  /** Tuples that wait in the later snapshot only. */
  readonly fresh: number;
}

/** The whole host around the same gap. */
interface PoolTurnover {
  /** Fewest free ports of the two snapshots; 0 where it is not known that any were. */
  readonly free: number;
  /** Waiting tuples of every destination. */
  readonly stock: number;
  readonly fresh: number;
}

/**
 * Of the tuples towards a destination that wait on both sides of a gap, the share that went and were opened anew in between, at most.
 *
 * A tuple that went comes back when another connection to the same destination is given its port. Windows gives out free ports at
 * random, so a destination finds its own old port again as often as its share of the ports that were free or came free, whatever the
 * delay. What did not come back tells how many went: of those that went, all but this chance are missing.
 */
export function reopenedShare(turnover: DestinationTurnover, pool: PoolTurnover): number {
  const { before, stayed } = turnover;
  if (stayed === 0 || before === 0) return 0;
  const chance = chanceOfReturn(turnover, pool);
  if (chance > CHANCE_LIMIT) return 1;
  const gone = before - stayed;
  const goneAtMost = gone + DEVIATIONS * Math.sqrt(Math.max(gone, 1));
  const went = Math.min(goneAtMost / (1 - chance), before);
  return Math.min((went * chance) / stayed, 1);
}

/** No port comes round more often than its destination opened connections for each port that was free all along. */
function chanceOfReturn({ before, stayed, fresh }: DestinationTurnover, pool: PoolTurnover): number {
  const stock = Math.max(before, stayed + fresh);
  const share = Math.min(stock / Math.max(pool.free + pool.stock, 1), 1);
  if (share === 1) return 1;
  // Connections that came upon a tuple of their own do not look new.
  const opened = (count: number): number => (count + DEVIATIONS * Math.sqrt(count)) / (1 - share);
  const alwaysFree = pool.free - opened(pool.fresh);
  // Half of what was opened came before the port was free again.
  return alwaysFree < 1 ? share : Math.min(share, opened(fresh) / 2 / alwaysFree);
}
