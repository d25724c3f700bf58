import { ranOut, type HostFacts } from '../measure/facts.js';
import { undercountsPorts } from '../measure/events/windows-version.js';
import { snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
import { isExhausted, isNearlyEmpty, isNearlyFull } from '../measure/pools/fullness.js';
import type { MechanismRecord } from '../mechanisms/mechanism.js';
import { UNKNOWN_DIRECTION_LIMIT, WITNESS_SHARE_OF_DELAY } from '../mechanisms/thresholds.js';
import type { Verdict } from '../model/report-judgement.js';
import { hasSigns } from './nothing-found.js';

/** Whether a pool ran out: shown, refuted, or not to be told. `main` is null where no mechanism explains the host. */
export function exhaustionOf(
  facts: HostFacts,
  main: MechanismRecord | null,
  isHealthy: boolean,
): Verdict['exhaustion'] {
  const { peak } = facts;
  const doubtful = peak !== null && peak.directionUnknown > peak.inUse * UNKNOWN_DIRECTION_LIMIT;
  if ((ranOut(facts) && !doubtful) || isExhausted(facts.udpPeak)) return 'shown';
  // 4231 and 4266 say it themselves: all ports of the pool were in use.
  if (facts.events.tcpExhausted.length > 0 || facts.events.udpExhausted.length > 0) return 'shown';
  if (main?.fillsPool === false) return 'refuted';
  if (facts.onsets.length > 0) {
    const witness = snapshotSoonAfterOnset(facts, facts.timeWaitDelay.effective.low * WITNESS_SHARE_OF_DELAY);
    const sawAll = witness !== null && witness.entry.unseen.length === 0;
    return sawAll && isNearlyEmpty(witness.entry) ? 'refuted' : 'cannot-tell';
  }
  const seen = facts.logCoversSnapshots && !hasSigns(facts) && !undercountsPorts(facts.events);
  // Whatever filled a good part of the pool: a list of all states shows ports left, and nothing was refused in between.
  const hadPorts = peak !== null && peak.unseen.length === 0 && !isNearlyFull(peak);
  return (isHealthy || hadPorts) && seen ? 'refuted' : 'cannot-tell';
}
