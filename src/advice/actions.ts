import type { Action } from '../model/report.js';
import type { ActionMaker, AdviceInput } from './action.js';
import { changeDynamicPortRange } from './actions/change-dynamic-port-range.js';
import { changeAutoReuseRange, switchOffAutoReuse } from './actions/change-auto-reuse-range.js';
import { changeUdpPortRange } from './actions/change-udp-port-range.js';
import { fixConsumer } from './actions/fix-consumer.js';
import { freeExclusions, releaseReservedBlocks } from './actions/free-exclusions.js';
import { removeMaxUserPort } from './actions/remove-max-user-port.js';
import { shortenTimeWait } from './actions/shorten-time-wait.js';
import { useAutoReuseRange } from './actions/use-auto-reuse-range.js';
import { widenInEmergency } from './actions/widen-in-emergency.js';

/** Every remedy, least invasive first: the culprit, then what gives ports back, then the range, then the delay. */
export const ACTION_MAKERS: readonly ActionMaker[] = [
  fixConsumer,
  freeExclusions,
  releaseReservedBlocks,
  changeDynamicPortRange,
  changeUdpPortRange,
  changeAutoReuseRange,
  switchOffAutoReuse,
  removeMaxUserPort,
  shortenTimeWait,
  useAutoReuseRange,
  widenInEmergency,
];

export function actionsFor(input: AdviceInput): Action[] {
  return ACTION_MAKERS.flatMap((make) => make(input) ?? []);
}
