import type { Action } from '../../model/report.js';
import type { ActionMaker } from './action.js';
import type { AdviceInput } from '../plan/advice-input.js';
import { changeDynamicPortRange } from './change-dynamic-port-range.js';
import { changeAutoReuseRange, switchOffAutoReuse } from './change-auto-reuse-range.js';
import { changeUdpPortRange } from './change-udp-port-range.js';
import { fixConsumer } from './fix-consumer.js';
import { freeExclusions, releaseReservedBlocks } from './free-exclusions.js';
import { removeMaxUserPort } from './remove-max-user-port.js';
import { shortenTimeWait } from './shorten-time-wait.js';
import { useAutoReuseRange } from './use-auto-reuse-range.js';
import { widenInEmergency } from './widen-in-emergency.js';

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

export function actionsFor(input: AdviceInput, makers = ACTION_MAKERS): Action[] {
  return makers.flatMap((make) => make(input) ?? []);
}
