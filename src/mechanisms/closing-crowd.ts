import type { LedgerEntry } from '../model/report-ports.js';
import { DOMINANT_SHARE } from './thresholds.js';

/** States of a connection that waits for the far end to finish closing. */
const CLOSING = ['finWait2', 'lastAck'] as const;

export type ClosingState = (typeof CLOSING)[number];

/** The state of closing that most ports in use stand in: nothing shows when they end, so that no range is known to hold them. */
export function closingCrowdState(peak: LedgerEntry): ClosingState | null {
  return CLOSING.find((state) => peak[state] > 0 && peak[state] >= peak.inUse * DOMINANT_SHARE) ?? null;
}
