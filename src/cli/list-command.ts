import type { Command } from 'commander';
import type { Io } from './io.js';
import { KNOWN_FORMATS } from './known-formats.js';

/** `portmortem list formats`: what is read, how to make it and what it looks like. */
export function addList(program: Command, io: Io): void {
  const list = program.command('list').description('Print what there is: formats.');
  list
    .command('formats')
    .description('Print every format that is read, the command that makes it, and a sample.')
    .action(() => {
      io.stdout.write(formatsText());
    });
}

function formatsText(): string {
  const entries = Object.entries(KNOWN_FORMATS).map(([id, { what, from, sample }]) =>
    [id, `  ${what}`, `  > ${from}`, ...sample.map((line) => `      ${line}`.trimEnd())].join('\n'),
  );
  return `${entries.join('\n\n')}\n`;
}

/** The lines of `analyze --help` that say what to ask for. */
export function evidenceLines(): string[] {
  const asked = Object.values(KNOWN_FORMATS).flatMap(({ inHelp, from }) =>
    inHelp === undefined ? [] : [{ inHelp, from }],
  );
  const width = Math.max(...asked.map(({ inHelp }) => inHelp.length));
  return asked.map(({ inHelp, from }) => `  ${inHelp.padEnd(width)}  ${from}`);
}
