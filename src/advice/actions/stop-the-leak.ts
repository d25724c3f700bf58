import type { HostFacts } from '../../measure/facts.js';
import { say } from '../../messages/say.js';
import type { Action } from '../../model/report-advice.js';
import { SYSTEM_PID } from '../../model/process.js';
import { careRisks, NO_COMMANDS, type ActionMaker } from './action.js';
import { namedCulprits, programsOf, type NamedCulprits } from './culprits.js';
import { leakingSessions, type LeakSpread } from '../../verdict/session-leak.js';
import { holdersOf } from './holders-of.js';
import { leakToStop } from './leak-to-stop.js';
import { processCare } from './process-care.js';

const id = 'stop-the-leak';

/** More are not written out in a command. */
const MOST_PIDS = 3;

type Told = Pick<
  Action,
  'title' | 'why' | 'who' | 'when' | 'planned' | 'restartRequired' | 'duration' | 'workedWhen' | 'risks'
>;

/** Ending the process gives the ports back at once. */
export const stopTheLeak: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, fault) => {
    const leak = leakToStop(facts, fault);
    if (leak === null) return null;
    const { mechanism, atFault } = fault;
    const { held, endable } = leak;
    // Beside a process that may be ended one that may not is a risk of it.
    const sessions = endable.length === 0 ? null : leakingSessions(facts, atFault);
    const told =
      sessions === null
        ? toldOf(facts, endable.length === 0 ? atFault : endable, mechanism.id)
        : inSessions(namedCulprits(facts, atFault), sessions);
    return {
      id,
      ...told,
      apply: NO_COMMANDS,
      verify: [holdersOf(held)],
      rollback: [],
      risks: [
        say(told.restartRequired === 'yes' ? 'action.restart-host.risk' : 'action.stop-the-leak.risk'),
        ...told.risks,
        say('action.stop-the-leak.risk-wrong'),
        ...careRisks(facts, atFault),
      ],
    };
  },
};

/** One program that leaks in every session goes with the sessions. */
function inSessions(culprits: NamedCulprits, { processes, users, named }: LeakSpread): Told {
  return {
    title: say('action.stop-the-leak.title-sessions', culprits),
    why: say('action.stop-the-leak.why-sessions', { processes, users, named }),
    who: say('action.who', { role: 'leak' }),
    when: 'now',
    planned: false,
    restartRequired: 'program',
    duration: say('action.duration', { kind: 'sessions' }),
    workedWhen: say('action.worked.leak'),
    risks: [say('action.stop-the-leak.risk-sessions')],
  };
}

/** By the process that has to be handled with most care. */
function toldOf(facts: HostFacts, ids: readonly number[], mechanism: string): Told {
  const culprits = namedCulprits(facts, ids);
  const programs = programsOf(facts.identities, ids);
  const pids = programs.flatMap(({ mainPid, pids: all }) => mainPid ?? [...all]).sort((a, b) => a - b);
  const named = pids.slice(0, MOST_PIDS).map(String);
  const cares = programs.map(processCare);
  const kernel = pids.length > 0 && pids.every((pid) => pid === SYSTEM_PID);
  if (cares.includes('essential')) return ofWindows(culprits, named, kernel ? mechanism : null);
  const planned = cares.includes('planned');
  const isKnown = cares.every((care) => care === 'ordinary');
  const dumped = isKnown && named.length > 0;
  return {
    title: planned
      ? say('action.stop-the-leak.title-planned', culprits)
      : say('action.stop-the-leak.title', { ...culprits, kernel: false }),
    why: isKnown
      ? say('action.stop-the-leak.why', { mechanism, pids: named, kernel: false })
      : say('action.stop-the-leak.why-care', { mechanism, pids: named, planned }),
    who: say('action.who', { role: planned ? 'planned' : 'leak' }),
    when: 'now',
    planned,
    restartRequired: 'program',
    duration: say('action.duration', { kind: planned ? 'failover' : dumped ? 'process' : 'look' }),
    workedWhen: say('action.worked.leak'),
    risks: dumped ? [say('action.stop-the-leak.risk-dump')] : [],
  };
}

/** What Windows cannot lose goes only with the host; `ofKernel` is the mechanism where it is the kernel itself. */
function ofWindows(culprits: NamedCulprits, pids: readonly string[], ofKernel: string | null): Told {
  return {
    title:
      ofKernel === null
        ? say('action.stop-the-leak.title-essential', culprits)
        : say('action.stop-the-leak.title', { ...culprits, kernel: true }),
    why:
      ofKernel === null
        ? say('action.stop-the-leak.why-essential', { ...culprits, pids })
        : say('action.stop-the-leak.why', { mechanism: ofKernel, pids, kernel: true }),
    who: say('action.who', { role: 'windows' }),
    when: 'next-restart',
    planned: true,
    restartRequired: 'yes',
    duration: say('action.duration', { kind: 'restart-and-look' }),
    workedWhen: say('action.worked.leak-host'),
    risks: [],
  };
}
