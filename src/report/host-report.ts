import { missingEvidence } from '../advice/missing-evidence.js';
import { recommend } from '../advice/recommendation.js';
import { lintSettings } from '../advice/settings/settings-lint.js';
import { consumerReports } from './consumer-report.js';
import type { BusiestEndpoint, DestinationFacts, HostFacts, PoolHistory } from '../measure/facts.js';
import { disagreementOf } from '../measure/rate/connection-rate.js';
import { serviceName } from './service-names.js';
import { snapshotNearestOnset } from '../measure/events/snapshot-near-onset.js';
import { eventReport } from './event-report.js';
import { judgeAll } from '../mechanisms/mechanisms.js';
import { otherExplanations } from '../verdict/other-explanations.js';
import { conclude, type Conclusion } from '../verdict/conclude.js';
import { say } from '../messages/say.js';
import { isoTime } from '../model/iso-time.js';
import type { Demand, HostReport, HypothesisResult, LedgerEntry, Pool } from '../model/report.js';
import { NO_SOURCES, sourcedBy } from '../model/source-ref.js';

/** Lists that follow the input are capped; the counts beside them say how many are left out. */
const MAX_CONSUMERS = 50;
const MAX_DESTINATIONS = 50;
const MAX_COVERAGE_GAPS = 50;

/**
 * Judges one host and writes down everything the report says of it. `whole` is all that was captured, where `facts` are the part of
 * it that one of several incidents is judged by: ledger, pools, events and coverage are those of the whole.
 */
export function hostReport(facts: HostFacts, headroom: number, whole: HostFacts = facts): HostReport {
  const judged = judgeAll(facts);
  const conclusion = conclude(facts, judged);
  const { verdict } = conclusion;
  const usable = facts.peak?.usable ?? 0;
  const consumers = consumerReports(facts, conclusion);
  const ledger = whole.histories
    .flatMap(({ ledger }) => ledger)
    .sort(inTimeOrder)
    .map((entry) => ({ ...entry, secondsFromOnset: secondsFromOnset(entry, whole) }));
  return {
    host: facts.host,
    utcOffsetMinutes: facts.evidence.clock.offsetMinutes(facts.peakMs ?? facts.onsets[0]?.fromMs ?? 0),
    verdict,
    incidents: conclusion.incidents,
    hypotheses: judged.map(({ record, judgement }): HypothesisResult =>
      judgement === null
        ? { id: record.id, outcome: 'errored', for: [], against: [], missing: [] }
        : {
            id: record.id,
            outcome: judgement.outcome,
            for: [...judgement.for],
            against: [...judgement.against],
            missing: [...judgement.missing],
          },
    ),
    otherExplanations: otherExplanations(facts, verdict.mechanism),
    consumers: consumers.slice(0, MAX_CONSUMERS),
    consumersOmitted: Math.max(consumers.length - MAX_CONSUMERS, 0),
    attribution: facts.attribution,
    destinations: facts.destinations.slice(0, MAX_DESTINATIONS).map((destination) => ({
      remote: destination.remote,
      service: serviceName(destination.port),
      servedBy: servedHere(facts, destination),
      ports: destination.ports,
      timeWait: destination.timeWait,
      connected: destination.connected,
      connectionsPerSecond: destination.perSecond,
      saturation: ratio(destination.ports, usable),
      sources: destination.sources,
      sourceCount: destination.sourceCount,
    })),
    destinationsOmitted: Math.max(facts.destinations.length - MAX_DESTINATIONS, 0),
    pools: whole.histories.map((history) => poolReport(history, whole.busiestEndpoint)),
    ledger,
    ledgerOmitted: whole.histories.reduce((sum, { omitted }) => sum + omitted, 0),
    timeWait: facts.timeWaitDelay,
    demand: demandReport(facts.demand),
    recommendation: recommend(facts, conclusion, headroom),
    settings: lintSettings(facts),
    ...eventReport(
      whole.events,
      whole.windows.map(({ fromMs }) => fromMs),
    ),
    coverage: facts.evidence.coverage.map((log) => ({
      file: log.file,
      from: isoTime(log.fromMs),
      to: isoTime(log.toMs),
      events: log.events,
      gaps: log.gaps.slice(0, MAX_COVERAGE_GAPS).map((gap) => ({
        from: isoTime(gap.fromMs),
        to: isoTime(gap.toMs),
        missingRecords: gap.missingRecords,
      })),
    })),
    missingEvidence: missingEvidence(facts, verdict.mechanism),
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

/** The facts that the report is about, of a host with two TCP pools. */
export { troubledPool } from '../verdict/troubled-pool.js';

/** What one incident's part of the evidence comes to. */
export function judgeIncident(facts: HostFacts): Conclusion {
  return conclude(facts, judgeAll(facts));
}

function demandReport(demand: HostFacts['demand']): Demand {
  const apart = disagreementOf(demand.methods);
  if (apart === null) return { ...demand, disagreement: null };
  const { less, more } = apart;
  const params = { less: less.id, lessRate: less.perSecond, more: more.id, moreRate: more.perSecond };
  return { ...demand, disagreement: say('demand.disagreement', params) };
}

function poolReport({ pool, peak }: PoolHistory, busiest: BusiestEndpoint | null): Pool {
  return {
    id: pool.id,
    transport: pool.transport,
    family: pool.family,
    kind: pool.kind,
    start: pool.range.start,
    count: pool.range.count,
    rangeSource: pool.rangeSource,
    excluded: pool.excluded,
    listeners: peak?.listening ?? 0,
    usable: peak?.usable ?? pool.range.count - pool.excluded,
    peakInUse: peak?.inUse ?? null,
    peakAt: peak?.at ?? null,
    peakUtilisation: peak === null ? null : ratio(peak.inUse, peak.usable),
    rowsCountedNaively: peak?.rowsCountedNaively ?? null,
    ...(pool.kind === 'auto-reuse' ? { busiestDestination: busiestOf(busiest) } : {}),
    ...(pool.rangeRefs.length > 0 ? sourcedBy(pool.rangeRefs) : NO_SOURCES),
  };
}

function busiestOf(busiest: BusiestEndpoint | null): NonNullable<Pool['busiestDestination']> | null {
  if (busiest === null) return null;
  const { remote, ports, usable } = busiest;
  return { remote, ports, saturation: ratio(ports, usable) };
}

function ratio(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

function inTimeOrder(a: LedgerEntry, b: LedgerEntry): number {
  if (a.at !== b.at) return a.at === null ? 1 : b.at === null ? -1 : a.at < b.at ? -1 : 1;
  return 0;
}
