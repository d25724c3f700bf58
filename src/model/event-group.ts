import type { EventRole } from './report.js';
import type { LogEvent } from './log-event.js';

/** Events of one kind on one host within one minute: logs repeat themselves, and their count is not a rate. */
export interface EventGroup {
  readonly provider: string;
  readonly id: number;
  readonly role: EventRole;
  readonly weight: number;
  readonly file: string;
  fromMs: number;
  toMs: number;
  count: number;
  /** The first one read. */
  readonly sample: LogEvent;
}
