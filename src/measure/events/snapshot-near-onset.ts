import type { LedgerEntry } from '../../model/report-ports.js';
import { isPlaced, type EventGroup } from '../../model/event-group.js';

/** Where a snapshot is looked for, and the events it is to be near. */
export interface LedgerAndOnsets {
  readonly ledger: readonly LedgerEntry[];
  readonly onsets: readonly EventGroup[];
}

/** The TCP tables, and the events that say of TCP that a connection got no port. */
export function ofTcp({
  ledger,
  tcpOnsets,
}: Pick<LedgerAndOnsets, 'ledger'> & { tcpOnsets: LedgerAndOnsets['onsets'] }): LedgerAndOnsets {
  return { ledger, onsets: tcpOnsets };
}

/** A dated snapshot beside an onset event. Positive seconds: taken after it. */
export interface SnapshotNearOnset {
  readonly entry: LedgerEntry;
  readonly secondsAfterOnset: number;
  readonly clockErrorSeconds: number;
}

/** The snapshot nearest to an onset whose time is sure, either side; null without dated snapshots or such onsets. */
export function snapshotNearestOnset({ ledger, onsets }: LedgerAndOnsets): SnapshotNearOnset | null {
  return nearest({ ledger, onsets: onsets.filter(isPlaced) }, ledger, () => true);
}

/** What two clocks of whole seconds may differ by: further before an event no error of a clock makes a table one of after it. */
const SAME_MOMENT_SECONDS = 5;

/**
 * A snapshot taken so soon after an onset, clock error included, that what held the ports for `staysSeconds` must still be in it:
 * the nearest to an onset of those that hide least. One that its own time puts before the event shows no burst that came after it,
 * however far that time may be off.
 */
export function snapshotSoonAfterOnset(facts: LedgerAndOnsets, staysSeconds: number): SnapshotNearOnset | null {
  const isValid = (seconds: number, errorSeconds: number): boolean =>
    seconds >= -Math.min(errorSeconds, SAME_MOMENT_SECONDS) && seconds + errorSeconds <= staysSeconds;
  const valid = facts.ledger.filter((entry) => nearest(facts, [entry], isValid) !== null);
  const hidden = Math.min(...valid.map(({ unseen }) => unseen.length));
  return nearest(
    facts,
    valid.filter(({ unseen }) => unseen.length === hidden),
    isValid,
  );
}

/** Goes by both ends of each group of onsets: those are moments of an event. */
function nearest(
  { onsets }: LedgerAndOnsets,
  entries: readonly LedgerEntry[],
  isValid: (secondsAfterOnset: number, clockErrorSeconds: number) => boolean,
): SnapshotNearOnset | null {
  let best: SnapshotNearOnset | null = null;
  for (const entry of entries) {
    if (entry.at === null) continue;
    const atMs = Date.parse(entry.at);
    for (const { fromMs, toMs, clockErrorSeconds: onsetErrorSeconds } of onsets) {
      const clockErrorSeconds = (entry.clockErrorSeconds ?? Infinity) + onsetErrorSeconds;
      for (const onsetMs of [fromMs, toMs]) {
        const secondsAfterOnset = (atMs - onsetMs) / 1000;
        if (!isValid(secondsAfterOnset, clockErrorSeconds)) continue;
        if (best !== null && Math.abs(secondsAfterOnset) >= Math.abs(best.secondsAfterOnset)) continue;
        best = { entry, secondsAfterOnset, clockErrorSeconds };
      }
    }
  }
  return best;
}
