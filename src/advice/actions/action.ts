import type { HostFacts } from '../../measure/facts.js';
import type { RemedyId } from '../../mechanisms/remedies.js';
import { say } from '../../messages/say.js';
import { SYSTEM_PID } from '../../model/process.js';
import type { Action } from '../../model/report-advice.js';
import type { Message } from '../../model/report-message.js';
import type { Fault } from '../../verdict/conclude.js';
import type { AdviceInput } from '../plan/advice-input.js';
import { namedCulprits, programsOf } from './culprits.js';
import { isEssential, processCare } from './process-care.js';

/** One remedy: one file in this folder, one line in `actions.ts`. It makes null where it does not apply. */
export type ActionMaker = { readonly id: RemedyId } & (
  | {
      /** Done about every mechanism that asks for it, with those at fault for that one. */
      readonly askedBy: 'fault';
      /** Takes days: done after everything that helps until then. */
      readonly comesLast?: true;
      readonly make: (input: AdviceInput, fault: Fault) => Action | null;
    }
  | {
      /** Done once: where the mechanism of the verdict asks for it, or, whatever that is, where the plan comes to it. */
      readonly askedBy: 'verdict' | 'plan';
      readonly make: (input: AdviceInput) => Action | null;
    }
);

/** Queries that list what may open sockets in the kernel's name: filters, bindings of the adapters, drivers. */
export function findDriver(): Action['apply'] {
  const cmd = ['netsh wfp show state', 'driverquery /v'];
  return { cmd, powershell: [...cmd, 'Get-NetAdapterBinding -AllBindings'], reg: null };
}

/** Nothing to type. */
export const NO_COMMANDS: Action['apply'] = { cmd: [], powershell: [], reg: null };

/**
 * A change of the programs at fault: their code or their configuration, with which they start again. What Windows cannot lose does
 * not start again: there it is a change of what makes it do so.
 */
export function changeOfTheProgram(
  { identities }: HostFacts,
  atFault: readonly number[],
): Omit<Action, 'id' | 'title' | 'why' | 'workedWhen'> {
  const essential = programsOf(identities, atFault).some(isEssential);
  return {
    who: say('action.who', { role: essential ? 'windows' : 'program' }),
    when: 'now',
    planned: false,
    restartRequired: essential ? 'no' : 'program',
    duration: say('action.duration', { kind: essential ? 'look-and-change' : 'program' }),
    apply: NO_COMMANDS,
    verify: [],
    rollback: [],
    risks: [
      say('action.risk.program'),
      ...(essential ? [] : [say('action.stop-the-leak.risk')]),
      ...careRisks({ identities }, atFault),
    ],
  };
}

/** Processes among those at fault that are not to be ended like any other; the kernel is none that anybody could end. */
export function careRisks({ identities }: Pick<HostFacts, 'identities'>, atFault: readonly number[]): Message[] {
  return (['essential', 'planned'] as const).flatMap((care) => {
    const ids = atFault.filter((id) =>
      programsOf(identities, [id]).some((one) => !one.pids.has(SYSTEM_PID) && processCare(one) === care),
    );
    if (ids.length === 0) return [];
    const named = namedCulprits({ identities }, ids);
    return [care === 'essential' ? say('action.risk.essential', named) : say('action.risk.planned', named)];
  });
}
