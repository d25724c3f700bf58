import { consumerNames } from '../correlation/consumer-name.js';
import { isFull, utilisation, type HostFacts } from '../correlation/host-facts.js';
import { witnessWithin } from '../correlation/witness.js';
import { say } from '../messages/say.js';
import { isoTime, isoTimeOrNull } from '../model/iso-time.js';
import type { Confidence, Incident, Mechanism, Message, Verdict, VerdictMechanism } from '../model/report.js';
import type { Judged } from './hypotheses.js';
import { NEARLY_EMPTY_UTILISATION, PRESSURE_UTILISATION } from './thresholds.js';

/** A clock further off than this cannot tie a snapshot to an event. */
const CLOCK_ERROR_FOR_HIGH_SECONDS = 300;
/** Owners of at least this share of client TIME_WAIT must be known before a culprit is named at high confidence. */
const COVERAGE_FOR_HIGH = 0.5;

/** A replay of the arrivals that misses by more than this share of the pool has not understood them. */
const BACK_TEST_TOLERANCE = 0.2;

export interface Conclusion {
  readonly verdict: Verdict;
  readonly incidents: Incident[];
  readonly contributing: Mechanism[];
  /** Consumers at fault, by id. */
  readonly atFault: readonly number[];
}

/**
 * The rules of the verdict, in order:
 * 1. A range too small for a load that Windows' default would carry is the cause; what fills it contributes.
 * 2. Otherwise the confirmed mechanism that explains most of the pool, else the likely one.
 * 3. With none: an onset event or a full pool is `undetermined`; so is evidence that could not have shown anything.
 * 4. `none` needs snapshots of all states well below the pool, or a log that covers a time without onsets.
 */
export function conclude(facts: HostFacts, judged: readonly Judged[]): Conclusion {
  const found = judged
    .flatMap(({ hypothesis, judgement }) => (judgement === null ? [] : [{ id: hypothesis.id, judgement }]))
    .filter(({ judgement }) => judgement.outcome === 'confirmed' || judgement.outcome === 'likely')
    .sort(
      (a, b) =>
        rank(a.judgement.outcome) - rank(b.judgement.outcome) ||
        Number(b.id === 'undersized-range') - Number(a.id === 'undersized-range') ||
        b.judgement.share - a.judgement.share,
    );
  const [main, ...others] = found;
  const mechanism: VerdictMechanism = main?.id ?? (nothingWrong(facts) ? 'none' : 'undetermined');
  const confirmedBeside = others.filter(({ judgement }) => judgement.outcome === 'confirmed');
  const contributing = confirmedBeside.map(({ id }) => id);
  const competing = others.filter(({ judgement }) => judgement.outcome === 'likely').length;
  const exhaustion = exhaustionOf(facts, mechanism);
  const confidence = confidenceOf(facts, mechanism, main?.judgement.outcome === 'confirmed', competing);
  const incidents = facts.windows.map((window): Incident => ({
    from: isoTime(window.fromMs),
    to: isoTimeOrNull(window.toMs),
    mechanism,
    contributing,
    confidence,
    onsets: window.onsets,
    endedBy: window.endedBy,
  }));
  const incident = worstIncident(facts);
  const atFault = [...new Set([main, ...confirmedBeside].flatMap((entry) => entry?.judgement.atFault ?? []))];
  const summary = summaryOf(facts, mechanism, atFault, exhaustion === 'shown');
  return { verdict: { mechanism, confidence, exhaustion, summary, incident }, incidents, contributing, atFault };
}

function rank(outcome: string): number {
  return outcome === 'confirmed' ? 0 : 1;
}

function nothingWrong(facts: HostFacts): boolean {
  if (facts.onsets.length > 0 || isFull(facts.peak) || isFull(facts.udpPeak)) return false;
  if (facts.peak === null) return facts.hasSystemLog;
  const fullState = facts.ledger.some(({ unseen }) => !unseen.includes('listening'));
  return utilisation(facts.peak) < PRESSURE_UTILISATION && (fullState || facts.logCoversSnapshots);
}

function exhaustionOf(facts: HostFacts, mechanism: VerdictMechanism): Verdict['exhaustion'] {
  if (isFull(facts.peak) || isFull(facts.udpPeak)) return 'shown';
  // 4231 and 4266 say it themselves: all ports of the pool were in use.
  if (facts.events.tcpExhausted.length > 0 || facts.events.udpExhausted.length > 0) return 'shown';
  if (mechanism === 'endpoint-collision') return 'refuted';
  if (facts.onsets.length > 0) {
    const witness = witnessWithin(facts, facts.timeWait.effective.low / 2);
    const sawAll = witness !== null && witness.entry.unseen.length === 0;
    return sawAll && utilisation(witness.entry) < NEARLY_EMPTY_UTILISATION ? 'refuted' : 'cannot-tell';
  }
  return mechanism === 'none' && facts.logCoversSnapshots ? 'refuted' : 'cannot-tell';
}

