import { MECHANISM_RECORDS } from '../../src/mechanisms/mechanisms.js';
import { say } from '../../src/messages/say.js';
import type { VerdictMechanism } from '../../src/model/report-judgement.js';
import type { Conclusion } from '../../src/verdict/conclude.js';

/** A conclusion of which nothing is known but the mechanism and who is at fault. */
export function conclusionOf(mechanism: VerdictMechanism, atFault: readonly number[] = []): Conclusion {
  const main = MECHANISM_RECORDS.find(({ id }) => id === mechanism) ?? null;
  return {
    verdict: {
      mechanism,
      confidence: 'medium',
      exhaustion: 'shown',
      summary: say('missing.log'),
      incident: null,
      poolId: 'tcp',
      ports: main?.ports ?? null,
      isLeak: main !== null && main.leaks !== null,
      filledByRate: main?.isFilledByRate ?? false,
    },
    main,
    incidents: [],
    contributing: [],
    atFault,
    faults: main === null ? [] : [{ mechanism: main, atFault }],
    culprits: [],
  };
}
