import type { HostFacts } from '../measure/facts.js';
import { evidence } from '../mechanisms/mechanism.js';
import { DOMINANT_SHARE } from '../mechanisms/thresholds.js';
import { say } from '../messages/say.js';
import type { Evidence } from '../model/report-message.js';
import { sourcedBy } from '../model/source-ref.js';
import type { Conclusion } from './conclude.js';

/** Two processes may be a coincidence; from three on one program leaks wherever it runs. */
const PROCESSES_NEEDED = 3;
/** More users are counted. */
const MOST_SESSIONS_NAMED = 5;

/**
 * A leak of one program that is spread over many processes, as on a session host with one in every session: which users and
 * processes hold most of it. Ending one of them frees its part only.
 */
export function sessionLeak(facts: HostFacts, { main, atFault }: Conclusion): Evidence[] {
  const leaks = main?.leaks ?? null;
  if (leaks === null) return [];
  return facts.consumers.flatMap(({ identity, attributed: { holding, refs, refCount } }) => {
    if (holding === null || !atFault.includes(identity.id) || holding.pids.size < PROCESSES_NEEDED) return [];
    const held = [...holding.pids].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const ports = held.reduce((sum, [, count]) => sum + count, 0);
    const most = held[0]?.[1] ?? 0;
    if (most >= ports * DOMINANT_SHARE) return [];
    const users = new Set(held.flatMap(([pid]) => userOf(facts, pid) ?? []));
    const params = {
      process: identity.process,
      processes: held.length,
      users: users.size,
      most,
      ports,
      named: held.slice(0, MOST_SESSIONS_NAMED).map(([pid]) => nameOf(facts, pid)),
    };
    return [evidence(say('other.session-leak', params), sourcedBy(refs, refCount))];
  });
}

/** As an administrator finds it: `CONTOSO\\anna (PID 4312)`. */
function nameOf(facts: HostFacts, pid: number): string {
  const user = userOf(facts, pid);
  return user === null ? `PID ${String(pid)}` : `${user} (PID ${String(pid)})`;
}

function userOf(facts: HostFacts, pid: number): string | null {
  return facts.evidence.processes.find(pid, facts.peakMs)?.user ?? null;
}
