import { say } from '../../messages/say.js';
import { formatRange, type PortRange } from '../../model/port.js';
import type { Action } from '../../model/report-advice.js';
import type { ActionMaker } from './action.js';
import { UsableAutoReusePorts } from '../plan/usable-auto-reuse-ports.js';
import { isKernel } from './client-kind.js';
import { namedCulprits, programsOf, type NamedCulprits } from './culprits.js';
import { setAutoReuse, SHOW_AUTO_REUSE } from './auto-reuse-commands.js';

/** Towards one endpoint an auto-reuse range has no more ports than any other; it helps where no endpoint has half of them. */
const LARGEST_SHARE = 0.5;
/** As many ports as the dynamic range has by default. */
const PORTS_TO_OFFER = 16_384;

const id = 'use-auto-reuse-range';

/** For ports held towards many endpoints: a range whose ports serve several endpoints at once, for programs that ask for it. */
export const useAutoReuseRange: ActionMaker = {
  id,
  askedBy: 'verdict',
  make: ({ facts, conclusion }) => {
    // Neither drivers nor the kernel's own clients ask for it.
    if (isKernel(programsOf(facts.identities, conclusion.atFault))) return null;
    const { pool, pools, peak, destinations } = facts;
    if (pool.kind !== 'dynamic' || peak === null) return null;
    // What comes in from many clients looks like what goes out to many endpoints.
    if (peak.directionUnknown > peak.inUse * LARGEST_SHARE) return null;
    const held = destinations.reduce((total, { ports }) => total + ports, 0);
    const largest = destinations[0]?.ports ?? 0;
    if (held < peak.inUse * LARGEST_SHARE || largest > peak.inUse * LARGEST_SHARE) return null;
    const culprits = namedCulprits(facts, conclusion.atFault);
    const present = pools.find(({ kind }) => kind === 'auto-reuse');
    const why = say('action.use-auto-reuse.why', { largest, inUse: peak.inUse });
    const risks = [say('action.use-auto-reuse.risk')];
    if (present !== undefined) return { ...useWhatIsThere(present.range, culprits), why, risks };
    const offer = new UsableAutoReusePorts(facts);
    const range = offer.highest(PORTS_TO_OFFER);
    if (range === null) return null;
    return {
      id,
      title: say('action.use-auto-reuse.title', { ...culprits, range: formatRange(range) }),
      why,
      who: say('action.who', { role: 'host' }),
      when: 'next-restart',
      planned: false,
      restartRequired: 'yes',
      duration: say('action.duration', { kind: 'commands-and-restart' }),
      apply: { cmd: [], powershell: [setAutoReuse(range)], reg: null },
      verify: [SHOW_AUTO_REUSE],
      workedWhen: say('action.worked.auto-reuse', { range: formatRange(range) }),
      rollback: [setAutoReuse({ start: 0, count: 0 })],
      risks,
    };
  },
};

/** The range stands there already, and the program only has to ask for it. */
function useWhatIsThere(range: PortRange, culprits: NamedCulprits): Omit<Action, 'why' | 'risks'> {
  return {
    id,
    title: say('action.use-auto-reuse.title-present', { ...culprits, range: formatRange(range) }),
    who: say('action.who', { role: 'program' }),
    when: 'now',
    planned: false,
    restartRequired: 'program',
    duration: say('action.duration', { kind: 'program' }),
    apply: { cmd: [], powershell: [], reg: null },
    verify: [SHOW_AUTO_REUSE],
    workedWhen: say('action.worked.auto-reuse-in-use', { range: formatRange(range) }),
    rollback: [],
  };
}
