import { areExclusionsKnown, ranOut, type HostFacts } from '../measure/facts.js';
import { isParametersKey, MAX_USER_PORT_START } from '../measure/pools/range-in-effect.js';
import { say } from '../messages/say.js';
import { sourcedBy } from '../model/source-ref.js';
import { lastPort, WINDOWS_DEFAULT_RANGE } from '../model/port.js';
import type { LedgerEntry } from '../model/report-ports.js';
import type { Message } from '../model/report-message.js';
import { namedRange } from './blame.js';
import { firstOf, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, evidence } from './mechanism.js';
import { agingHolder, STAYING_SHARE } from './established-leak.js';
import { leaking } from './leak.js';
import { leakGrowth } from './leak-growth.js';
import { closingCrowdState } from './closing-crowd.js';
import { DOMINANT_SHARE } from './thresholds.js';
import {
  PRESSURE_UTILISATION,
  utilisation,
  isExhausted,
  isUnderPressure,
  isNearlyFull,
} from '../measure/pools/fullness.js';

/** The load seen would fit Windows' default of 16,384 ports, but the range is smaller or eaten by exclusions. */
export const undersizedRange: MechanismRecord = {
  id: 'undersized-range',
  transport: 'tcp',
  ports: 'range',
  leaks: null,
  fillsPool: true,
  doubts: [],
  needs: null,
  isFilledByRate: true,
  settingsHelp: 'yes',
  remedies: ['switch-off-auto-reuse-range'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function measure(facts: HostFacts) {
  const { pool, peak, demand } = facts;
  const available = pool.range.count - pool.excluded;
  const reference = sizeToCompare(facts);
  const rate = demand.connectionsPerSecond;
  const delay = facts.timeWaitDelay.effective;
  const rateFits = rate === null || rate.low * (delay.high ?? delay.low) < reference * PRESSURE_UTILISATION;
  const full = isNearlyFull(peak);
  const isAssumed = pool.rangeSource === 'assumed-default';
  // A list of exclusions is a fact of the range that Windows has where nobody changes it, too.
  const isKnown = !isAssumed || (pool.exclusionsCaptured && available < reference);
  const growing = peak === null ? null : growingClass(facts, peak);
  const isSmall = isKnown && available < reference;
  return {
    share: utilisation(peak),
    suspects: [],
    isKnown,
    exclusionsKnown: areExclusionsKnown(facts),
    isLarge: isKnown && available >= reference,
    isSmall,
    available,
    reference,
    // Exclusions nobody captured may have eaten the range; a full pool of this size, or no trouble at all, says that they did not.
    mayBeEaten: !pool.exclusionsCaptured && facts.tcpOnsets.length > 0 && !full,
    hasOnsets: facts.tcpOnsets.length > 0,
    peak: isSmall ? peak : null,
    full,
    // Full to the port that the list of exclusions leaves: then the range is the one assumed.
    isProven: (!isAssumed || isExhausted(peak)) && !mayGrow(facts),
    pressed: isUnderPressure(peak),
    growing: full ? growing : null,
    grows: growing !== null && isGrowing(facts, growing),
    closing: full && peak !== null ? closingCrowdState(peak) : null,
    fits: full && peak !== null && peak.inUse < reference * PRESSURE_UTILISATION && rateFits,
    ranOut: ranOut(facts),
  };
}

type Measured = ReturnType<typeof measure>;

function decide(range: Measured): Judgement['outcome'] {
  return firstOf([
    [!range.isKnown || (range.isLarge && range.mayBeEaten), 'cannot-tell'],
    [range.isLarge, 'ruled-out'],
    [range.peak === null, range.hasOnsets ? 'likely' : 'cannot-tell'],
    [range.closing !== null, 'cannot-tell'],
    [range.growing !== null, 'likely'],
    [range.fits && range.ranOut && range.isProven, 'confirmed'],
    [range.fits, 'likely'],
    [range.full, 'cannot-tell'],
    [range.pressed, 'likely'],
    [!range.hasOnsets, 'ruled-out'],
  ]);
}

function collect({ pool, demand }: HostFacts, range: Measured) {
  const { isKnown, exclusionsKnown, isLarge, isSmall, peak, full, growing, grows, closing, fits } = range;
  const isLoad = growing === null && closing === null;
  const reused = pool.kind === 'auto-reuse';
  const ranges = sourcedBy(pool.rangeRefs);
  const shape = {
    start: pool.range.start,
    end: lastPort(pool.range),
    count: pool.range.count,
    excluded: pool.excluded,
    available: range.available,
    default: range.reference,
  };
  const { inUse = 0, usable = 0 } = peak ?? {};
  const uncaptured = whyNotEaten(range);
  return {
    for: present(
      isSmall && evidence(say(reused ? 'undersized.for.small-reuse' : 'undersized.for.small', shape), ranges),
      peak !== null &&
        fits &&
        isLoad &&
        evidence(say('undersized.for.full', { inUse, usable, censored: demand.censored }), entrySource(peak)),
    ),
    against: present(
      isLarge && evidence(largeEnough(shape, reused, uncaptured), ranges),
      peak && growing && evidence(say('undersized.against.growing', { state: growing, grows }), entrySource(peak)),
      peak && full && isLoad && !fits && evidence(say('undersized.against.load', { inUse }), entrySource(peak)),
      peak !== null && !full && evidence(say('undersized.against.free', { inUse, usable }), entrySource(peak)),
    ),
    missing: present(
      !isKnown && say('undersized.missing.range'),
      isKnown && !exclusionsKnown && (!isLarge || range.mayBeEaten) && say('undersized.missing.exclusions'),
      isSmall && !peak && say('churn.missing.snapshot'),
      peak !== null && closing !== null && say('undersized.missing.closing', { state: closing }),
      peak !== null && !full && say('undersized.missing.full'),
      peak !== null && full && isLoad && !fits && say('undersized.missing.load'),
    ),
  };
}

/** Why exclusions that nobody captured can have taken next to nothing; null where they were captured, or may have. */
function whyNotEaten({ exclusionsKnown, mayBeEaten, full }: Measured): 'filled' | 'not-refused' | null {
  if (exclusionsKnown || mayBeEaten) return null;
  return full ? 'filled' : 'not-refused';
}

function largeEnough(
  shape: { start: number; end: number; count: number; excluded: number; available: number; default: number },
  isReused: boolean,
  uncaptured: ReturnType<typeof whyNotEaten>,
): Message {
  if (isReused) return say('undersized.against.large-reuse', shape);
  return say('undersized.against.large', { ...shape, uncaptured });
}

/** The class that most ports in use are in, where it is one that only grows; null where the load may have a size. */
function growingClass(facts: HostFacts, peak: LedgerEntry): 'bound' | 'closeWait' | 'established' | null {
  const most = (['bound', 'closeWait', 'established'] as const).find(
    (name) => peak[name] >= peak.inUse * DOMINANT_SHARE,
  );
  if (most !== 'established') return most ?? null;
  const stays = (facts.stayingShare ?? 1) >= STAYING_SHARE;
  const rises = stays && leaking(facts, 'established', peak).length > 0;
  return rises || agingHolder(facts)?.lasting != null ? 'established' : null;
}

/** Live connections count as a class that only grows where they rise or stay; of the others somebody has to take more. */
function isGrowing(facts: HostFacts, state: 'bound' | 'closeWait' | 'established'): boolean {
  if (state === 'established') return true;
  return facts.consumers.some(({ identity }) => (leakGrowth(facts, identity.id, state)?.low ?? 0) > 0);
}

/** Ages of live connections that a leak would have, too: of it no range holds the load. */
function mayGrow(facts: HostFacts): boolean {
  const turnsOver = facts.stayingShare !== null && facts.stayingShare < STAYING_SHARE;
  return !turnsOver && agingHolder(facts)?.isOpen === true;
}

/** Windows' default; for an auto-reuse range, which has none, the dynamic range that its connections would use if it were off. */
function sizeToCompare({ pool, pools }: HostFacts): number {
  const dynamic = pools.find(({ id }) => id === 'tcp');
  if (pool.kind === 'dynamic' || dynamic === undefined) return WINDOWS_DEFAULT_RANGE.count;
  return dynamic.range.count - dynamic.excluded;
}

/** The MaxUserPort whose range is the one in force; null where none is. Sources differ by one on where that starts (KB 929851, Nmap 3499). */
function maxUserPortInForce({ pool, evidence }: HostFacts): number | null {
  const { start } = pool.range;
  if (pool.kind !== 'dynamic' || start < MAX_USER_PORT_START - 1 || start > MAX_USER_PORT_START) return null;
  const isSet = evidence.settings.some(
    ({ record }) =>
      record.kind === 'registry-value' &&
      isParametersKey(record.path) &&
      record.name.toLowerCase() === 'maxuserport' &&
      record.value === lastPort(pool.range),
  );
  return isSet ? lastPort(pool.range) : null;
}

function summary(facts: HostFacts): Message {
  const { host, pool, peak, destinations } = facts;
  return say('verdict.undersized-range', {
    host,
    inUse: peak?.inUse ?? 0,
    usable: peak?.usable ?? 0,
    count: pool.range.count,
    excluded: pool.excluded,
    maxUserPort: maxUserPortInForce(facts),
    ...namedRange(facts),
    ...(pool.kind === 'auto-reuse' ? { destination: destinations[0]?.remote ?? null } : {}),
  });
}
