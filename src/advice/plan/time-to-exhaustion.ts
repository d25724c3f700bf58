import type { HostFacts, NamedTrend } from '../../measure/facts.js';
import { USUAL_DEVIATIONS } from '../../measure/numbers/standard-deviations.js';
import { isExhausted } from '../../measure/pools/fullness.js';
import { establishedLeaks } from '../../mechanisms/established-leak.js';
import { risingTrends } from '../../mechanisms/leak.js';
import { ageOf, leakGrowth } from '../../mechanisms/leak-growth.js';
import { growingClass } from '../../mechanisms/mechanism.js';
import { NEGLIGIBLE_SHARE } from '../../mechanisms/thresholds.js';
import type { Conclusion } from '../../verdict/conclude.js';
import { exactly, sumOfEstimates, type Estimate } from '../../model/estimate.js';
import type { PortRange } from '../../model/port.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { SettingsPlan } from './settings-plan.js';

/** Worth the trouble from here on: the leak runs at least as long again as in a pool of the present size. */
const GROWTH = 2;

/** What one consumer takes of one class and keeps. */
interface Leak {
  readonly consumer: number;
  readonly leaked: NonNullable<ReturnType<typeof growingClass>>;
}

/** The range to fall back on while a leak goes on: above the listeners where that doubles the pool, else the widest there is. */
export function emergencyRange({ offer, current, currentUsable }: SettingsPlan): PortRange {
  return offer.largestAboveListeners(current, currentUsable * GROWTH) ?? offer.widest;
}

/** Ports an hour that all leaks of the pool take together; null where the verdict is no leak, or that of one at fault is not known. */
export function leakPerHour(facts: HostFacts, conclusion: Conclusion): Estimate | null {
  const rates = leaksThatGoOn(facts, conclusion).map(({ consumer, leaked }) => leakGrowth(facts, consumer, leaked));
  const known = rates.flatMap((rate) => rate ?? []);
  if (known.length === 0 || known.length < rates.length) return null;
  const total = sumOfEstimates(known.map((rate) => ({ ...rate, low: Math.max(rate.low, 0) })));
  return (total.best ?? total.low) > 0 ? total : null;
}

/**
 * How long a pool of this many usable ports lasts from the newest table on, while all leaks go on as they did. Information, not a
 * cure. `high: null` where the slow end of the growth is no growth; null where nothing tells, or no leak goes on. Where the newest
 * table hides the leak, it has taken at most what it took before, or has ended since: the pool lasts at least so long.
 */
export function timeToExhaustion(facts: HostFacts, conclusion: Conclusion, usable: number): Estimate | null {
  const leaked = leakedClass(conclusion);
  const last = leaked === null ? null : newest(facts, conclusion, leaked);
  const since = last === null ? null : secondsSince(facts, conclusion, last);
  if (last === null || since === null) return null;
  const free = usable - last.inUse;
  const kept = leaksThatGoOn(facts, conclusion).reduce((ports, leak) => ports + (trendOf(facts, leak)?.last ?? 0), 0);
  // What comes and goes is now more, now less.
  const chance = USUAL_DEVIATIONS * Math.sqrt(Math.max(last.inUse - kept, 0));
  const isFull = isExhausted({ inUse: last.inUse, usable });
  const isHidden = since > 0;
  if (free <= 0 || (isFull && free <= chance)) return isHidden ? null : exactly(0);
  const rate = leakPerHour(facts, conclusion);
  if (rate === null) return isFull ? exactly(0) : null;
  const after = (ports: number, perHour: number): number =>
    Math.max(Math.round((Math.max(ports, 0) / perHour) * 3600 - since), 0);
  const low = rate.high === null ? 0 : after(free - chance, rate.high);
  if (isHidden) return low === 0 ? null : { low, best: null, high: null };
  return {
    low,
    best: rate.best === null ? null : after(free, rate.best),
    high: rate.low > 0 ? after(free + chance, rate.low) : null,
  };
}

/** Seconds from a table to the newest of its pool; null where a leak was watched for a shorter time than has gone since. */
function secondsSince(facts: HostFacts, conclusion: Conclusion, shown: LedgerEntry): number | null {
  const last = newest(facts, conclusion);
  if (last === null || last === shown) return 0;
  const seconds = (Date.parse(last.at ?? '') - Date.parse(shown.at ?? '')) / 1000;
  const isWatched = leaksThatGoOn(facts, conclusion).every((leak) => {
    const points = trendOf(facts, leak)?.points ?? [];
    return ((points.at(-1)?.atMs ?? NaN) - (points[0]?.atMs ?? NaN)) / 1000 >= seconds;
  });
  return isWatched ? seconds : null;
}

