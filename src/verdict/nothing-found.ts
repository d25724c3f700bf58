import type { HostFacts } from '../measure/facts.js';
import { snapshotNearestOnset } from '../measure/events/snapshot-near-onset.js';
import { isNearlyFull, isUnderPressure, utilisation } from '../measure/pools/fullness.js';
import { say } from '../messages/say.js';
import type { Message } from '../model/report-message.js';

/** Whether the capture shows that nothing was wrong: it could have shown it, and does not. */
export function nothingWrong(facts: HostFacts): boolean {
  if (facts.onsets.length > 0 || isNearlyFull(facts.peak) || isNearlyFull(facts.udpPeak)) return false;
  if (facts.peak === null) return facts.hasSystemLog && !hasSigns(facts);
  const isWhole = facts.ledger.some(({ scope }) => scope === 'whole');
  return !isUnderPressure(facts.peak) && (isWhole || facts.logCoversSnapshots);
}

/** Failed logons, error 10055, an empty kernel pool: documented companions of an outage that have other causes too. */
export function hasSigns({ events }: HostFacts): boolean {
  return events.symptoms.length > 0 || events.poolShortages.length > 0;
}

/** The sentence where nothing was wrong. */
export function healthySummary({ host, peak, tcpTables, hasSystemLog }: HostFacts): Message {
  return say('verdict.none', {
    host,
    inUse: peak?.inUse ?? null,
    usable: peak?.usable ?? 0,
    scope: peak?.scope ?? 'whole',
    snapshots: tcpTables,
    logged: hasSystemLog,
  });
}

/** The sentence where something was wrong, or may have been, and nothing explains it. */
export function undeterminedSummary(facts: HostFacts): Message {
  const { host, peak, onsets, timeWaitDelay } = facts;
  const nearest = snapshotNearestOnset(facts);
  return say('verdict.undetermined', {
    host,
    onsets: onsets.reduce((total, { count }) => total + count, 0),
    ids: [...new Set(onsets.map(({ id }) => String(id)))].sort(),
    inUse: peak?.inUse ?? null,
    usable: peak?.usable ?? 0,
    share: utilisation(peak),
    scope: peak?.scope ?? 'whole',
    secondsAfterOnset: nearest === null ? null : Math.round(nearest.secondsAfterOnset),
    delay: timeWaitDelay.effective.high ?? timeWaitDelay.effective.low,
  });
}
