import { SHORT_LIVED } from '../../model/process.js';

/** A process as it is called: its own name, or the words for those that have none; a remark in brackets may follow. */
export function processName(process: string): string {
  return process.startsWith(SHORT_LIVED)
    ? `short-lived processes without a name${process.slice(SHORT_LIVED.length)}`
    : process;
}
