import type { Format } from '../../model/format.js';

/** What a file of console text may be called, the most telling first: one row of a port table settles it. */
export const CONSOLE_FORMATS = [
  'netstat',
  'port-table-text',
  'event-text',
  'netsh-dynamicport',
  'netsh-excludedportrange',
  'reg-query',
  'tasklist',
  'process-text',
  'setting-text',
  'system-info',
  'counts-text',
] as const satisfies readonly Format[];
export type ConsoleFormat = (typeof CONSOLE_FORMATS)[number];