/** `high` only when events, occupancy and mechanism agree and nothing competing is open. */
function confidenceOf(
  facts: HostFacts,
  mechanism: VerdictMechanism,
  confirmed: boolean,
  competing: number,
): Confidence {
  if (mechanism === 'undetermined') return 'low';
  if (mechanism === 'none') {
    if (facts.peak === null) return 'low';
    const whole = facts.ledger.some(({ unseen }) => unseen.length === 0 || unseen.join() === 'bound');
    if (!whole) return 'low';
    return facts.logCoversSnapshots ? 'high' : 'medium';
  }
  if (!confirmed) return facts.onsets.length > 0 ? 'medium' : 'low';
  const { collisions, tcpExhausted, udpExhausted } = facts.events;
  const telling = mechanism === 'udp-exhaustion' ? udpExhausted : [...collisions, ...tcpExhausted];
  const eventsAgree = telling.length > 0;
  const clockIsGood = facts.peakClockErrorSeconds <= CLOCK_ERROR_FOR_HIGH_SECONDS;
  const occupied = mechanism === 'udp-exhaustion' ? facts.udpPeak : facts.peak;
  const occupiedMs = occupied?.at == null ? null : Date.parse(occupied.at);
  const near = facts.windows.some(
    ({ fromMs, toMs }) =>
      occupiedMs !== null && occupiedMs >= fromMs - 600_000 && occupiedMs <= (toMs ?? Infinity) + 600_000,
  );
  const occupancyAgrees = mechanism === 'endpoint-collision' || (isFull(occupied) && near);
  const ownersKnown = mechanism !== 'time-wait-churn' || (facts.attribution.coverage ?? 0) >= COVERAGE_FOR_HIGH;
  const { backTest } = facts;
  const replays = backTest === null || backTest.medianErrorPorts <= (facts.peak?.usable ?? 0) * BACK_TEST_TOLERANCE;
  const poolShortage = facts.events.poolShortages.length > 0;
  const agree =
    eventsAgree && clockIsGood && occupancyAgrees && ownersKnown && replays && !poolShortage && competing === 0;
  return agree ? 'high' : 'medium';
}

function worstIncident(facts: HostFacts): number | null {
  if (facts.windows.length === 0) return null;
  const score = (index: number): number => {
    const window = facts.windows[index];
    return (window?.peakUtilisation ?? 0) * 1000 + (window?.onsets ?? 0);
  };
  return facts.windows.reduce((best, _, index) => (score(index) > score(best) ? index : best), 0);
}

/** The sentence that stands in the largest type on the page: what ran out, who took it, or that it cannot be told. */
function summaryOf(
  facts: HostFacts,
  mechanism: VerdictMechanism,
  atFault: readonly number[],
  exhausted: boolean,
): Message {
  const { host, peak, demand, timeWait, destinations, udpPeak } = facts;
  const processes = consumerNames(facts.identities, atFault);
  const usable = peak?.usable ?? 0;
  const inUse = peak?.inUse ?? 0;
  switch (mechanism) {
    case 'time-wait-churn':
      return say('verdict.time-wait-churn', {
        host,
        processes,
        destination: destinations[0]?.remote ?? null,
        rate: demand.connectionsPerSecond,
        delay: timeWait.effective,
        assumed: timeWait.effective.source === 'assumed',
        exhausted,
      });
    case 'endpoint-collision': {
      const [tuple] = facts.pinned;
      const remote = tuple?.remote ?? '';
      const local = tuple?.local ?? '';
      return say('verdict.endpoint-collision', { host, processes, local, remote, inUse, usable });
    }
    case 'bound-leak':
    case 'close-wait-leak':
    case 'established-leak':
      return say(`verdict.${mechanism}`, { host, processes, ports: leakedPorts(facts, mechanism), usable });
    case 'connection-saturation':
      return say('verdict.connection-saturation', { host, processes, ports: peak?.established ?? 0, usable });
    case 'syn-sent-pileup':
      return say('verdict.syn-sent-pileup', { host, processes, ports: peak?.synSent ?? 0, usable });
    case 'undersized-range':
      return say('verdict.undersized-range', { host, inUse, usable, count: facts.pool.range.count });
    case 'stuck-time-wait':
      return say('verdict.stuck-time-wait', { host, longest: Math.round(facts.timeWaitOutlived.longestSeconds) });
    case 'udp-exhaustion':
      return say('verdict.udp-exhaustion', {
        host,
        processes,
        inUse: udpPeak?.inUse ?? null,
        usable: udpPeak?.usable ?? null,
      });
    case 'undetermined':
      return say('verdict.undetermined', {
        host,
        onsets: facts.onsets.reduce((total, { count }) => total + count, 0),
        inUse: peak === null ? null : inUse,
        usable,
        share: utilisation(peak),
        filtered: peak?.unseen.includes('listening') ?? false,
      });
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

function leakedPorts(facts: HostFacts, mechanism: 'bound-leak' | 'close-wait-leak' | 'established-leak'): number {
  const { peak } = facts;
  if (peak === null) return 0;
  return mechanism === 'bound-leak' ? peak.bound : mechanism === 'close-wait-leak' ? peak.closeWait : peak.established;
}
