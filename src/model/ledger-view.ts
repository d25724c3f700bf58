import type { LedgerClass, LedgerEntry } from './report-ports.js';

/** What the pictures and tables tell apart, from the bottom of the stack to its top: eleven ledger classes make eight. */
export const LEDGER_VIEWS = [
  'established',
  'opening',
  'closing',
  'closeWait',
  'otherState',
  'udp',
  'bound',
  'timeWait',
] as const;
export type LedgerView = (typeof LEDGER_VIEWS)[number];

const members: Readonly<Record<LedgerView, readonly (LedgerClass | 'udp')[]>> = {
  established: ['established'],
  opening: ['synSent', 'synReceived'],
  closing: ['finWait1', 'finWait2', 'closing', 'lastAck'],
  closeWait: ['closeWait'],
  otherState: ['otherState'],
  udp: ['udp'],
  bound: ['bound'],
  timeWait: ['timeWait'],
};

/** Ports of one ledger entry that the page shows under this heading. */
export function portsOf(entry: LedgerEntry, view: LedgerView): number {
  return members[view].reduce((sum, member) => sum + entry[member], 0);
}

/** True when this kind of snapshot could show none of the states under this heading. */
export function isUnseen(entry: LedgerEntry, view: LedgerView): boolean {
  return members[view].every((member) => member !== 'udp' && entry.unseen.includes(member));
}
