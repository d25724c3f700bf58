import type { HostFacts } from '../../measure/facts.js';
import { say } from '../../messages/say.js';
import type { Recommendation } from '../../model/report-advice.js';
import { OWN_BLOCK_OF_HYPER_V } from '../plan/excluded-blocks.js';

/** Exclusions stay where they are: those with a star protect somebody's port, the others come and go with services. */
export function exclusionsAdvice({ pool }: HostFacts): Recommendation['exclusions'] {
  const { first, last } = OWN_BLOCK_OF_HYPER_V;
  const ofServices = pool.exclusions.filter(({ administered }) => !administered);
  return {
    remove: [],
    reason: say('advice.exclusions.leave', {
      ports: pool.excluded,
      reserved: ofServices.reduce((total, block) => total + block.last - block.first + 1, 0),
      hyperV: pool.exclusions.some((block) => block.administered && block.first <= first && block.last >= last),
    }),
  };
}
