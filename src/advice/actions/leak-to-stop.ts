import type { HostFacts } from '../../measure/facts.js';
import { growingClass } from '../../mechanisms/mechanism.js';
import type { Fault } from '../../verdict/conclude.js';
import { programsOf } from './culprits.js';
import { isEssential } from './process-care.js';
import { socketPoolOf } from './shrink-dns-socket-pool.js';

export interface LeakToStop {
  readonly held: NonNullable<ReturnType<typeof growingClass>>;
  /** Those at fault that may be ended. */
  readonly endable: readonly number[];
}

/** Null where nothing leaks: what is no leak where nobody is at fault is none to stop, and a DNS server keeps its pool by design. */
export function leakToStop(facts: HostFacts, { mechanism, atFault }: Fault): LeakToStop | null {
  const held = growingClass(mechanism);
  if (held === null || (mechanism.leaks === null && atFault.length === 0)) return null;
  if (held === 'udp' && socketPoolOf(facts, atFault) !== null) return null;
  return { held, endable: atFault.filter((one) => !programsOf(facts.identities, [one]).some(isEssential)) };
}
