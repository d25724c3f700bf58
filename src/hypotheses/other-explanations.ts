import type { HostFacts } from '../correlation/host-facts.js';
import { hasClosingDefect, isBlind, windowsVersion } from '../correlation/windows-version.js';
import { say } from '../messages/say.js';
import type { Evidence, LedgerEntry, VerdictMechanism } from '../model/report.js';
import { NO_SOURCES, sourcedBy } from '../model/source-ref.js';
import { entrySource, eventCount, eventSource, evidence } from './hypothesis.js';

/** Changes this shortly before the first sign of trouble are named: long enough for a deployment to show its effect. */
const CHANGE_WINDOW_MS = 3_600_000;

/** What else can look like this, or bears on it: named with its evidence, never counted as proof. */
export function otherExplanations(facts: HostFacts, mechanism: VerdictMechanism): Evidence[] {
  const { events, pool, windows } = facts;
  const others: Evidence[] = [];
  if (events.poolShortages.length > 0) {
    const message = say('other.kernel-pool', { count: eventCount(events.poolShortages) });
    others.push(evidence(message, eventSource(events.poolShortages)));
  }
  const version = windowsVersion(events);
  if (version !== null && hasClosingDefect(events)) {
    const fullest = facts.ledger.reduce<LedgerEntry | null>(
      (most, entry) => (entry.closing > (most?.closing ?? 0) ? entry : most),
      null,
    );
    const message = say('other.closing-defect', { ports: fullest?.closing ?? 0 });
    others.push(evidence(message, fullest === null ? eventSource([version.group]) : entrySource(fullest)));
  }
  if (version !== null && isBlind(events) && facts.peak !== null) {
    others.push(evidence(say('other.blind-tools', { version: version.name }), eventSource([version.group])));
  }
  if (pool.excluded > 0) {
    others.push(evidence(say('other.exclusions', { ports: pool.excluded }), sourcedBy(pool.rangeRefs)));
  }
  const [first] = windows;
  if (first !== undefined) {
    const before = events.changes.filter(
      ({ fromMs }) => fromMs <= first.fromMs && first.fromMs - fromMs <= CHANGE_WINDOW_MS,
    );
    if (before.length > 0) {
      others.push(evidence(say('other.changes', { count: eventCount(before) }), eventSource(before)));
    }
  }
  if (events.lookAlikes.length > 0) {
    others.push(
      evidence(say('other.look-alikes', { count: eventCount(events.lookAlikes) }), eventSource(events.lookAlikes)),
    );
  }
  if (events.bootRace.length > 0) {
    others.push(evidence(say('other.boot-race', { count: eventCount(events.bootRace) }), eventSource(events.bootRace)));
  }
  if (mechanism === 'none' || mechanism === 'undetermined') others.push(evidence(say('other.snat'), NO_SOURCES));
  return others;
}
