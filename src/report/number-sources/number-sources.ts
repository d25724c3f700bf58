import { actionNumbers, arithmeticNumbers, settingReasonNumbers } from './advice-numbers.js';
import { findingNumbers } from './finding-numbers.js';
import { hypothesisNumbers } from './hypothesis-numbers.js';
import type { NumberSource } from './number-source.js';
import { verdictNumbers } from './verdict-numbers.js';

/** Where each number of each message comes from, by id and parameter. */
export const NUMBER_SOURCES: Readonly<Record<string, Readonly<Record<string, NumberSource>>>> = {
  ...verdictNumbers,
  ...hypothesisNumbers,
  ...actionNumbers,
  ...settingReasonNumbers,
  ...arithmeticNumbers,
  ...findingNumbers,
};
