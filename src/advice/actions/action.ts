import type { RemedyId } from '../../mechanisms/remedies.js';
import type { Action } from '../../model/report-advice.js';
import type { Fault } from '../../verdict/conclude.js';
import type { AdviceInput } from '../plan/advice-input.js';

/** One remedy: one file in this folder, one line in `actions.ts`. It makes null where it does not apply. */
export type ActionMaker = { readonly id: RemedyId } & (
  | {
      /** Done about every mechanism that asks for it, with those at fault for that one. */
      readonly askedBy: 'fault';
      readonly make: (input: AdviceInput, fault: Fault) => Action | null;
    }
  | {
      /** Done once: where the mechanism of the verdict asks for it, or, whatever that is, where the plan comes to it. */
      readonly askedBy: 'verdict' | 'plan';
      readonly make: (input: AdviceInput) => Action | null;
    }
);

/** A change of the program: its code or its configuration, with which it starts again. */
export function changeOfTheProgram(): Omit<Action, 'id' | 'title' | 'why'> {
  return {
    when: 'now',
    restartRequired: 'program',
    apply: { cmd: [], powershell: [], reg: null },
    verify: [],
    rollback: [],
    risks: [],
  };
}
