import { CommanderError } from 'commander';
import { NothingUsableError } from '../model/analysis.js';
import { ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { createProgram } from './program.js';
import { terminalText } from './terminal-text.js';
import { UserError } from './user-error.js';

/** Runs one command line (without node and script) to its end and returns the exit code. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await createProgram(argv, io).parseAsync(argv, { from: 'user' });
    return ExitCode.done;
  } catch (error) {
    return explain(error, io);
  } finally {
    io.temporaryFiles.removeAll();
  }
}

/** The one place where an error becomes words and an exit code. */
function explain(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  if (error instanceof UserError) {
    io.stderr.write(`portmortem: ${terminalText(error.message)}\n`);
    return error.exitCode;
  }
  if (error instanceof NothingUsableError) {
    io.stderr.write(
      `portmortem: ${terminalText(error.message)}; see portmortem analyze --help for what to export\n${reasons(error)}`,
    );
    return ExitCode.nothingUsable;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(
    `portmortem: a bug in the program, not in your evidence; please report it with what follows\n${stack}\n`,
  );
  return ExitCode.bug;
}

function reasons({ inputs }: NothingUsableError): string {
  return inputs
    .map(({ file, format, problems }) => {
      const why = problems.map(({ message }) => message.text).join(' ');
      return `  ${terminalText(`${file}: ${why === '' ? `read as ${format}, nothing in it counts` : why}`)}\n`;
    })
    .join('');
}