/** Ports of this many that the newest table leaves free; of what it hides, as much is taken off as the leak took since it was shown. */
export function freeNow(facts: HostFacts, conclusion: Conclusion, usable: number): number {
  const leaked = leakedClass(conclusion);
  const shown = leaked === null ? null : newest(facts, conclusion, leaked);
  const since = shown === null ? null : secondsSince(facts, conclusion, shown);
  if (shown === null || since === null) return Math.max(usable - (newest(facts, conclusion)?.inUse ?? 0), 0);
  const perHour = since === 0 ? null : leakPerHour(facts, conclusion);
  const taken = ((perHour?.best ?? perHour?.low ?? 0) * since) / 3600;
  return Math.max(Math.round(usable - shown.inUse - taken), 0);
}

/** The usable ports of the pool that the leak is in: as the plan counts them, or those of UDP. */
export function leakedPoolUsable(facts: HostFacts, conclusion: Conclusion, { currentUsable }: SettingsPlan): number {
  return leakedClass(conclusion) === 'udp' ? (newest(facts, conclusion)?.usable ?? 0) : currentUsable;
}

/** Whether every process at fault has ended, or lets go again, and no other leaks: a wider range gains nothing any more. */
export function isLeakOver(facts: HostFacts, conclusion: Conclusion): boolean {
  const leaked = leakedClass(conclusion);
  const ends = conclusion.atFault.every((consumer) => {
    const trend = leaked === null ? undefined : trendOf(facts, { consumer, leaked });
    return trend?.hasLetGo === true;
  });
  const isNamed = conclusion.atFault.length > 0;
  return isNamed && ends && leaksThatGoOn(facts, conclusion).length === 0;
}

/** Those that the verdict names, and whoever else keeps rising in the same pool: each takes of what is left. */
function leaksThatGoOn(facts: HostFacts, conclusion: Conclusion): Leak[] {
  const main = leakedClass(conclusion);
  if (main === null) return [];
  const leaks = new Map<string, Leak>();
  const note = (leak: Leak): void => {
    if (goesOn(facts, leak)) leaks.set(`${leak.leaked} ${String(leak.consumer)}`, leak);
  };
  for (const { mechanism, atFault } of conclusion.faults) {
    const leaked = growingClass(mechanism);
    if (leaked === null || (leaked === 'udp') !== (main === 'udp')) continue;
    for (const consumer of atFault) note({ consumer, leaked });
  }
  for (const leaked of main === 'udp' ? (['udp'] as const) : (['bound', 'closeWait'] as const)) {
    for (const { consumer } of risingTrends(facts, leaked)) note({ consumer, leaked });
  }
  // Live connections rise with the load as well: they count where the verdict finds a leak of them, and grow as one does.
  if (conclusion.faults.some(({ mechanism }) => growingClass(mechanism) === 'established')) {
    const least = (facts.peak?.usable ?? 0) * NEGLIGIBLE_SHARE;
    for (const { consumer } of establishedLeaks(facts, least)) note({ consumer, leaked: 'established' });
  }
  return [...leaks.values()];
}

/**
 * A process that ended, or was mended, leaks no longer. One table alone has only the ages of its sockets, and so have several of a
 * pool that was full in each: what it keeps there cannot grow.
 */
function goesOn(facts: HostFacts, leak: Leak): boolean {
  const trend = trendOf(facts, leak);
  if (trend !== undefined && (trend.hasLetGo || tellsGrowth(trend))) return trend.goesOn;
  return leak.leaked !== 'udp' && ageOf(facts, leak.consumer, leak.leaked) !== null;
}

function tellsGrowth({ points }: NamedTrend): boolean {
  return points.length > 1 && points.some(({ isFull }) => !isFull);
}

function trendOf({ trends }: HostFacts, { consumer, leaked }: Leak): NamedTrend | undefined {
  return trends.find((one) => one.consumer === consumer && one.trendClass === leaked);
}

/** The newest table of the pool that the leak is in; with a class, the newest that shows it. */
function newest(facts: HostFacts, conclusion: Conclusion, shown: Leak['leaked'] = 'udp'): LedgerEntry | null {
  const ledger = leakedClass(conclusion) === 'udp' ? facts.udpLedger : facts.ledger;
  const told = shown === 'udp' ? ledger : ledger.filter(({ unseen }) => !unseen.includes(shown));
  return told.reduce<LedgerEntry | null>(
    (last, entry) => (entry.at !== null && (last?.at == null || entry.at >= last.at) ? entry : (last ?? entry)),
    null,
  );
}

function leakedClass({ main }: Conclusion): Leak['leaked'] | null {
  return main === null ? null : growingClass(main);
}
