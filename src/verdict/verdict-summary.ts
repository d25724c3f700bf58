import { consumerNames } from '../measure/owners/consumer-name.js';
import type { HostFacts } from '../measure/facts.js';
import { snapshotNearestOnset } from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import type { Estimate } from '../model/estimate.js';
import type { Message, VerdictMechanism } from '../model/report.js';
import { culpritDestinations } from '../mechanisms/culprit-destinations.js';
import { ageOf, risingTrends } from '../mechanisms/leak.js';
import { utilisation, isNearlyFull } from '../measure/pools/fullness.js';

/** More names than this are counted, not listed, in the sentence. */
const MAX_NAMES = 3;

/** The sentence that stands in the largest type on the page: what ran out, who took it, or that it cannot be told. */
export function verdictSummary(
  facts: HostFacts,
  mechanism: VerdictMechanism,
  atFault: readonly number[],
  exhausted: boolean,
): Message {
  const { host, peak, timeWaitDelay: timeWait, destinations, udpPeak } = facts;
  const names = consumerNames(facts.identities, atFault);
  const who = { processes: names.slice(0, MAX_NAMES), others: Math.max(names.length - MAX_NAMES, 0) };
  const range = facts.pool.kind === 'auto-reuse' ? ({ range: 'auto-reuse' } as const) : {};
  const usable = peak?.usable ?? 0;
  const inUse = peak?.inUse ?? 0;
  switch (mechanism) {
    case 'time-wait-churn': {
      const { main, count } = culpritDestinations(facts, atFault);
      return say('verdict.time-wait-churn', {
        host,
        ...who,
        destination: atFault.length === 0 ? (destinations[0]?.remote ?? null) : main,
        destinations: count,
        rate: rateOfCulprits(facts, atFault),
        delay: timeWait.effective,
        assumed: timeWait.effective.source === 'assumed',
        exhausted,
        ...range,
      });
    }
    case 'endpoint-collision': {
      const [tuple] = facts.pinned;
      const remote = tuple?.remote ?? '';
      const local = tuple?.local ?? '';
      return say('verdict.endpoint-collision', { host, ...who, local, remote, inUse, usable });
    }
    case 'bound-leak':
    case 'close-wait-leak':
    case 'established-leak': {
      const leakClass = LEAK_CLASSES[mechanism];
      const ports = peak?.[leakClass] ?? 0;
      const perHour = growth(facts, leakClass, atFault);
      return say(`verdict.${mechanism}`, { host, ...who, ports, usable, perHour, exhausted, ...range });
    }
    case 'connection-saturation':
      return say('verdict.connection-saturation', { host, ...who, ports: peak?.established ?? 0, usable, ...range });
    case 'syn-sent-pileup':
      return say('verdict.syn-sent-pileup', { host, ...who, ports: peak?.synSent ?? 0, usable, ...range });
    case 'undersized-range':
      return say('verdict.undersized-range', {
        host,
        inUse,
        usable,
        count: facts.pool.range.count,
        excluded: facts.pool.excluded,
        ...(facts.pool.kind === 'auto-reuse' ? { ...range, destination: destinations[0]?.remote ?? null } : {}),
      });
    case 'stuck-time-wait':
      return say('verdict.stuck-time-wait', { host, longest: Math.round(facts.timeWaitOutlived.longestSeconds) });
    case 'udp-exhaustion':
      return say('verdict.udp-exhaustion', {
        host,
        ...who,
        inUse: udpPeak?.inUse ?? null,
        usable: udpPeak?.usable ?? null,
        full: isNearlyFull(udpPeak),
        exhausted,
      });
    case 'undetermined': {
      const nearest = snapshotNearestOnset(facts);
      return say('verdict.undetermined', {
        host,
        onsets: facts.onsets.reduce((total, { count }) => total + count, 0),
        ids: [...new Set(facts.onsets.map(({ id }) => String(id)))].sort(),
        inUse: peak === null ? null : inUse,
        usable,
        share: utilisation(peak),
        filtered: peak?.unseen.includes('listening') ?? false,
        secondsAfterOnset: nearest === null ? null : Math.round(nearest.secondsAfterOnset),
        delay: timeWait.effective.high ?? timeWait.effective.low,
      });
    }
    case 'none':
      return say('verdict.none', {
        host,
        inUse: peak === null ? null : inUse,
        usable,
        snapshots: facts.tcpTables,
        logged: facts.hasSystemLog,
      });
  }
}

const LEAK_CLASSES = {
  'bound-leak': 'bound',
  'close-wait-leak': 'closeWait',
  'established-leak': 'established',
} as const;

/** "At least 0 a second" says nothing. */
const LEAST_RATE = 1;

/** Connections a second of the consumers at fault together; null where one of theirs is not known. */
function rateOfCulprits({ consumers }: HostFacts, atFault: readonly number[]): Estimate | null {
  const rates = consumers.filter(({ identity }) => atFault.includes(identity.id)).map(({ perSecond }) => perSecond);
  const known = rates.flatMap((rate) => rate ?? []);
  if (known.length === 0 || known.length < rates.length) return null;
  const low = known.reduce((total, rate) => total + rate.low, 0);
  if (low < LEAST_RATE) return null;
  const highs = known.flatMap(({ high }) => high ?? []);
  return {
    low,
    best: null,
    high: highs.length < known.length ? null : highs.reduce((total, high) => total + high, 0),
  };
}

/** Ports an hour that the consumer at fault gains, from a series or from the ages of its sockets. */
function growth(
  facts: HostFacts,
  leakClass: 'bound' | 'closeWait' | 'established',
  atFault: readonly number[],
): Estimate | null {
  const [first] = atFault;
  if (first === undefined) return null;
  const rising = risingTrends(facts, leakClass).find(({ consumer }) => consumer === first);
  return rising?.slopePerHour ?? ageOf(facts, first, leakClass)?.perHour ?? null;
}
