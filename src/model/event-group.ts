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
  /** By how many seconds its times may be off: 0 of a log in UTC. */
  readonly clockErrorSeconds: number;
  /** The first one read. */
  readonly sample: LogEvent;
}

/** A minute decides nothing between an event and a table; a zone that is not known does. */
const LONGEST_SURE_ERROR_SECONDS = 60;

/** True where the time of an event is sure enough to say what came before it and what after. */
export function isPlaced({ clockErrorSeconds }: Pick<EventGroup, 'clockErrorSeconds'>): boolean {
  return clockErrorSeconds <= LONGEST_SURE_ERROR_SECONDS;
}
