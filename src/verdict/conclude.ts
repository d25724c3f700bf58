import { consumerNames } from '../measure/owners/consumer-name.js';
import type { HostFacts } from '../measure/facts.js';
import { isFound } from '../mechanisms/judging.js';
import type { MechanismRecord } from '../mechanisms/mechanism.js';
import type { Found, Judged } from '../mechanisms/mechanisms.js';
import { DOMINANT_SHARE, NEGLIGIBLE_SHARE } from '../mechanisms/thresholds.js';
import { isoTime, isoTimeOrNull } from '../model/iso-time.js';
import type { Incident, Mechanism, Verdict, VerdictMechanism } from '../model/report-judgement.js';
import type { Message } from '../model/report-message.js';
import { confidenceIn, confidenceInHealth } from './confidence.js';
import { exhaustionOf } from './exhaustion.js';
import { healthySummary, nothingWrong, undeterminedSummary } from './nothing-found.js';

export interface Conclusion {
  readonly verdict: Verdict;
  /** The record of the verdict's mechanism; null where it is `none` or `undetermined`. */
  readonly main: MechanismRecord | null;
  readonly incidents: Incident[];
  readonly contributing: Mechanism[];
  /** Consumers at fault, by id; nobody where it is the range that is wrong. */
  readonly atFault: readonly number[];
  /** The main mechanism first, then each that contributes, with those who would be at fault for it alone. */
  readonly faults: readonly Fault[];
  /** Those at fault as the report names them. */
  readonly culprits: readonly string[];
}

/** One mechanism with the consumers that are at fault for it, by id. */
export interface Fault {
  readonly mechanism: MechanismRecord;
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
  const [first, ...others] = foundIn(judged);
  const beside = first === undefined ? [] : others.filter((other) => contributes(first, other));
  const found = first === undefined ? [] : [first, ...beside];
  const main = first === undefined || leavesTcpUnexplained(first, facts) ? null : first;
  const contributing = found.filter((one) => one !== main).map(({ record }) => record.id);
  const verdict = verdictOf(facts, main, first === undefined && nothingWrong(facts), others.length - beside.length);
  const faults = found.map(({ record, judgement }): Fault => ({ mechanism: record, atFault: judgement.atFault }));
  // The load would have fitted the range that Windows has by default: whoever met the smaller one is no cause.
  const isRange = main?.record.ports === 'range';
  const atFault = isRange ? [] : [...new Set(faults.flatMap((fault) => fault.atFault))];
  const culprits = consumerNames(facts.identities, atFault);
  const incidents = facts.windows.map((window): Incident => ({
    from: isoTime(window.fromMs),
    to: isoTimeOrNull(window.toMs),
    mechanism: verdict.mechanism,
    contributing,
    confidence: verdict.confidence,
    summary: verdict.summary,
    atFault: consumerNames(facts.identities, ofTheIncident(facts, atFault)),
    onsets: window.onsets,
    endedBy: window.endedBy,
  }));
  return { verdict, main: main?.record ?? null, incidents, contributing, atFault, faults, culprits };
}

/** Those at fault who held ports when the pool was fullest: a process started since then leaks too, and had no part in it. */
function ofTheIncident({ consumers }: HostFacts, atFault: readonly number[]): readonly number[] {
  const held = atFault.filter((id) => consumers.some(({ identity, ports }) => identity.id === id && ports > 0));
  return held.length > 0 ? held : atFault;
}

function verdictOf(facts: HostFacts, main: Found | null, isHealthy: boolean, competing: number): Verdict {
  const exhaustion = exhaustionOf(facts, main?.record ?? null, isHealthy);
  const told = (mechanism: VerdictMechanism, confidence: Verdict['confidence'], summary: Message): Verdict => ({
    mechanism,
    confidence,
    exhaustion,
    summary,
    incident: worstIncident(facts),
    poolId: (main?.record.transport === 'udp' ? facts.udpPool : facts.pool).id,
    ports: main?.record.ports ?? null,
    isLeak: main !== null && main.record.leaks !== null,
    filledByRate: main?.record.isFilledByRate ?? false,
  });
  if (main === null) {
    if (!isHealthy) return told('undetermined', 'low', undeterminedSummary(facts));
    return told('none', confidenceInHealth(facts), healthySummary(facts));
  }
  const { record, judgement } = main;
  const blame = { atFault: judgement.atFault, exhausted: exhaustion === 'shown' };
  return told(record.id, confidenceIn(main, facts, competing), record.summary(facts, blame));
}

/** What was found, the surest and weightiest first. */
export function foundIn(judged: readonly Judged[]): Found[] {
  const found = judged
    .flatMap(({ record, judgement }) => (judgement === null ? [] : [{ record, judgement }]))
    .filter(({ judgement }) => isFound(judgement.outcome));
  // A leak that has most of the pool fills a range of any size.
  const leaks = found.some(({ record, judgement }) => record.leaks !== null && judgement.share >= DOMINANT_SHARE);
  const smallFirst = ({ record }: Found): number => Number(record.ports === 'range') * (leaks ? 1 : -1);
  return found.sort(
    (a, b) => rank(a) - rank(b) || smallFirst(a) - smallFirst(b) || b.judgement.share - a.judgement.share,
  );
}

export function rank({ judgement }: Found): number {
  return judgement.outcome === 'confirmed' ? 0 : 1;
}

/** Beside the main one: what is confirmed too, and what is likely and holds ports of another kind. What explains the same ports competes. */
function contributes(main: Found, other: Found): boolean {
  if (other.judgement.outcome === 'confirmed') return true;
  return other.judgement.share >= NEGLIGIBLE_SHARE && other.record.ports !== main.record.ports;
}

/** TCP ran out as well, and UDP ports have no part in that. */
function leavesTcpUnexplained({ record }: Found, { events }: HostFacts): boolean {
  return record.transport === 'udp' && events.collisions.length + events.tcpExhausted.length > 0;
}

/** The incident with the fullest pool, then with the most onsets. */
function worstIncident({ windows }: HostFacts): number | null {
  if (windows.length === 0) return null;
  const score = (index: number): number => {
    const window = windows[index];
    return (window?.peakUtilisation ?? 0) * 1000 + (window?.onsets ?? 0);
  };
  return windows.reduce((best, _, index) => (score(index) > score(best) ? index : best), 0);
}
