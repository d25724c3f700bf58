import { RARE_DEVIATIONS } from '../numbers/standard-deviations.js';

/**
 * Where more than four of five ports come round to the same destination, the few that do not are no measure of the rest: how evenly
 * ports are handed out is not known so well.
 */
const CHANCE_LIMIT = 0.8;

/** The waiting tuples towards one destination, or towards all, around a gap between two snapshots. */
interface TuplesGone {
  readonly before: number;
  /** Of those, the ones that wait in the later snapshot too. */
  readonly stayed: number;
  /** Tuples that wait in the later snapshot only. */
  readonly fresh: number;
}

/** The whole host around the same gap. */
interface PortsGone extends TuplesGone {
  /** Fewest free ports of the two snapshots; 0 where it is not known that any were. */
  readonly free: number;
  /** Ports that wait in the other address family, and come free beside these. */
  readonly others: number;
}

/**
 * Of the tuples towards a destination that wait on both sides of a gap, the share that went and were opened anew in between, at most.
 *
 * A tuple that went comes back when another connection to the same destination is given its port. Windows gives out free ports at
 * random, so a destination finds its own old port again as often as its share of the ports that were free or came free, whatever the
 * delay. What did not come back tells how many went: of those that went, all but this chance are missing.
 */
export function reuseProbability(turnover: TuplesGone, pool: PortsGone): number {
  const { before, stayed, fresh } = turnover;
  if (stayed === 0 || before === 0) return 0;
  const share = shareOfPorts(turnover, pool);
  if (share > CHANCE_LIMIT) return 1;
  // Ports that were free all along: no more can have been taken for a while than came free again.
  const alwaysFree = pool.free - Math.min(atMost(pool.fresh), wentAtMost(pool, shareOfPorts(pool, pool)));
  // Connections that came upon a tuple of their own do not look new. Half of all came before the port was free again.
  const opened = atMost(fresh + share * wentAtMost(turnover, share));
  const chance = alwaysFree < 1 ? share : Math.min(share, opened / 2 / alwaysFree);
  return Math.min((wentAtMost(turnover, chance) * chance) / stayed, 1);
}

/** The share of the ports that were free or came free which the tuples at the end of the gap took. */
function shareOfPorts({ before, stayed, fresh }: TuplesGone, pool: PortsGone): number {
  const poolStock = Math.max(pool.before, pool.stayed + pool.fresh);
  return Math.min(Math.max(before, stayed + fresh) / Math.max(pool.free + pool.others + poolStock, 1), 1);
}

function wentAtMost({ before, stayed }: TuplesGone, chance: number): number {
  return chance > CHANCE_LIMIT ? before : Math.min(atMost(before - stayed) / (1 - chance), before);
}

function atMost(count: number): number {
  return count + RARE_DEVIATIONS * Math.sqrt(Math.max(count, 1));
}
