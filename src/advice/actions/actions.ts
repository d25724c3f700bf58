import type { Fault } from '../../verdict/conclude.js';
import { faultOf } from '../../verdict/consumer-fault.js';
import type { Action } from '../../model/report-advice.js';
import type { AdviceInput } from '../plan/advice-input.js';
import type { ActionMaker } from './action.js';
import { answerOrStop } from './answer-or-stop.js';
import { changeAutoReuseRange } from './change-auto-reuse-range.js';
import { changeUdpPortRange } from './change-udp-port-range.js';
import { findUdpHolder } from './find-udp-holder.js';
import { freeExclusions } from './free-exclusions.js';
import { releaseReservedExclusions } from './release-reserved-exclusions.js';
import { mendTheLeak } from './mend-the-leak.js';
import { removeMaxUserPort } from './remove-max-user-port.js';
import { restartHost } from './restart-host.js';
import { restoreDynamicPortRange } from './restore-dynamic-port-range.js';
import { reuseConnections } from './reuse-connections.js';
import { shareConnections } from './share-connections.js';
import { shortenTimeWait } from './shorten-time-wait.js';
import { shrinkDnsSocketPool } from './shrink-dns-socket-pool.js';
import { stopTheLeak } from './stop-the-leak.js';
import { switchOffAutoReuseRange } from './switch-off-auto-reuse-range.js';
import { unpinSourcePort } from './unpin-source-port.js';
import { useAutoReuseRange } from './use-auto-reuse-range.js';
import { widenDynamicPortRange } from './widen-dynamic-port-range.js';
import { widenInEmergency } from './widen-in-emergency.js';

/** Every remedy, least invasive first: the culprit, then the range, then what else gives ports back, then the delay. */
export const ACTION_MAKERS: readonly ActionMaker[] = [
  reuseConnections,
  unpinSourcePort,
  shrinkDnsSocketPool,
  stopTheLeak,
  findUdpHolder,
  answerOrStop,
  shareConnections,
  restartHost,
  restoreDynamicPortRange,
  widenDynamicPortRange,
  freeExclusions,
  releaseReservedExclusions,
  changeUdpPortRange,
  changeAutoReuseRange,
  switchOffAutoReuseRange,
  removeMaxUserPort,
  shortenTimeWait,
  useAutoReuseRange,
  widenInEmergency,
  mendTheLeak,
];

/**
/**
 * The root cause first: the programs that take the ports, each mechanism with those at fault for it, for settings only buy them room;
 * but where the range itself is what is wrong it comes before the programs that met it. A program that leaks is restarted first and
 * mended last.
 */
export function actionsFor(input: AdviceInput, makers: readonly ActionMaker[] = ACTION_MAKERS): Action[] {
  const { main } = input.conclusion;
  const soon = makers.filter((maker) => !comesLast(maker));
  const ofFaults = [...actionsForFaults(input, soon), ...actionsForContributors(input, soon)];
  const last = actionsForFaults(input, makers.filter(comesLast));
  const once = soon.flatMap((maker) => {
    const isAsked = maker.askedBy === 'plan' || (main?.remedies.includes(maker.id) ?? false);
    return isAsked && maker.askedBy !== 'fault' ? (maker.make(input) ?? []) : [];
  });
  return main?.ports === 'range' ? [...once, ...ofFaults, ...last] : [...ofFaults, ...once, ...last];
}

function comesLast(maker: ActionMaker): boolean {
  return maker.askedBy === 'fault' && maker.comesLast === true;
}

/** What is done about each mechanism that was found, with those at fault for it. */
export function actionsForFaults(input: AdviceInput, makers: readonly ActionMaker[] = ACTION_MAKERS): Action[] {
  return input.conclusion.faults.flatMap((fault) => actionsForFault(input, fault, makers));
}

/** A pool that many openings fill is relieved by each program that has a good part of them, not only by the one with most. */
function actionsForContributors(input: AdviceInput, makers: readonly ActionMaker[]): Action[] {
  const { facts, conclusion } = input;
  const { main } = conclusion;
  if (main === null || !main.isFilledByRate || main.ports === 'range') return [];
  const contributors = facts.consumers.filter((one) => faultOf(facts, one, conclusion) === 'contributing');
  const atFault = contributors.map(({ identity }) => identity.id);
  return atFault.length === 0 ? [] : actionsForFault(input, { mechanism: main, atFault }, makers);
}

function actionsForFault(input: AdviceInput, fault: Fault, makers: readonly ActionMaker[]): Action[] {
  return makers
    .filter(({ id }) => fault.mechanism.remedies.includes(id))
    .flatMap((maker) => (maker.askedBy === 'fault' ? (maker.make(input, fault) ?? []) : []));
}
