import type { MechanismRecord } from './mechanism.js';
import { judgingLeak } from './leak.js';

/** A process binds ports and never releases them: Bound without a connection on the port. `netstat -ano` cannot show it. */
export const boundLeak: MechanismRecord = {
  id: 'bound-leak',
  needs: 'tcp-table',
  settingsHelp: 'no',
  judge: judgingLeak('bound'),
};
