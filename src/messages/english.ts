import { actionWords } from './english/actions.js';
import { adviceWords } from './english/advice.js';
import { demandWords } from './english/demand.js';
import { eventWords } from './english/events.js';
import { hypothesisWords } from './english/hypotheses.js';
import { missingEvidenceWords } from './english/missing-evidence.js';
import { problemWords } from './english/problems.js';
import { settingWords } from './english/settings.js';
import { verdictWords } from './english/verdict.js';

/** Every sentence a report can hold, by message id. A further language is one more object of this shape. */
export const english = {
  ...problemWords,
  ...verdictWords,
  ...hypothesisWords,
  ...eventWords,
  ...demandWords,
  ...adviceWords,
  ...actionWords,
  ...settingWords,
  ...missingEvidenceWords,
};

export type MessageId = keyof typeof english;
export type ParamsOf<Id extends MessageId> = Parameters<(typeof english)[Id]>[0];
