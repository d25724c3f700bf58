import type { LedgerEntry } from '../model/report.js';
import type { HostFacts } from './host-facts.js';

/** A dated snapshot beside an onset event. Positive seconds: taken after it. */
export interface Witness {
  readonly entry: LedgerEntry;
  readonly secondsAfterOnset: number;
  readonly clockErrorSeconds: number;
}

/** For every dated snapshot its distance from the nearest onset before it (or, with none before, after it). */
export function witnesses(facts: HostFacts): Witness[] {
  return facts.ledger.flatMap((entry) => {
    if (entry.at === null || facts.onsets.length === 0) return [];
    const atMs = Date.parse(entry.at);
    const distances = facts.onsets.map(({ toMs }) => (atMs - toMs) / 1000);
    const nearest = distances.reduce((best, seconds) => (Math.abs(seconds) < Math.abs(best) ? seconds : best));
    return [{ entry, secondsAfterOnset: nearest, clockErrorSeconds: entry.clockErrorSeconds ?? Infinity }];
  });
}

/** The snapshot nearest to an onset, either side; null without dated snapshots or onsets. */
export function nearestWitness(facts: HostFacts): Witness | null {
  return witnesses(facts).reduce<Witness | null>(
    (best, next) =>
      best === null || Math.abs(next.secondsAfterOnset) < Math.abs(best.secondsAfterOnset) ? next : best,
    null,
  );
}

/** A snapshot taken so soon after an onset, clock error included, that what held the ports for `staysSeconds` must still be in it. */
export function witnessWithin(facts: HostFacts, staysSeconds: number): Witness | null {
  const valid = witnesses(facts).filter(
    ({ secondsAfterOnset, clockErrorSeconds }) =>
      secondsAfterOnset >= -clockErrorSeconds && secondsAfterOnset + clockErrorSeconds <= staysSeconds,
  );
  return valid[0] ?? null;
}
