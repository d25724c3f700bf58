import type { HostFacts } from '../../measure/facts.js';
import { say } from '../../messages/say.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';
import { namedCulprits } from './culprits.js';

const id = 'unpin-source-port';

/** Those from before the change would look like failure. The cast reads the date in one way whatever the language of Windows. */
const COLLISIONS_SINCE =
  "Get-WinEvent -FilterHashtable @{LogName='System'; ProviderName='Tcpip'; Id=4227; StartTime=[datetime](Read-Host 'Time of the change, as 2026-03-31 14:00')}";

/** For a client that binds its source port: let Windows choose it. */
export const unpinSourcePort: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => {
    const change = changeOfTheProgram(facts, atFault);
    const pinned = pinnedBy(facts, atFault);
    return {
      ...change,
      id,
      title: say('action.unpin-source-port.title', namedCulprits(facts, atFault)),
      why: say('action.unpin-source-port.why', pinned),
      verify: [COLLISIONS_SINCE],
      workedWhen: say('action.worked.unpin', { remote: pinned.remote }),
      risks: [say('action.unpin-source-port.risk-lists', { local: pinned.local }), ...change.risks],
    };
  },
};

/** The reopened pair of those at fault, else the one reopened most. */
function pinnedBy({ pinned }: HostFacts, atFault: readonly number[]): { local: string; remote: string } {
  const own = pinned.find(({ consumer }) => consumer !== null && atFault.includes(consumer)) ?? pinned[0];
  return { local: own?.local ?? '', remote: own?.remote ?? '' };
}
