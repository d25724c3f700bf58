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
