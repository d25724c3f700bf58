import type { HostFacts } from '../measure/facts.js';
import { consumerName } from '../measure/owners/consumer-name.js';
import { snapshotNearestOnset } from '../measure/events/snapshot-near-onset.js';
import { isNearlyEmpty, isNearlyFull, isUnderPressure, utilisation } from '../measure/pools/fullness.js';
import { heaviest } from '../mechanisms/leak.js';
import { closingCrowdState } from '../mechanisms/closing-crowd.js';
import { say } from '../messages/say.js';
import type { Message } from '../model/report-message.js';

/** Whether the capture shows that nothing was wrong: it could have shown it, and does not. */
export function nothingWrong(facts: HostFacts): boolean {
  const { peak } = facts;
  if (facts.onsets.length > 0 || isNearlyFull(peak) || isNearlyFull(facts.udpPeak)) return false;
  if (peak === null) return facts.hasSystemLog && !hasSigns(facts);
  const isWhole = facts.ledger.some(({ scope }) => scope === 'whole');
  if (!isUnderPressure(peak)) return isWhole || facts.logCoversSnapshots;
  // Of a pool under pressure, ports that the table does not list may have filled the rest, and a log would say so.
  return isWhole && facts.logCoversSnapshots && !hasSigns(facts);
}

/** Failed logons, error 10055, an empty kernel pool: documented companions of an outage that have other causes too. */
export function hasSigns({ events }: HostFacts): boolean {
  return events.symptoms.length > 0 || events.poolShortages.length > 0;
}

/** The sentence where nothing was wrong. */
export function healthySummary({ host, peak, tcpTables, hasSystemLog, logSilentSeconds }: HostFacts): Message {
  return say('verdict.none', {
    host,
    inUse: peak?.inUse ?? null,
    usable: peak?.usable ?? 0,
    scope: peak?.scope ?? 'whole',
    snapshots: tcpTables,
    logged: hasSystemLog,
    silentSeconds: logSilentSeconds,
    pressed: isUnderPressure(peak),
  });
}

/** The sentence where something was wrong, or may have been, and nothing explains it. */
export function undeterminedSummary(facts: HostFacts): Message {
  const { host, peak, onsets, timeWaitDelay } = facts;
  const named = closingCrowd(facts) ?? exhaustedElsewhere(facts);
  if (named !== null) return named;
  const nearest = snapshotNearestOnset(facts);
  return say('verdict.undetermined', {
    host,
    onsets: onsets.reduce((total, { count }) => total + count, 0),
    ids: [...new Set(onsets.map(({ id }) => String(id)))].sort(),
    inUse: peak?.inUse ?? null,
    usable: peak?.usable ?? null,
    share: utilisation(peak),
    scope: peak?.scope ?? 'whole',
    secondsAfterOnset: nearest === null ? null : Math.round(nearest.secondsAfterOnset),
    delay: timeWaitDelay.effective.high ?? timeWaitDelay.effective.low,
  });
}

/** Most of a pool under pressure stands in a state of closing: no mechanism is known for it, but the state and its holder are. */
function closingCrowd(facts: HostFacts): Message | null {
  const { host, peak, onsets } = facts;
  if (peak === null || !isUnderPressure(peak)) return null;
  const state = closingCrowdState(peak);
  if (state === null) return null;
  return say('verdict.closing-crowd', {
    host,
    state,
    ports: peak[state],
    usable: peak.usable,
    process: heaviest(facts, state)?.process ?? null,
    onsets: onsets.reduce((total, { count }) => total + count, 0),
  });
}

/** 4231 says that no port was left, and a whole table soon after it shows most of them free. */
function exhaustedElsewhere(facts: HostFacts): Message | null {
  const { host, peak, events, timeWaitDelay, consumers } = facts;
  const nearest = snapshotNearestOnset(facts);
  if (events.tcpExhausted.length === 0 || peak === null || nearest === null) return null;
  const { entry, secondsAfterOnset } = nearest;
  const isLate = Math.abs(secondsAfterOnset) > timeWaitDelay.effective.low;
  if (entry.scope !== 'whole' || isLate || !isNearlyEmpty(entry)) return null;
  const [holder] = consumers;
  return say('verdict.exhausted-elsewhere', {
    host,
    count: events.tcpExhausted.reduce((total, { count }) => total + count, 0),
    inUse: entry.inUse,
    usable: entry.usable,
    seconds: Math.round(secondsAfterOnset),
    process: holder === undefined ? null : consumerName(holder.identity),
    hidden: entry.unseen.includes('bound'),
  });
}
