import type { HostEvidence } from '../capture/assemble/assemble.js';
import { isSystemChannel, isWholeBetween, isWithoutHole, type HostLog } from '../capture/assemble/host-logs.js';
import { LONGEST_LEGAL_DELAY_MS } from '../model/legal-delay.js';
import type { LedgerEntry } from '../model/report-ports.js';
import { classifyEvents, onsets } from './events/classified-events.js';
import type { LogFacts } from './facts.js';

export function logFacts({ events, logs }: HostEvidence, ledger: readonly LedgerEntry[]): LogFacts {
  const classified = classifyEvents(events);
  const dated = ledger.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
  const systemLogs = logs.filter(({ channel }) => isSystemChannel(channel));
  const logCoversSnapshots =
    dated.length > 0 && systemLogs.some((log) => isWholeBetween(log, Math.min(...dated), Math.max(...dated)));
  const readable = systemLogs.filter(({ isFiltered }) => !isFiltered);
  return {
    events: classified,
    onsets: onsets(classified),
    tcpOnsets: onsets({ ...classified, udpExhausted: [] }),
    logCoversSnapshots,
    logSilentSeconds: silentSeconds(systemLogs, dated),
    hasSystemLog: readable.length > 0,
    logExcludesEvents:
      readable.length > 0 && (ledger.length === 0 ? readable.every(isWithoutHole) : logCoversSnapshots),
    logIsFiltered: systemLogs.some(({ isFiltered }) => isFiltered),
  };
}

/** What ended within the longest TIME_WAIT before a table still stands in it; a longer silence of the log is not seen by either. */
function silentSeconds(logs: readonly HostLog[], datedMs: readonly number[]): number | null {
  const ends = logs.flatMap(({ whole }) => whole.map(({ toMs }) => toMs));
  if (ends.length === 0 || datedMs.length === 0) return null;
  const silentMs = Math.max(...datedMs) - Math.max(...ends);
  return silentMs > LONGEST_LEGAL_DELAY_MS ? Math.round(silentMs / 1000) : null;
}
