import { replayContradicts } from '../measure/rate/replay-of-arrivals.js';
import { consumerNames } from '../measure/owners/consumer-name.js';
import { ranOut, type HostFacts } from '../measure/facts.js';
import { hasClosingDefect, undercountsPorts } from '../measure/events/windows-version.js';
import { snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
import { isoTime, isoTimeOrNull } from '../model/iso-time.js';
import type { Confidence, Incident, Mechanism, Verdict, VerdictMechanism } from '../model/report.js';
import type { Judgement } from '../mechanisms/mechanism.js';
import type { Judged } from '../mechanisms/mechanisms.js';
import { risingTrends } from '../mechanisms/leak.js';
import { verdictSummary } from './verdict-summary.js';
import {
  DOMINANT_SHARE,
  NEGLIGIBLE_SHARE,
  UNKNOWN_DIRECTION_LIMIT,
  WITNESS_SHARE_OF_DELAY,
} from '../mechanisms/thresholds.js';
import { isUnderPressure, isNearlyFull, isExhausted, isNearlyEmpty } from '../measure/pools/fullness.js';

/** A clock further off than this cannot tie a snapshot to an event. */
const CLOCK_ERROR_FOR_HIGH_SECONDS = 300;
/** Owners of at least this share of client TIME_WAIT must be known before a culprit is named at high confidence. */
const COVERAGE_FOR_HIGH = 0.5;

/** A table this long before the first sign, or after the last, still belongs to an incident. */
const BESIDE_INCIDENT_MS = 10 * 60_000;
export interface Conclusion {
  readonly verdict: Verdict;
  readonly incidents: Incident[];
  readonly contributing: Mechanism[];
  /** Consumers at fault, by id. */
  readonly atFault: readonly number[];
  /** The same apart: the main mechanism first, then each that contributes. */
  readonly faults: readonly Fault[];
  /** The same as the report names them. */
  readonly culprits: readonly string[];
}

/** One mechanism with the consumers that are at fault for it, by id. */
export interface Fault {
  readonly mechanism: Mechanism;
  readonly atFault: readonly number[];
}

/**
 * The rules of the verdict, in order:
 * 1. A leak that has most of the pool is the cause, whatever the size of the range; a small range contributes.
 * 2. Otherwise a range too small for a load that Windows' default would carry is the cause; what fills it contributes.
 * 3. Otherwise the confirmed mechanism that explains most of the pool, else the likely one.
 * 4. With none: an onset event or a full pool is `undetermined`; so is evidence that could not have shown anything.
 * 5. `none` needs snapshots of all states well below the pool, or a log that covers a time without onsets or symptoms.
 * 6. TCP events beside nothing but a full UDP pool are `undetermined`.
 */
export function conclude(facts: HostFacts, judged: readonly Judged[]): Conclusion {
  const [main, ...others] = foundIn(judged);
  // TCP ran out as well, and UDP ports have no part in that.
  const unexplained = main?.id === 'udp-exhaustion' && tcpOnsets(facts) > 0;
  const mechanism: VerdictMechanism = unexplained
    ? 'undetermined'
    : (main?.id ?? (nothingWrong(facts) ? 'none' : 'undetermined'));
  const beside = main === undefined ? [] : others.filter((other) => contributes(main, other));
  const contributing = [...(unexplained ? [main] : []), ...beside].map(({ id }) => id);
  const competing = others.length - beside.length;
  const exhaustion = exhaustionOf(facts, mechanism);
  const confidence = confidenceOf(facts, mechanism, main?.judgement.outcome === 'confirmed', competing);
  const incident = worstIncident(facts);
  const faults = (main === undefined ? [] : [main, ...beside]).map(({ id, judgement }): Fault => ({
    mechanism: id,
    atFault: judgement.atFault,
  }));
  const atFault = [...new Set(faults.flatMap((fault) => fault.atFault))];
  const culprits = consumerNames(facts.identities, atFault);
  const summary = verdictSummary(facts, mechanism, main?.judgement.atFault ?? [], exhaustion === 'shown');
  const incidents = facts.windows.map((window): Incident => ({
    from: isoTime(window.fromMs),
    to: isoTimeOrNull(window.toMs),
    mechanism,
    contributing,
    confidence,
    summary,
    atFault: culprits,
    onsets: window.onsets,
    endedBy: window.endedBy,
  }));
  return {
    verdict: { mechanism, confidence, exhaustion, summary, incident },
    incidents,
    contributing,
    atFault,
    faults,
    culprits,
  };
}

type Found = { readonly id: Mechanism; readonly judgement: Judgement };

/** What was found, the surest and weightiest first. */
export function foundIn(judged: readonly Judged[]): Found[] {
  const found = judged
    .flatMap(({ hypothesis, judgement }) => (judgement === null ? [] : [{ id: hypothesis.id, judgement }]))
    .filter(({ judgement }) => judgement.outcome === 'confirmed' || judgement.outcome === 'likely');
  // A leak that has most of the pool fills a range of any size.
  const leaks = found.some(({ id, judgement }) => LEAKS.includes(id) && judgement.share >= DOMINANT_SHARE);
  const smallFirst = (id: Mechanism): number => Number(id === 'undersized-range') * (leaks ? 1 : -1);
  return found.sort(
    (a, b) =>
      rank(a.judgement.outcome) - rank(b.judgement.outcome) ||
      smallFirst(a.id) - smallFirst(b.id) ||
      b.judgement.share - a.judgement.share,
  );
}

/** Beside the main one: what is confirmed too, and what is likely and holds ports of another kind. What explains the same ports competes. */
function contributes(main: Found, other: Found): boolean {
  if (other.judgement.outcome === 'confirmed') return true;
  return other.judgement.share >= NEGLIGIBLE_SHARE && PORTS_OF[other.id] !== PORTS_OF[main.id];
}

const LEAKS: readonly VerdictMechanism[] = ['bound-leak', 'close-wait-leak', 'established-leak'];

/** Which ports a mechanism is about. */
const PORTS_OF: Readonly<Record<Mechanism, string>> = {
  'time-wait-churn': 'timeWait',
  'endpoint-collision': 'timeWait',
  'stuck-time-wait': 'timeWait',
  'bound-leak': 'bound',
  'close-wait-leak': 'closeWait',
  'established-leak': 'established',
  'connection-saturation': 'established',
  'syn-sent-pileup': 'synSent',
  'undersized-range': 'range',
  'udp-exhaustion': 'udp',
};

function tcpOnsets({ events }: HostFacts): number {
  return events.collisions.length + events.tcpExhausted.length;
}

function rank(outcome: string): number {
  return outcome === 'confirmed' ? 0 : 1;
}

export function nothingWrong(facts: HostFacts): boolean {
  if (facts.onsets.length > 0 || isNearlyFull(facts.peak) || isNearlyFull(facts.udpPeak)) return false;
  if (facts.peak === null) return facts.hasSystemLog && !hasSigns(facts);
  const fullState = facts.ledger.some(({ unseen }) => !unseen.includes('listening'));
  return !isUnderPressure(facts.peak) && (fullState || facts.logCoversSnapshots);
}

/** Failed logons, error 10055, an empty kernel pool: documented companions of an outage that have other causes too. */
function hasSigns({ events }: HostFacts): boolean {
  return events.symptoms.length > 0 || events.poolShortages.length > 0;
}

function exhaustionOf(facts: HostFacts, mechanism: VerdictMechanism): Verdict['exhaustion'] {
  const { peak } = facts;
  const doubtful = peak !== null && peak.directionUnknown > peak.inUse * UNKNOWN_DIRECTION_LIMIT;
  if ((ranOut(facts) && !doubtful) || isExhausted(facts.udpPeak)) return 'shown';
  // 4231 and 4266 say it themselves: all ports of the pool were in use.
  if (facts.events.tcpExhausted.length > 0 || facts.events.udpExhausted.length > 0) return 'shown';
  if (mechanism === 'endpoint-collision') return 'refuted';
  if (facts.onsets.length > 0) {
    const witness = snapshotSoonAfterOnset(facts, facts.timeWaitDelay.effective.low * WITNESS_SHARE_OF_DELAY);
    const sawAll = witness !== null && witness.entry.unseen.length === 0;
    return sawAll && isNearlyEmpty(witness.entry) ? 'refuted' : 'cannot-tell';
  }
  const seen = facts.logCoversSnapshots && !hasSigns(facts) && !undercountsPorts(facts.events);
  return mechanism === 'none' && seen ? 'refuted' : 'cannot-tell';
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
    return facts.logCoversSnapshots && !hasSigns(facts) && !undercountsPorts(facts.events) ? 'high' : 'medium';
  }
  if (!confirmed) return facts.onsets.length > 0 || growsSteadily(facts, mechanism) ? 'medium' : 'low';
  const { collisions, tcpExhausted, udpExhausted } = facts.events;
  const telling = mechanism === 'udp-exhaustion' ? udpExhausted : [...collisions, ...tcpExhausted];
  const eventsAgree = telling.length > 0;
  const clockIsGood = facts.peakClockErrorSeconds <= CLOCK_ERROR_FOR_HIGH_SECONDS;
  const occupied = mechanism === 'udp-exhaustion' ? facts.udpPeak : facts.peak;
  const occupiedMs = occupied?.at == null ? null : Date.parse(occupied.at);
  const near = facts.windows.some(
    ({ fromMs, toMs }) =>
      occupiedMs !== null &&
      occupiedMs >= fromMs - BESIDE_INCIDENT_MS &&
      occupiedMs <= (toMs ?? Infinity) + BESIDE_INCIDENT_MS,
  );
  const occupancyAgrees = mechanism === 'endpoint-collision' || (isNearlyFull(occupied) && near);
  const ownersKnown = mechanism !== 'time-wait-churn' || (facts.attribution.coverage ?? 0) >= COVERAGE_FOR_HIGH;
  // The replay is of TIME_WAIT: connections that stay open are another matter.
  const replays = mechanism !== 'time-wait-churn' || !replayContradicts(facts.replay);
  const otherCause =
    facts.events.poolShortages.length > 0 || (mechanism === 'endpoint-collision' && hasClosingDefect(facts.events));
  const agree =
    eventsAgree && clockIsGood && occupancyAgrees && ownersKnown && replays && !otherCause && competing === 0;
  return agree ? 'high' : 'medium';
}

/** A leak shown by a series is one before the pool is full. */
function growsSteadily(facts: HostFacts, mechanism: VerdictMechanism): boolean {
  switch (mechanism) {
    case 'bound-leak':
      return risingTrends(facts, 'bound').length > 0;
    case 'close-wait-leak':
      return risingTrends(facts, 'closeWait').length > 0;
    case 'established-leak':
      return risingTrends(facts, 'established').length > 0;
    default:
      return false;
  }
}

/** The incident with the fullest pool, then with the most onsets. */
function worstIncident(facts: HostFacts): number | null {
  if (facts.windows.length === 0) return null;
  const score = (index: number): number => {
    const window = facts.windows[index];
    return (window?.peakUtilisation ?? 0) * 1000 + (window?.onsets ?? 0);
  };
  return facts.windows.reduce((best, _, index) => (score(index) > score(best) ? index : best), 0);
}
