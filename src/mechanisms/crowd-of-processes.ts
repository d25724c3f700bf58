import type { HostFacts } from '../measure/facts.js';
import { heaviest } from './leak.js';
import { CONTRIBUTING_PORTS } from './thresholds.js';

/** So many processes of one image, none of which has a large part, are a crowd of users and no program at fault: forty browsers. */
const CROWD_OF_PROCESSES = 10;

export interface CrowdOfProcesses {
  readonly consumer: number;
  readonly image: string;
  readonly processes: number;
}

/** The consumer with most live connections, where it is many processes with a small part each; null where it is none. */
export function crowdOfProcesses(facts: HostFacts): CrowdOfProcesses | null {
  const most = heaviest(facts, 'established');
  const found = facts.consumers.find(({ identity }) => identity.id === most?.consumer);
  if (found === undefined) return null;
  const ports = [...(found.attributed.holding?.pids.values() ?? [])];
  const all = ports.reduce((sum, held) => sum + held, 0);
  if (ports.length < CROWD_OF_PROCESSES || Math.max(...ports) >= all * CONTRIBUTING_PORTS) return null;
  return { consumer: found.identity.id, image: found.identity.process, processes: ports.length };
}
