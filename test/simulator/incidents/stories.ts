import type { Incident } from '../incident.js';
import { agentBoundLeak } from './agent-bound-leak.js';
import { containerHostEatenRange } from './container-host-eaten-range.js';
import { healthy } from './healthy.js';
import { leakSeenOnlyFull } from './leak-seen-only-full.js';
import { pinnedSourcePort } from './pinned-source-port.js';
import { rdshNoBufferSpace } from './rdsh-no-buffer-space.js';
import { syncServiceChurn } from './sync-service-churn.js';
import { twoCulpritsSharedPorts } from './two-culprits-shared-ports.js';
import { webServerTimeWait } from './web-server-time-wait.js';

/** The incidents kept as files under `fixtures/scenarios/`, each with the seed its capture was written from. */
export const STORIES: readonly { readonly incident: Incident; readonly seed: number }[] = [
  { incident: rdshNoBufferSpace, seed: 2 },
  { incident: syncServiceChurn, seed: 1 },
  { incident: agentBoundLeak, seed: 1 },
  { incident: webServerTimeWait, seed: 1 },
  { incident: pinnedSourcePort, seed: 1 },
  { incident: containerHostEatenRange, seed: 1 },
  { incident: healthy, seed: 1 },
  { incident: twoCulpritsSharedPorts, seed: 1 },
  { incident: leakSeenOnlyFull, seed: 1 },
];
