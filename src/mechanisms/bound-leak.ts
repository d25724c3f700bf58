import type { MechanismRecord } from './mechanism.js';
import { judgingLeak, leakSummary } from './leak.js';

/** A process binds ports and never releases them: Bound without a connection on the port. `netstat -ano` cannot show it. */
export const boundLeak: MechanismRecord = {
  id: 'bound-leak',
  transport: 'tcp',
  ports: 'bound',
  leaks: 'bound',
  fillsPool: true,
  doubts: [],
  needs: 'tcp-table',
  isFilledByRate: false,
  settingsHelp: 'no',
  remedies: ['stop-the-leak', 'widen-in-emergency', 'mend-the-leak'],
  judge: judgingLeak('bound'),
  summary: leakSummary('verdict.bound-leak', 'bound'),
};
