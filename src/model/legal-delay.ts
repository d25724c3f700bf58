import type { Estimate } from './estimate.js';

/** Every delay of TcpTimedWaitDelay that is legal, usual, assumed or recommended, in seconds. */

/** Legal values: 30 to 300 s up to 2012, 2 to 300 s since 2012 R2. Sources: KB 314053, BizTalk guide. */
export const LEGAL_DELAY_SECONDS = { low: 2, high: 300 } as const;
/** What a user may name, in whole seconds. Beyond it no Windows keeps TIME_WAIT, though TcpTimedWaitDelay ends earlier. */
export const ACCEPTED_DELAY_SECONDS = { low: 1, high: 600 } as const;
/** How long after it was last seen alive a connection may still wait. */
export const LONGEST_LEGAL_DELAY_MS = LEGAL_DELAY_SECONDS.high * 1000;
/** Legal on every Windows; shorter ones only since 2012 R2. Sources: KB 314053, BizTalk guide. */
export const SHORTEST_DELAY_LEGAL_EVERYWHERE = 30;
/**
 * The shortest delay to be reckoned with where nobody looked into the registry: the documented minimum of every version, and what
 * guides recommend. Shorter ones are legal since 2012 R2, but only a measurement makes them likely.
 */
export const SHORTEST_USUAL_DELAY = 30;
/** Never recommended below it: shorter delays are legal on 2012 R2 and later, but not what Microsoft documents as safe practice. */
export const SHORTEST_RECOMMENDED_DELAY = 30;
/**
 * What Windows does when nothing is configured: Microsoft's own pages say 120 s (KB 314053, BizTalk guide) and 240 s (port
 * exhaustion article, SQL Server article). Neither has been measured for all versions, so it stays an interval.
 */
export const ASSUMED_DELAY_SECONDS = { low: 120, best: null, high: 240 } as const satisfies Estimate;
/** Stamps are whole seconds, so a measured bound may be off by one at each end. */
export const MEASURED_DELAY_ERROR_SECONDS = 2;
/** The delays named as the next step where a wider range may not be enough, longest first. */
export const NEXT_DELAYS_TO_TRY = [60, 30] as const;
/** The delays that people compare: both defaults, and the two that guides recommend. */
export const DELAYS_TO_COMPARE = [240, 120, 60, 30] as const;
/** From so much uptime on, with chimney offload, 2008 R2 and before may never let TIME_WAIT expire (KB 2553549). */
export const DEFECT_UPTIME_WITH_OFFLOAD_SECONDS = 248 * 86_400;
