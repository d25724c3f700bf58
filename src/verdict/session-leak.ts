import type { ConsumerFacts, HostFacts } from '../measure/facts.js';
import { evidence } from '../mechanisms/mechanism.js';
import { DOMINANT_SHARE } from '../mechanisms/thresholds.js';
import { say } from '../messages/say.js';
import type { Evidence } from '../model/report-message.js';
import { sourcedBy } from '../model/source-ref.js';
import type { Conclusion } from './conclude.js';

/** Two processes or users may be a coincidence; from three on one program leaks wherever it runs. */
const SESSIONS_NEEDED = 3;
/** More are counted. */
const MOST_SESSIONS_NAMED = 5;

/** A leak of one program that is spread over many processes, none of which holds most of it. */
export type LeakSpread = {
  readonly process: string;
  readonly processes: number;
  /** As many as are known; from three on it leaks in every session. */
  readonly users: number;
  /** Ports of the process that holds most, and of all of them. */
  readonly most: number;
  readonly ports: number;
  /** Those that hold most, as an administrator finds them: `CONTOSO\anna (PID 4312)`. */
  readonly named: readonly string[];
};

/** What each program at fault says of its leak where it is spread, as on a session host. */
export function sessionLeak(facts: HostFacts, { main, atFault }: Conclusion): Evidence[] {
  if (main === null || main.leaks === null) return [];
  return facts.consumers.flatMap((consumer) => {
    if (!atFault.includes(consumer.identity.id)) return [];
    const spread = spreadOf(facts, consumer);
    const { refs, refCount } = consumer.attributed;
    return spread === null ? [] : [evidence(say('other.session-leak', spread), sourcedBy(refs, refCount))];
  });
}

/** The sessions that the only program at fault leaks in; null where it is one process, or not known to be of several users. */
export function leakingSessions(facts: HostFacts, atFault: readonly number[]): LeakSpread | null {
  const [first, ...others] = facts.consumers.filter(({ identity }) => atFault.includes(identity.id));
  if (first === undefined || others.length > 0 || atFault.length > 1) return null;
  const spread = spreadOf(facts, first);
  return spread !== null && spread.users >= SESSIONS_NEEDED ? spread : null;
}

function spreadOf(facts: HostFacts, { identity, attributed: { holding } }: ConsumerFacts): LeakSpread | null {
  if (holding === null || holding.pids.size < SESSIONS_NEEDED) return null;
  const held = [...holding.pids].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const ports = held.reduce((sum, [, count]) => sum + count, 0);
  const most = held[0]?.[1] ?? 0;
  if (most >= ports * DOMINANT_SHARE) return null;
  const userOf = (pid: number): string | null => facts.evidence.processes.find(pid, facts.peakMs)?.user ?? null;
  return {
    process: identity.process,
    processes: held.length,
    users: new Set(held.flatMap(([pid]) => userOf(pid) ?? [])).size,
    most,
    ports,
    named: held.slice(0, MOST_SESSIONS_NAMED).map(([pid]) => {
      const user = userOf(pid);
      return user === null ? `PID ${String(pid)}` : `${user} (PID ${String(pid)})`;
    }),
  };
}
