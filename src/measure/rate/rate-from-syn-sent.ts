import type { Estimate } from '../../model/estimate.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { SettingRecord } from '../../model/setting.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';
import { WAITING_FOR_A_RATE } from './rate-from-time-wait.js';

/** An attempt that is refused is tried again twice, half a second apart: about two seconds. A judgement; no source was found. */
const REFUSED_SECONDS = 2;
/** One that nobody answers waits 3 + 6 + 12 = 21 s, or 1 + 2 + 4 + 8 + 16 = 31 s where the first wait is a second and it is sent four times more. */
const UNANSWERED_SECONDS = 31;
/** Where attempts hold less than this share of the ports in use, many of them are about to be answered, within a moment. */
const ATTEMPTS_SHARE = 0.5;

/**
 * Attempts a second from the ports in SYN_SENT (Little's law): each is held for as long as this host goes on trying. "At least" while
 * connections were refused for want of a port. null where attempts are not what holds the ports.
 */
export function rateFromSynSent(
  peak: LedgerEntry | null,
  unansweredSeconds: number,
  censored: boolean,
): Estimate | null {
  if (peak === null || peak.synSent < WAITING_FOR_A_RATE || peak.synSent < peak.inUse * ATTEMPTS_SHARE) return null;
  const chance = USUAL_DEVIATIONS * Math.sqrt(peak.synSent);
  return {
    low: Math.max(peak.synSent - chance, 0) / unansweredSeconds,
    best: null,
    high: censored ? null : (peak.synSent + chance) / REFUSED_SECONDS,
  };
}

/**
 * Seconds for which this host keeps up an attempt that nobody answers: each wait is twice the one before. What its settings say, else
 * the longest of the defaults.
 */
export function unansweredSeconds(settings: readonly SettingRecord[]): number {
  const told = settings.find((record) => record.kind === 'connection-attempts');
  return told === undefined ? UNANSWERED_SECONDS : (told.initialRtoMs / 1000) * (2 ** (told.retransmissions + 1) - 1);
}
