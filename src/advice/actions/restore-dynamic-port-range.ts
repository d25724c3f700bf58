import type { ActionMaker } from './action.js';
import { changeDynamicPortRange } from './change-dynamic-port-range.js';

const id = 'restore-dynamic-port-range';

/** The default range again, where a smaller one was set and the default carries the demand. */
export const restoreDynamicPortRange: ActionMaker = {
  id,
  askedBy: 'plan',
  make: (input) => (input.plan.why === 'restore-default' ? changeDynamicPortRange(id, input) : null),
};
