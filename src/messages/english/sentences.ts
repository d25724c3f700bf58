import { actionFieldWords } from './action-fields.js';
import { actionWords } from './actions.js';
import { adviceWords } from './advice.js';
import { demandWords } from './demand.js';
import { eventWords } from './events.js';
import { heldPortsWords } from './held-ports.js';
import { holdingWords } from './holdings.js';
import { hostWords } from './hosts.js';
import { hypothesisWords } from './hypotheses.js';
import { leftOutWords } from './left-out.js';
import { missingEvidenceWords } from './missing-evidence.js';
import { neighbourWords } from './neighbours.js';
import { problemWords } from './problems.js';
import { settingWords } from './settings.js';
import { verdictWords } from './verdict.js';

/** Every sentence a report or the summary of a run can hold, by message id. */
export const sentences = {
  ...problemWords,
  ...verdictWords,
  ...hypothesisWords,
  ...heldPortsWords,
  ...eventWords,
  ...demandWords,
  ...adviceWords,
  ...actionWords,
  ...actionFieldWords,
  ...settingWords,
  ...neighbourWords,
  ...missingEvidenceWords,
  ...leftOutWords,
  ...holdingWords,
  ...hostWords,
};

export type MessageId = keyof typeof sentences;
/** What a sentence is made of: nothing, or one object of plain data. */
export type ParamsOf<Id extends MessageId> = Parameters<(typeof sentences)[Id]>;
