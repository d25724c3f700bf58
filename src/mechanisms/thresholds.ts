/** Thresholds that several hypotheses share. Each is a judgement of this project unless a source stands beside it. */

/** A class that holds at least this share of the ports in use is what fills the pool. */
export const DOMINANT_SHARE = 0.5;
/** A consumer whose class grows and has reached this share of the pool is leaking, not idling. About 1,000 Bound rows are normal on
 * a busy IIS server (iTecNotes), which is 6 % of the default pool. */
export const LEAK_SHARE = 0.1;
/** What takes a quarter of a full pool, beside something that takes more, has its part in it. */
export const CONTRIBUTING_SHARE = 0.25;
/** A process that opened a quarter of the connections of an incident has its part in it. */
export const CONTRIBUTING_OPENINGS = 0.25;
/** So has one that held a quarter of the ports in use, where that is a tenth of the usable pool. */
export const CONTRIBUTING_PORTS = 0.25;
export const CONTRIBUTING_POOL = 0.1;
/** Below this share of the pool a class is no explanation of anything. */
export const NEGLIGIBLE_SHARE = 0.05;
/** A leak stays until its process ends, so a snapshot this long after an onset still shows it. */
export const LEAK_WITNESS_SECONDS = 3600;
/** Half of TIME_WAIT after an event at least half of what filled the pool must still be there. */
export const WITNESS_SHARE_OF_DELAY = 0.5;
/** More than this with unknown direction may be the far side's: then no full pool is shown, and no churn above `likely`. */
export const UNKNOWN_DIRECTION_LIMIT = 0.2;
