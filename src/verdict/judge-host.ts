import type { HostFacts } from '../measure/facts.js';
import type { MechanismRecord } from '../mechanisms/mechanism.js';
import { conclude, type Conclusion } from './conclude.js';
import { troubledPool, type JudgedPool } from './troubled-pool.js';

/** The pool that the verdict is about, what every mechanism says of it, and what follows. */
export interface JudgedHost extends JudgedPool {
  readonly conclusion: Conclusion;
}

/** Asks every mechanism once of each pool, and concludes from the one in trouble. */
export function judgeHost(
  measured: { readonly dynamic: HostFacts; readonly autoReuse: HostFacts | null },
  mechanisms: readonly MechanismRecord[],
): JudgedHost {
  const pool = troubledPool(measured, mechanisms);
  return { ...pool, conclusion: conclude(pool.facts, pool.judged) };
}
