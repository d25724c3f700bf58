import type { IsoTime, Message, Evidence } from './report-message.js';
import { LEDGER_CLASSES } from './report-ports.js';

/** What the report says was wrong, and how sure that is. */

export const MECHANISMS = [
  'time-wait-churn',
  'endpoint-collision',
  'bound-leak',
  'close-wait-leak',
  'established-leak',
  'connection-saturation',
  'syn-sent-pileup',
  'undersized-range',
  'stuck-time-wait',
  'udp-exhaustion',
] as const;

export type Mechanism = (typeof MECHANISMS)[number];

export type VerdictMechanism = Mechanism | 'undetermined' | 'none';

export const CONFIDENCES = ['high', 'medium', 'low'] as const;

export type Confidence = (typeof CONFIDENCES)[number];

export const OUTCOMES = ['confirmed', 'likely', 'ruled-out', 'cannot-tell', 'not-applicable', 'errored'] as const;

export type Outcome = (typeof OUTCOMES)[number];

export const SETTINGS_HELP = ['not-needed', 'yes', 'buys-time', 'no', 'cannot-tell'] as const;

export type SettingsHelp = (typeof SETTINGS_HELP)[number];

export interface Verdict {
  mechanism: VerdictMechanism;
  confidence: Confidence;
  exhaustion: 'shown' | 'refuted' | 'cannot-tell';
  summary: Message;
  /** Index into `incidents`, null when there is none. */
  incident: number | null;
  /** The pool it speaks of. */
  poolId: string;
  /** Which ports of it the mechanism is about, `range` where it is how many there are; null without a mechanism. */
  ports: PortsAtIssue | null;
  /** A process takes ports and never gives them back. */
  isLeak: boolean;
  /** The rate of connections is what fills the pool, so that it says what a setting carries. */
  filledByRate: boolean;
}

export interface Incident {
  from: IsoTime;
  to: IsoTime | null;
  mechanism: VerdictMechanism;
  contributing: Mechanism[];
  confidence: Confidence;
  /** The verdict's sentence for this incident alone. */
  summary: Message;
  /** Processes at fault in it, named as in `summary`. */
  atFault: string[];
  onsets: number;
  /** What shows that it was over: a snapshot with free ports, or a restart; null where nothing does. */
  endedBy: 'free-ports' | 'restart' | null;
}

export interface HypothesisResult {
  id: Mechanism;
  outcome: Outcome;
  for: Evidence[];
  against: Evidence[];
  missing: Message[];
}

/** Which ports of a pool a mechanism is about: of a class, those of UDP, or the size of the range itself. */
export const PORTS_AT_ISSUE = [...LEDGER_CLASSES, 'udp', 'range'] as const;

export type PortsAtIssue = (typeof PORTS_AT_ISSUE)[number];
