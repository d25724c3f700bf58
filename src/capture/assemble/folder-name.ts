import { splitName } from './host-names.js';

/** As DNS writes the name of a host, with its domain or without. */
const HOST_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63})*$/i;
/** What people call folders of evidence, whatever number or date follows. */
const WORDS_OF_FOLDERS =
  /^(?:archive|backup|capture|case|change|chg|collection|csv|data|day|desktop|diagnostic|download|dump|event|evidence|evtx|example|export|file|folder|in|inc|incident|input|log|monitoring|netstat|network|new|night|old|out|output|part|port|portmortem|run|sample|scenario|snapshot|system|temp|test|ticket|tmp|user|week|xml|zip)s?(?=$|[^a-z])/i;
/** A date, with or without a time behind it. */
const DATE = /^\d{2,4}-?\d{2}-?\d{2}/;

/**
 * The host that the name of a folder may name: one that reads as servers are named, with a digit in it (`APP02`) or in capitals
 * (`MAIL`), and is no word or date that folders of evidence are called by. Null where it names none.
 */
export function hostInFolderName(name: string): string | null {
  if (!HOST_NAME.test(name) || WORDS_OF_FOLDERS.test(name) || DATE.test(name)) return null;
  const [short = ''] = name.split('.');
  const isWord = !/[a-z]/i.test(short) || (!/\d/.test(short) && short !== short.toUpperCase());
  return isWord || short.length < 3 ? null : splitName(name).short;
}
