import type { Transport } from './connection.js';
import type { AddressFamily } from './endpoint.js';
import type { Estimate } from './estimate.js';
import type { SettingsHelp } from './report-judgement.js';
import type { Message, Sourced } from './report-message.js';

/** What the report recommends, and what it says of the settings found. */

/** Of the host, but for `program`: the change is one of the program, which has to be started again. */
export type Restart = 'no' | 'yes' | 'unverified' | 'program';

export interface RangeAdvice {
  transport: Transport;
  family: AddressFamily;
  current: { start: number; count: number };
  /** What the commands set. */
  recommended: { start: number; count: number };
  /** The smallest range that carries what is known of the demand; null where none is to change, or none carries it. */
  needed: { start: number; count: number } | null;
  /** The widest that takes in no listener beyond those of `recommended`; null where none is to change. */
  upTo: { start: number; count: number } | null;
  change: boolean;
  reason: Message;
}

/** When it takes effect. */
export const ACTION_TIMES = ['now', 'next-restart'] as const;

export interface Action {
  id: string;
  title: Message;
  why: Message;
  /** Who does it. */
  who: Message;
  when: (typeof ACTION_TIMES)[number];
  /** In a maintenance window, or as a failover that somebody has agreed to. */
  planned: boolean;
  restartRequired: Restart;
  /** How long it takes. */
  duration: Message;
  apply: { cmd: string[]; powershell: string[]; reg: string[] | null };
  verify: string[];
  /** How one sees that it worked. */
  workedWhen: Message;
  rollback: string[];
  /** With what it costs if it was wrong. */
  risks: Message[];
}

export interface WhatIf {
  timeWaitSeconds: number;
  start: number;
  count: number;
  sustainsConnectionsPerSecond: number;
  peakUtilisation: number | null;
  exhausts: boolean | null;
}

export interface Recommendation {
  settingsHelp: SettingsHelp;
  tcpTimedWaitDelay: {
    configured: number | null;
    /** null = leave as it is. */
    recommended: number | null;
    change: boolean;
    restartRequired: Restart;
    reason: Message;
  };
  maxUserPort: {
    configured: number | null;
    /** The registry spelling of the range, for those who must use it instead of netsh; null = leave as it is. */
    recommended: number | null;
    change: boolean;
    standsFor: { start: number; count: number } | null;
    applied: 'instead-of-netsh' | 'not-applied' | 'remove-leftover';
    restartRequired: Restart;
    reason: Message;
  };
  dynamicPortRanges: RangeAdvice[];
  /** Only where the host has an auto-reuse range. */
  autoReusePortRange?: {
    current: { start: number; count: number };
    recommended: { start: number; count: number };
    change: boolean;
    restartRequired: Restart;
    reason: Message;
  };
  exclusions: { remove: [number, number][]; reason: Message };
  predicted: {
    peakPorts: Estimate | null;
    usable: number | null;
    sustainsConnectionsPerSecond: number | null;
    /** From the newest table on, with the soonest and the latest end; `high: null` where it may never be. */
    secondsToExhaustion: Estimate | null;
  };
  /** The arithmetic, one line a step, with the numbers put in. */
  arithmetic: Message[];
  actions: Action[];
  whatIf: WhatIf[];
  backTest: {
    snapshots: number;
    medianErrorPorts: number;
    /** TIME_WAIT ports seen in those snapshots, the median. */
    observedPorts: number;
    onsetErrorSeconds: number | null;
  } | null;
}

export const SETTING_FINDINGS = [
  'ok',
  'unverified',
  'no-effect',
  'misspelt',
  'out-of-range',
  'wrong-key',
  'wrong-base',
  'corrupt',
  'leftover',
] as const;

export type SettingFinding = (typeof SETTING_FINDINGS)[number];

export interface ReportSetting extends Sourced {
  name: string;
  value: number | string | null;
  finding: SettingFinding;
  message: Message;
}
