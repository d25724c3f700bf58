import type { Action } from '../../model/report.js';
import type { AdviceInput } from '../plan/advice-input.js';

/** One remedy, or one for each mechanism: one file in this folder, one line in `actions.ts`. null or none where it does not apply. */
export type ActionMaker = (input: AdviceInput) => Action | readonly Action[] | null;
