import type { Transport } from '../../model/connection.js';
import type { AddressFamily } from '../../model/endpoint.js';
import { familyIn, transportIn, type ConsoleCommand } from './console-command.js';

/** Which of the four port spaces an output of netsh is about, as far as anything says it. */
export interface NetshSubject {
  readonly transport: Transport | null;
  readonly family: AddressFamily | null;
  /** The title's line, or the table's own where there is no title. */
  readonly line: number;
  readonly text: string;
}

const LONGEST_HEADING = 60;

/**
 * Remembers what stands before a table of netsh. The title names tcp or udp in every language and never IPv4 or IPv6: only
 * the command line does, or a heading that the collecting script printed.
 */
export class NetshTitle {
  #title: { readonly text: string; readonly line: number; linesAgo: number } | null = null;
  #command: Extract<ConsoleCommand, { tool: 'netsh' }> | null = null;
  #headingFamily: AddressFamily | null = null;

  /** Every line that is not part of a table. */
  note(text: string, line: number): void {
    const words = text.replace(/ipv[46]/gi, '');
    if (/\d/.test(words)) {
      this.#title = null;
      return;
    }
    if (this.#title !== null) this.#title.linesAgo++;
    if (transportIn(words) !== null) this.#title = { text, line, linesAgo: 0 };
    else if (text.length <= LONGEST_HEADING) this.#headingFamily = familyIn(text) ?? this.#headingFamily;
  }

  command(command: ConsoleCommand): void {
    this.forget();
    this.#headingFamily = null;
    this.#command = command.tool === 'netsh' ? command : null;
  }

  /** The subject of a table that begins at `line`, when a title stands at most `linesBefore` lines above it or a command does. */
  subject(linesBefore: number, text: string, line: number): NetshSubject | null {
    const title = this.#title !== null && this.#title.linesAgo <= linesBefore ? this.#title : null;
    const command = this.#command;
    if (title === null && command === null) return null;
    return {
      transport: (title === null ? null : transportIn(title.text)) ?? command?.transport ?? null,
      family: (title === null ? null : familyIn(title.text)) ?? command?.family ?? this.#headingFamily,
      line: title?.line ?? line,
      text: title?.text ?? text,
    };
  }

  /** One command prints one table, and one title stands above it. */
  used(): void {
    this.#title = null;
    this.#command = null;
  }

  forget(): void {
    this.#title = null;
  }
}
