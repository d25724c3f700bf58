import type { HostFacts } from '../measure/facts.js';
import { snapshotNearestOnset, type SnapshotNearOnset } from '../measure/events/snapshot-near-onset.js';
import { isNearlyFull } from '../measure/pools/fullness.js';
import { entrySource, evidence, type MechanismRecord } from '../mechanisms/mechanism.js';
import { say } from '../messages/say.js';
import type { Evidence } from '../model/report-message.js';

/**
 * Connections that come and go fill a pool for as long as they come: of one that is full an hour from the next refusal that the log
 * has, the log may have kept no more, or a clock may be off. A convention of this program.
 */
const APART_SECONDS = 3600;

/** The full table nearest to an event, where none is within an hour of one; null where one is, or where none is full or dated. */
export function fullFarFromEvents({ ledger, tcpOnsets }: HostFacts): SnapshotNearOnset | null {
  const nearest = snapshotNearestOnset({ ledger: ledger.filter(isNearlyFull), onsets: tcpOnsets });
  return nearest === null || Math.abs(nearest.secondsAfterOnset) <= APART_SECONDS ? null : nearest;
}

/** The doubt whether tables and log go by one clock, told where ports turn over. */
export function clocksApart(facts: HostFacts, main: MechanismRecord | null): Evidence[] {
  const far = main?.isFilledByRate === true ? fullFarFromEvents(facts) : null;
  if (far === null) return [];
  const seconds = Math.round(far.secondsAfterOnset);
  return [evidence(say('other.clocks-apart', { seconds }), entrySource(far.entry))];
}
