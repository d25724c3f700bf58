import type { HostEvidence } from '../capture/assemble/assemble.js';
import { isSystemChannel, isWholeBetween, isWithoutHole } from '../capture/assemble/host-logs.js';
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
    hasSystemLog: readable.length > 0,
    logExcludesEvents:
      readable.length > 0 && (ledger.length === 0 ? readable.every(isWithoutHole) : logCoversSnapshots),
    logIsFiltered: systemLogs.some(({ isFiltered }) => isFiltered),
  };
}
