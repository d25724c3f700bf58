import type { ConsoleCommand } from './console-command.js';

/**
 * Reads one tool's output out of a text in which anything may stand around it. It knows its own rows by shape and leaves
 * every other line to the next reader.
 */
export interface SectionReader {
  /** True when the line belongs to this reader. `text` has no blanks at its end and is not empty. */
  readLine(text: string, line: number): boolean;
  /** Another tool's output begins, or the text ends: hand on what was held back and forget the table. */
  leave(): void;
  /** A command line that stands before the output it made. */
  command(command: ConsoleCommand): void;
}
