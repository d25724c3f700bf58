import type { HostFacts } from '../correlation/host-facts.js';
import { say } from '../messages/say.js';
import type { Evidence, VerdictMechanism } from '../model/report.js';
import { NO_SOURCES, sourcedBy } from '../model/source-ref.js';
import { eventCount, eventSource, evidence } from './hypothesis.js';

/** Changes this shortly before the first sign of trouble are named: long enough for a deployment to show its effect. */
const CHANGE_WINDOW_MS = 3_600_000;
/** Server 2008 SP2: 4227 for a port in state "Closing" (Microsoft hotfix article b980ba14). */
const CLOSING_DEFECT = '6.0';
/** Until KB 3123245 (October 2016) netstat and Get-NetTCPConnection showed too few ports up to Windows Server 2012 R2. */
const BLIND_VERSIONS = ['6.0', '6.1', '6.2', '6.3'];

/** What else can look like this, or bears on it: named with its evidence, never counted as proof. */
export function otherExplanations(facts: HostFacts, mechanism: VerdictMechanism): Evidence[] {
  const { events, pool, windows } = facts;
  const others: Evidence[] = [];
  if (events.poolShortages.length > 0) {
    const message = say('other.kernel-pool', { count: eventCount(events.poolShortages) });
    others.push(evidence(message, eventSource(events.poolShortages)));
  }
  const version = windowsVersion(facts);
  if (version !== null && version.name === CLOSING_DEFECT && events.collisions.length > 0) {
    others.push(evidence(say('other.closing-defect'), version.sourced));
  }
  if (version !== null && BLIND_VERSIONS.includes(version.name) && facts.peak !== null) {
    others.push(evidence(say('other.blind-tools', { version: version.name }), version.sourced));
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

/** `6.1` from EventLog 6009, whose first string is `6.01.` or `10.00.`. */
function windowsVersion({ events }: HostFacts): { name: string; sourced: ReturnType<typeof eventSource> } | null {
  const started = events.boots.filter(({ id, provider }) => id === 6009 && provider.toLowerCase() === 'eventlog');
  const latest = started.at(-1);
  const match = latest === undefined ? null : /^(\d+)\.(\d+)\.?$/.exec(latest.sample.data[0]?.value ?? '');
  if (latest === undefined || match === null) return null;
  return { name: `${String(Number(match[1]))}.${String(Number(match[2]))}`, sourced: eventSource([latest]) };
}
