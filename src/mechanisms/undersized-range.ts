import { ranOut, type HostFacts } from '../measure/facts.js';
import { WINDOWS_DEFAULT_RANGE } from '../measure/pools/port-pool.js';
import { say } from '../messages/say.js';
import { sourcedBy } from '../model/source-ref.js';
import { lastPort } from '../model/port.js';
import type { LedgerEntry } from '../model/report.js';
import { type MechanismRecord, type Judgement, entrySource, evidence, weighing } from './mechanism.js';
import { STAYING_SHARE } from './established-leak.js';
import { leaking } from './leak.js';
import { DOMINANT_SHARE } from './thresholds.js';
import { PRESSURE_UTILISATION, utilisation, isUnderPressure, isNearlyFull } from '../measure/pools/fullness.js';

/** The load seen would fit Windows' default of 16,384 ports, but the range is smaller or eaten by exclusions. */
export const undersizedRange: MechanismRecord = { id: 'undersized-range', needs: null, settingsHelp: 'yes', judge };

function judge(facts: HostFacts): Judgement {
  const { pool, peak } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const ranges = sourcedBy(pool.rangeRefs);
  const available = pool.range.count - pool.excluded;
  const result = (outcome: Judgement['outcome']): Judgement => weighed(outcome, utilisation(peak), []);
  if (pool.rangeSource === 'assumed-default') {
    missing.push(say('undersized.missing.range'));
    return result('cannot-tell');
  }
  const reference = sizeToCompare(facts);
  const shape = {
    start: pool.range.start,
    end: lastPort(pool.range),
    count: pool.range.count,
    excluded: pool.excluded,
    available,
    default: reference,
  };
  const reused = pool.kind === 'auto-reuse';
  if (available >= reference) {
    contra.push(evidence(say(reused ? 'undersized.against.large-reuse' : 'undersized.against.large', shape), ranges));
    if (!pool.exclusionsCaptured) missing.push(say('undersized.missing.exclusions'));
    // Exclusions nobody captured may have eaten the range; a full pool of this size, or no trouble at all, says that they did not.
    const eaten = !pool.exclusionsCaptured && facts.onsets.length > 0 && !isNearlyFull(peak);
    return result(eaten ? 'cannot-tell' : 'ruled-out');
  }
  pro.push(evidence(say(reused ? 'undersized.for.small-reuse' : 'undersized.for.small', shape), ranges));
  if (!pool.exclusionsCaptured) missing.push(say('undersized.missing.exclusions'));
  if (peak === null) {
    missing.push(say('churn.missing.snapshot'));
    return result(facts.onsets.length > 0 ? 'likely' : 'cannot-tell');
  }
  const censored = isNearlyFull(peak) && facts.demand.censored;
  const wouldFit = peak.inUse < reference * PRESSURE_UTILISATION;
  const demand = facts.demand.connectionsPerSecond;
  const delay = facts.timeWaitDelay.effective;
  const rateFits = demand === null || demand.low * (delay.high ?? delay.low) < reference * PRESSURE_UTILISATION;
  const growing = growingClass(facts, peak);
  if (growing !== null && isNearlyFull(peak)) {
    contra.push(evidence(say('undersized.against.growing', { state: growing }), entrySource(peak)));
    return result('likely');
  }
  if (isNearlyFull(peak) && wouldFit && rateFits) {
    const message = say('undersized.for.full', { inUse: peak.inUse, usable: peak.usable, censored });
    pro.push(evidence(message, entrySource(peak)));
    return result(ranOut(facts) ? 'confirmed' : 'likely');
  }
  if (isNearlyFull(peak)) {
    contra.push(evidence(say('undersized.against.load', { inUse: peak.inUse }), entrySource(peak)));
    return result('cannot-tell');
  }
  const notFull = say('undersized.against.free', { inUse: peak.inUse, usable: peak.usable });
  contra.push(evidence(notFull, entrySource(peak)));
  if (facts.onsets.length === 0 && !isUnderPressure(peak)) return result('ruled-out');
  missing.push(say('undersized.missing.full'));
  return result(isUnderPressure(peak) ? 'likely' : 'cannot-tell');
}

/** The class that most ports in use are in, where it is one that only grows; null where the load may have a size. */
function growingClass(facts: HostFacts, peak: LedgerEntry): 'bound' | 'closeWait' | 'established' | null {
  const most = (['bound', 'closeWait', 'established'] as const).find(
    (name) => peak[name] >= peak.inUse * DOMINANT_SHARE,
  );
  if (most !== 'established') return most ?? null;
  const stays = (facts.stayingShare ?? 1) >= STAYING_SHARE;
  return stays && leaking(facts, 'established', peak).length > 0 ? 'established' : null;
}

/** Windows' default; for an auto-reuse range, which has none, the dynamic range that its connections would use if it were off. */
function sizeToCompare({ pool, pools }: HostFacts): number {
  const dynamic = pools.find(({ id }) => id === 'tcp');
  if (pool.kind === 'dynamic' || dynamic === undefined) return WINDOWS_DEFAULT_RANGE.count;
  return dynamic.range.count - dynamic.excluded;
}
