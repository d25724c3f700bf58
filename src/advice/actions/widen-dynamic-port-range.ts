import type { ActionMaker } from './action.js';
import { changeDynamicPortRange } from './change-dynamic-port-range.js';

const id = 'widen-dynamic-port-range';

/** A wider range than today’s. */
export const widenDynamicPortRange: ActionMaker = {
  id,
  askedBy: 'plan',
  make: (input) => (input.plan.why !== 'restore-default' ? changeDynamicPortRange(id, input) : null),
};
