import type { HostFacts } from '../../measure/facts.js';
import type { Conclusion } from '../../verdict/conclude.js';
import type { SettingsPlan } from './settings-plan.js';

/** What every sentence and every action of the advice may look at. */
export interface AdviceInput {
  readonly facts: HostFacts;
  readonly conclusion: Conclusion;
  readonly plan: SettingsPlan;
}
