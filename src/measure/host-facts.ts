import type { HostEvidence } from '../capture/assemble/assemble.js';
import type { AnalysisOptions } from '../model/analysis.js';
import { delayFacts } from './delay-facts.js';
import { incidentWindows } from './events/incident-windows.js';
import type { HostFacts } from './facts.js';
import type { HostMeasures } from './host-measures.js';
import { logFacts } from './log-facts.js';
import { peakFacts } from './peak-facts.js';
import { poolFacts } from './pool-facts.js';
import { rateFacts, unseenMoments } from './rate-facts.js';
import { isCensored } from './rate/connection-rate.js';
import { tableFacts } from './table-facts.js';

/** Puts the measures of the tables, the events and the settings together. */
export function hostFacts(evidence: HostEvidence, measures: HostMeasures, options: AnalysisOptions): HostFacts {
  const { consumers } = measures.names;
  const trends = measures.tables.trends.map((trend) => ({ ...trend, identity: consumers.identity(trend.consumer) }));
  const tables = tableFacts(measures, trends);
  const { ledger, udpLedger } = tables;
  const logs = logFacts(evidence, ledger);
  const delays = delayFacts(measures, evidence, options);
  const unseen = unseenMoments(measures, logs, delays, ledger);
  const entry = measures.holders.peak?.entry ?? null;
  // Others of its connections take their ports from another pool, or are not in the list.
  const isPart =
    measures.pools.histories.some(({ pool }) => pool.kind === 'auto-reuse') ||
    (entry?.unseen.some((what) => what === 'timeWait' || what === 'established') ?? false);
  const peak = peakFacts(measures, delays, trends, isPart || isCensored(entry, unseen.ranOutUnseen));
  const rates = rateFacts(measures, evidence, delays, unseen, peak.destinations, isPart);
  // Before the listeners are named: theirs need hold no port.
  const identities = Array.from({ length: consumers.size }, (_, id) => consumers.identity(id));
  return {
    host: evidence.host,
    evidence,
    ...poolFacts(measures),
    ...tables,
    ...peak,
    ...delays,
    ...rates,
    ...logs,
    identities,
    windows: incidentWindows(logs.onsets, ledger, udpLedger, logs.events.boots),
  };
}
