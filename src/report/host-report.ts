import { missingEvidence, type RuledOut } from '../advice/missing-evidence.js';
import { recommend } from '../advice/recommendation.js';
import { rangeBasis } from '../advice/range-basis.js';
import { lintSettings } from '../advice/settings/settings-lint.js';
import { consumerReports } from './consumer-report.js';
import {
  leavesNoneExcluded,
  type BusiestEndpoint,
  type DestinationFacts,
  type HostFacts,
  type PoolHistory,
} from '../measure/facts.js';
import { disagreementOf } from '../measure/rate/connection-rate.js';
import { serviceName } from './service-names.js';
import { snapshotNearestOnset } from '../measure/events/snapshot-near-onset.js';
import { namingReport } from './naming-report.js';
import { eventReport } from './event-report.js';
import type { Judged } from '../mechanisms/mechanisms.js';
import { answers } from '../verdict/answers.js';
import { clocksApart } from '../verdict/clocks-apart.js';
import { otherExplanations } from '../verdict/other-explanations.js';
import { sessionLeak } from '../verdict/session-leak.js';
import {
  actionsOf,
  asFound,
  incidentReports,
  incidentsBeside,
  judgedFor,
  withCulpritsOf,
  type HostFindings,
} from './several-incidents.js';
import { say } from '../messages/say.js';
import { isoTime } from '../model/iso-time.js';
import type { Coverage, HostReport } from '../model/report.js';
import type { Demand, LedgerEntry, Pool, ReportedLedgerEntry } from '../model/report-ports.js';
import type { Destination } from '../model/report-holders.js';
import type { HypothesisResult } from '../model/report-judgement.js';
import { NO_SOURCES, sourcedBy } from '../model/source-ref.js';
import { shareOf } from '../model/share-of.js';

/** Lists that follow the input are capped; the counts beside them say how many are left out. */
const MAX_CONSUMERS = 50;
const MAX_DESTINATIONS = 50;
const MAX_COVERAGE_GAPS = 50;

/**
 * Writes down everything the report says of a host. Where its incidents have several causes it is about the worst of them, by that
 * one's part of the evidence: ledger, pools, events and coverage are those of the whole.
 */
export function hostReport(findings: HostFindings, headroom: number): HostReport {
  const { facts: whole, conclusion: ofTheWhole } = findings.whole;
  const { facts, judged, conclusion } = judgedFor(findings);
  const { mechanism } = conclusion.verdict;
  const beside = incidentsBeside(findings);
  const consumers = withCulpritsOf(beside, judgedFor(findings), consumerReports(facts, conclusion));
  const recommendation = recommend(facts, conclusion, headroom);
  return {
    ...namingReport(facts.host, facts.evidence.naming),
    utcOffsetMinutes: facts.evidence.clock.offsetMinutes(facts.peakMs ?? facts.onsets[0]?.fromMs ?? 0),
    verdict: { ...conclusion.verdict, incident: ofTheWhole.verdict.incident },
    incidents: incidentReports(findings),
    hypotheses: judged.map((one) => hypothesisReport(asFound(one, beside))),
    answers: answers(facts, mechanism),
    otherExplanations: [
      ...sessionLeak(facts, conclusion),
      ...clocksApart(facts, conclusion.main),
      ...otherExplanations(facts, mechanism),
    ],
    consumers: consumers.slice(0, MAX_CONSUMERS),
    consumersOmitted: Math.max(consumers.length - MAX_CONSUMERS, 0),
    attribution: facts.attribution,
    destinations: facts.destinations.slice(0, MAX_DESTINATIONS).map((one) => destinationReport(facts, one)),
    destinationsOmitted: Math.max(facts.destinations.length - MAX_DESTINATIONS, 0),
    pools: whole.histories.map((history) => poolReport(whole, history)),
    ledger: ledgerReport(whole),
    ledgerOmitted: whole.histories.reduce((sum, { omitted }) => sum + omitted, 0),
    timeWait: facts.timeWaitDelay,
    demand: demandReport(facts.demand),
    recommendation: { ...recommendation, actions: [...recommendation.actions, ...actionsOf(beside, headroom)] },
    settings: lintSettings(facts),
    ...eventReport(
      whole.events,
      whole.windows.map(({ fromMs }) => fromMs),
    ),
    coverage: facts.evidence.coverage.map(coverageReport),
    missingEvidence: missingEvidence(facts, mechanism, ruledOut(judged), conclusion.main?.transport),
  };
}

/** A host with a mechanism before an undetermined one before a healthy one; fuller pools first; then by name. */
export function worstFirst(a: HostReport, b: HostReport): number {
  const rank = ({ verdict }: HostReport): number =>
    verdict.mechanism === 'none' ? 2 : verdict.mechanism === 'undetermined' ? 1 : 0;
  const fullness = ({ pools }: HostReport): number => pools[0]?.peakUtilisation ?? 0;
  return rank(a) - rank(b) || fullness(b) - fullness(a) || (a.host < b.host ? -1 : 1);
}

