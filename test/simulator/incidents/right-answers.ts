import type { RightAnswer } from '../incident.js';

/** Nothing is wrong, and a log covers the time. */
export const NOTHING_WRONG: RightAnswer = {
  mechanisms: ['none'],
  undeterminedIsHonest: false,
  highestConfidence: 'high',
  exhaustion: ['refuted'],
  culprit: null,
  destination: null,
  settingsHelp: ['not-needed'],
};

/** Ports ran out, and what was saved does not show why. */
export const NOT_SHOWN: RightAnswer = {
  mechanisms: ['undetermined'],
  undeterminedIsHonest: true,
  highestConfidence: 'medium',
  exhaustion: ['cannot-tell', 'shown'],
  culprit: null,
  destination: null,
  settingsHelp: ['cannot-tell'],
};

/** TIME_WAIT of one client fills the pool, seen while it was full. */
export function churn(
  culprit: string | null,
  destination: string | null,
  changes: Partial<RightAnswer> = {},
): RightAnswer {
  return {
    mechanisms: ['time-wait-churn'],
    undeterminedIsHonest: false,
    highestConfidence: 'high',
    exhaustion: ['shown'],
    culprit,
    destination,
    settingsHelp: ['yes'],
    ...changes,
  };
}
