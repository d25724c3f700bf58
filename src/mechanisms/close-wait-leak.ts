import type { MechanismRecord } from './mechanism.js';
import { judgingLeak, leakSummary } from './leak.js';

/** A process never closes after the peer did; only the client side counts, where the port is a dynamic one. */
export const closeWaitLeak: MechanismRecord = {
  id: 'close-wait-leak',
  transport: 'tcp',
  ports: 'closeWait',
  leaks: 'closeWait',
  fillsPool: true,
  doubts: [],
  needs: 'tcp-table',
  isFilledByRate: false,
  settingsHelp: 'no',
  remedies: ['stop-the-leak', 'widen-in-emergency', 'mend-the-leak'],
  judge: judgingLeak('closeWait'),
  summary: leakSummary('verdict.close-wait-leak', 'closeWait'),
};