/** What needs no more evidence. */
function ruledOut(judged: readonly Judged[]): RuledOut {
  const records = judged.flatMap(({ record, judgement }) => (judgement?.outcome === 'ruled-out' ? record : []));
  return {
    bound: records.some(({ leaks }) => leaks === 'bound'),
    udp: records.some(({ transport }) => transport === 'udp'),
  };
}

function hypothesisReport({ record: { id }, judgement }: Judged): HypothesisResult {
  if (judgement === null) return { id, outcome: 'errored', for: [], against: [], missing: [] };
  const { outcome, for: pro, against, missing } = judgement;
  return { id, outcome, for: [...pro], against: [...against], missing: [...missing] };
}

function destinationReport(facts: HostFacts, destination: DestinationFacts): Destination {
  return {
    remote: destination.remote,
    service: serviceName(destination.port),
    servedBy: servedHere(facts, destination),
    ports: destination.ports,
    connections: destination.timeWait + destination.connected,
    timeWait: destination.timeWait,
    connected: destination.connected,
    connectionsPerSecond: destination.perSecond,
    saturation: shareOf(destination.reach, facts.peak?.usable ?? 0),
    sources: destination.sources,
    sourceCount: destination.sourceCount,
  };
}

function ledgerReport(facts: HostFacts): ReportedLedgerEntry[] {
  return facts.histories
    .flatMap(({ ledger }) => ledger)
    .sort(inTimeOrder)
    .map((entry) => ({ ...entry, secondsFromOnset: secondsFromOnset(entry, facts) }));
}

function coverageReport({ file, fromMs, toMs, events, gaps }: HostFacts['evidence']['coverage'][number]): Coverage {
  return {
    file,
    from: isoTime(fromMs),
    to: isoTime(toMs),
    events,
    gaps: gaps.slice(0, MAX_COVERAGE_GAPS).map((gap) => ({
      from: isoTime(gap.fromMs),
      to: isoTime(gap.toMs),
      missingRecords: gap.missingRecords,
    })),
  };
}

function secondsFromOnset(entry: LedgerEntry, { onsets }: HostFacts): number | null {
  const nearest = snapshotNearestOnset({ ledger: [entry], onsets });
  return nearest === null ? null : Math.round(nearest.secondsAfterOnset);
}

/** The far end of a connection to this host itself: the owner of the listener there. */
function servedHere(facts: HostFacts, { isThisHost, port }: DestinationFacts): string | null {
  return isThisHost ? (facts.listeners.find((listener) => listener.port === port)?.process ?? null) : null;
}

function demandReport(demand: HostFacts['demand']): Demand {
  const apart = disagreementOf(demand.methods);
  if (apart === null) return { ...demand, disagreement: null };
  const { less, more } = apart;
  const params = { less: less.id, lessRate: less.perSecond, more: more.id, moreRate: more.perSecond };
  return { ...demand, disagreement: say('demand.disagreement', params) };
}

function poolReport(facts: HostFacts, { pool, peak }: PoolHistory): Pool {
  return {
    id: pool.id,
    transport: pool.transport,
    family: pool.family,
    kind: pool.kind,
    start: pool.range.start,
    count: pool.range.count,
    rangeSource: pool.rangeSource,
    ...(isOfOtherFamily(facts, pool) ? { rangeFamilyAssumed: true } : {}),
    excluded: pool.excluded,
    excludedKnown: pool.exclusionsCaptured || (peak !== null && leavesNoneExcluded(pool, peak)),
    listeners: peak?.listening ?? 0,
    usable: peak?.usable ?? pool.range.count - pool.excluded,
    peakInUse: peak?.inUse ?? null,
    peakAt: peak?.at ?? null,
    peakUtilisation: peak === null ? null : shareOf(peak.inUse, peak.usable),
    rowsCountedNaively: peak?.rowsCountedNaively ?? null,
    ...(pool.kind === 'auto-reuse' ? { busiestDestination: busiestOf(facts.busiestEndpoint) } : {}),
    ...(pool.rangeRefs.length > 0 ? sourcedBy(pool.rangeRefs) : NO_SOURCES),
  };
}

function isOfOtherFamily(facts: HostFacts, { id, family }: PoolHistory['pool']): boolean {
  return family !== 'combined' && id === `tcp-${family}` && rangeBasis(facts, family) === 'other-family';
}

function busiestOf(busiest: BusiestEndpoint | null): NonNullable<Pool['busiestDestination']> | null {
  if (busiest === null) return null;
  const { remote, ports, usable } = busiest;
  return { remote, ports, saturation: shareOf(ports, usable) };
}

function inTimeOrder(a: LedgerEntry, b: LedgerEntry): number {
  if (a.at !== b.at) return a.at === null ? 1 : b.at === null ? -1 : a.at < b.at ? -1 : 1;
  return 0;
}
