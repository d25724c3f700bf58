import type { Incident } from '../incident.js';
import { AUTO_REUSE } from './auto-reuse.js';
import { BLAMED_INNOCENTS } from './blamed-innocents.js';
import { CHURN } from './churn.js';
import { CHURN_BADLY_SEEN } from './churn-badly-seen.js';
import { CLOSING_CROWDS } from './closing-crowds.js';
import { CLOSING_DEFECT } from './closing-defect.js';
import { DELAYS } from './delays.js';
import { DISTRACTORS } from './distractors.js';
import { GROWTH } from './growth.js';
import { HALF_SEEN } from './half-seen.js';
import { HOLDERS } from './holders.js';
import { KERNEL_SOCKETS } from './kernel-sockets.js';
import { LEAKS } from './leaks.js';
import { LOAD } from './load.js';
import { LOGGED } from './logged.js';
import { MIXED_CAUSES } from './mixed-causes.js';
import { NEIGHBOURS } from './neighbours.js';
import { PARTIAL_LISTS } from './partial-lists.js';
import { PINNED_PORTS } from './pinned-ports.js';
import { SECOND_CAUSES } from './second-causes.js';
import { SETTINGS_AGAINST_PORTS } from './settings-against-ports.js';
import { SEVERAL_HOSTS } from './several-hosts.js';
import { SEVERAL_LEAKS } from './several-leaks.js';
import { SHARED_PORTS } from './shared-ports.js';
import { STORIES } from './stories.js';
import { TIMES } from './times.js';
import { TWO_NIGHTS } from './two-nights.js';
import { UNNAMED_OPENERS } from './unnamed-openers.js';
import { WHAT_TO_DO } from './what-to-do.js';

/** Every labelled incident. */
export const INCIDENTS: readonly Incident[] = [
  ...STORIES.map(({ incident }) => incident),
  ...CHURN,
  ...CHURN_BADLY_SEEN,
  ...LEAKS,
  ...LOAD,
  ...DISTRACTORS,
  ...LOGGED,
  ...AUTO_REUSE,
  ...CLOSING_CROWDS,
  ...CLOSING_DEFECT,
  ...SEVERAL_HOSTS,
  ...TWO_NIGHTS,
  ...BLAMED_INNOCENTS,
  ...HALF_SEEN,
  ...KERNEL_SOCKETS,
  ...PARTIAL_LISTS,
  ...PINNED_PORTS,
  ...SETTINGS_AGAINST_PORTS,
  ...SECOND_CAUSES,
  ...UNNAMED_OPENERS,
  ...NEIGHBOURS,
  ...WHAT_TO_DO,
  ...DELAYS,
  ...SHARED_PORTS,
  ...GROWTH,
  ...SEVERAL_LEAKS,
  ...HOLDERS,
  ...TIMES,
  ...MIXED_CAUSES,
];
