import { say } from '../../messages/say.js';
import { ROUNDING_ERROR } from '../../measure/numbers/rounding.js';
import { areExclusionsKnown } from '../../measure/facts.js';
import { lastPort, WINDOWS_DEFAULT_RANGE } from '../../model/port.js';
import type { Message } from '../../model/report-message.js';
import type { AdviceInput } from './advice-input.js';
import { emergencyRange, freeNow, leakPerHour, timeToExhaustion } from './time-to-exhaustion.js';
import { portsFor, waitOf } from './demand-to-carry.js';
import { isFilledByRate, isSeenAtEase, type SettingsPlan } from './settings-plan.js';

/** One line a step: the pool; then what the rate needs and what is sustained, or, for a leak, how long each range lasts. */
export function arithmetic(input: AdviceInput, headroom: number): Message[] {
  const { facts, plan } = input;
  const usable = say('arithmetic.usable', {
    count: facts.pool.range.count,
    excluded: facts.pool.excluded,
    listening: facts.pool.range.count - facts.pool.excluded - plan.currentUsable,
    usable: plan.currentUsable,
    excludedKnown: areExclusionsKnown(facts),
    listeningKnown: facts.ledger.some(({ transport, unseen }) => transport === 'tcp' && !unseen.includes('listening')),
  });
  const lives = lifetimeOf(input);
  if (isFilledByRate(plan)) return [usable, ...lives, ...ofTheRate(plan, headroom)];
  return [usable, ...(isSeenAtEase(plan, facts) ? [...lives, sustainedNow(plan, headroom)] : ofTheLeak(input))];
}

/** What a connection holds its port for before TIME_WAIT: where it is not told, nothing is reckoned with. */
function lifetimeOf({ facts, plan }: AdviceInput): Message[] {
  const lifetime = facts.demand.meanLifetimeSeconds;
  if (lifetime === null || plan.need.lifetimeSeconds === 0) return [];
  return [say('arithmetic.lifetime', { lifetime, taken: hundredths(plan.need.lifetimeSeconds) })];
}

/** The ports in TIME_WAIT and the delay, where the rate is one divided by the other. */
function toldFrom(need: SettingsPlan['need'], rate: number): { waiting: number | null; delay: number | null } {
  const { waiting, timeWaitNowSeconds: delay } = need;
  const isPlateau = waiting !== null && Math.abs(rate * delay - waiting) < ROUNDING_ERROR * waiting;
  return isPlateau ? { waiting, delay: hundredths(delay) } : { waiting: null, delay: null };
}

function sustainedNow({ need, currentUsable: usable, sustainsNow: rate }: SettingsPlan, headroom: number): Message {
  const timeWait = hundredths(waitOf(need, need.timeWaitNowSeconds));
  return say('arithmetic.sustained', { headroom, lifetime: hundredths(need.lifetimeSeconds), usable, timeWait, rate });
}

function ofTheRate(plan: SettingsPlan, headroom: number): Message[] {
  const { need } = plan;
  const steps: Message[] = [];
  const lifetime = hundredths(need.lifetimeSeconds);
  if (need.rate !== null) {
    const rate = need.rate.high ?? need.rate.low;
    steps.push(
      say('arithmetic.need', {
        rate: fiveDigits(rate),
        atLeast: need.rate.high === null,
        lifetime,
        timeWait: hundredths(waitOf(need)),
        rest: need.rest,
        ports: Math.round(portsFor(need, rate)),
        ...toldFrom(need, rate),
      }),
    );
  }
  const common = { headroom, lifetime };
  steps.push(sustainedNow(plan, headroom));
  const waits = need.timeWaitSeconds !== need.timeWaitNowSeconds;
  if (waits || plan.range !== null || plan.delaySeconds !== null) {
    const timeWait = hundredths(waitOf(need, plan.delaySeconds ?? need.timeWaitSeconds));
    steps.push(say('arithmetic.sustained-after', { ...common, usable: plan.usable, timeWait, rate: plan.sustains }));
  }
  return steps;
}

/** How long this range and wider ones last: information, for a wider one is no cure. */
function ofTheLeak({ facts, conclusion, plan }: AdviceInput): Message[] {
  const perHour = leakPerHour(facts, conclusion);
  // The TCP ranges say nothing of UDP.
  if (perHour === null || conclusion.main?.transport === 'udp') return [];
  const wider = [WINDOWS_DEFAULT_RANGE, emergencyRange(plan), plan.offer.widest].filter(
    ({ count }) => count > plan.current.count,
  );
  const ranges = new Map([plan.current, ...wider].map((range) => [range.start, range]));
  return [...ranges.values()].flatMap((range) => {
    const usable = plan.offer.usable(range);
    const lasts = timeToExhaustion(facts, conclusion, usable);
    if (lasts === null) return [];
    const free = freeNow(facts, conclusion, usable);
    return say('arithmetic.until-full', { start: range.start, end: lastPort(range), usable, free, perHour, lasts });
  });
}

/** What others multiply by: so that the product comes out as printed. */
function fiveDigits(value: number): number {
  return Number(value.toPrecision(5));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
