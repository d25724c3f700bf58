import type { Stamp } from './stamp.js';

/** One record of a Windows event log that matters here. Its time is always UTC. */
export interface LogEvent {
  readonly host: string | null;
  readonly provider: string;
  /** The low 16 bits of the event code. */
  readonly id: number;
  readonly atMs: number;
  readonly recordId: number | null;
  readonly channel: string | null;
  /** EventData in order: `name` is null for classic events. Whitespace-only values are empty strings. */
  readonly data: readonly { readonly name: string | null; readonly value: string }[];
  readonly line: number;
  /** The event's text, cut at 200 characters, white space folded. */
  readonly text: string;
}

/** A day and a time without a year, as Get-EventLog shows it in a table. */
export interface YearlessTime {
  readonly kind: 'yearless';
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly minuteOfDay: number;
}

export type EventTime = Stamp | YearlessTime;

/**
 * An event as a text tells it, not as the log keeps it. A time without an offset is that of the machine which made the text: the host
 * itself, or the computer of whoever looked at its log.
 */
export interface EventInWords extends Omit<LogEvent, 'atMs'> {
  readonly time: EventTime;
  /** What the text leaves out of its time: 1 where it goes by seconds, 60 where by minutes, a day where the hour is cut off. */
  readonly precisionSeconds: number;
}
