import type { HostFacts } from '../measure/facts.js';
import { judgeAll } from '../mechanisms/mechanisms.js';
import { foundIn, rank } from './conclude.js';
import { nothingWrong } from './nothing-found.js';

/**
 * Of a host with an auto-reuse range the pool that is in trouble: the one whose mechanism is found more surely, then the fuller
 * one. Where neither shows a mechanism the dynamic range speaks for the host, unless it was well and the other was not.
 */
export function troubledPool(dynamic: HostFacts, autoReuse: HostFacts | null): HostFacts {
  if (autoReuse === null) return dynamic;
  const [there] = foundIn(judgeAll(autoReuse)).filter(({ record }) => record.transport === 'tcp');
  const [here] = foundIn(judgeAll(dynamic));
  if (there === undefined) {
    return here === undefined && nothingWrong(dynamic) && !nothingWrong(autoReuse) ? autoReuse : dynamic;
  }
  if (here === undefined) return autoReuse;
  const surer = rank(there) - rank(here);
  return surer < 0 || (surer === 0 && there.judgement.share > here.judgement.share) ? autoReuse : dynamic;
}
