import type { HostFacts } from '../measure/facts.js';
import { judgeAll, type Judged } from '../mechanisms/mechanisms.js';
import type { MechanismRecord } from '../mechanisms/mechanism.js';
import { foundIn, rank } from './conclude.js';
import { nothingWrong } from './nothing-found.js';

/** One pool's reading of the tables, and what every mechanism says of it. */
export interface JudgedPool {
  readonly facts: HostFacts;
  readonly judged: readonly Judged[];
}

/**
 * Of a host with an auto-reuse range the pool that is in trouble: the one whose mechanism is found more surely, then the fuller
 * one. Where neither shows a mechanism the dynamic range speaks for the host, unless it was well and the other was not.
 */
export function troubledPool(
  { dynamic, autoReuse }: { readonly dynamic: HostFacts; readonly autoReuse: HostFacts | null },
  mechanisms: readonly MechanismRecord[],
): JudgedPool {
  const here = { facts: dynamic, judged: judgeAll(dynamic, mechanisms) };
  if (autoReuse === null) return here;
  const there = { facts: autoReuse, judged: judgeAll(autoReuse, mechanisms) };
  return isWorse(there, here) ? there : here;
}

function isWorse(there: JudgedPool, here: JudgedPool): boolean {
  const [other] = foundIn(there.judged).filter(({ record }) => record.transport === 'tcp');
  const [own] = foundIn(here.judged);
  if (other === undefined) return own === undefined && nothingWrong(here.facts) && !nothingWrong(there.facts);
  if (own === undefined) return true;
  const surer = rank(other) - rank(own);
  return surer < 0 || (surer === 0 && other.judgement.share > own.judgement.share);
}
