import { CommanderError } from 'commander';
import { phrase } from '../messages/phrase.js';
import { NothingUsableError, UnknownHostError } from '../model/analysis.js';
import { RENDERINGS } from '../render/renderings.js';
import { ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { withImpliedCommand } from './implied-command.js';
import { createProgram } from './program.js';
import { systemErrorCode, systemErrorReason } from './system-error.js';
import { terminalText } from './terminal-text.js';
import { UserError } from './user-error.js';

/** Runs one command line (without node and script) to its end and returns the exit code. Never throws. */
export async function run(argv: readonly string[], io: Io, renderings = RENDERINGS): Promise<ExitCode> {
  try {
    const program = createProgram(io, renderings);
    await program.parseAsync(await withImpliedCommand(argv, program, () => io.cwd), { from: 'user' });
    return ExitCode.done;
  } catch (error) {
    return explain(error, io);
  } finally {
    for (const staying of io.temporaryFiles.removeAll()) {
      io.stderr.write(`portmortem: ${terminalText(staying)}; a temporary file stays, remove it by hand\n`);
    }
  }
}

/** What the system says to a program that calls it wrongly. */
const MISUSE: ReadonlySet<string> = new Set(['EBADF', 'EFAULT', 'EINVAL']);

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
  if (error instanceof UnknownHostError) {
    io.stderr.write(`portmortem: ${terminalText(wrongHost(error))}\n`);
    return ExitCode.nothingUsable;
  }
  const reason = systemErrorReason(error);
  if (reason !== null && !MISUSE.has(systemErrorCode(error) ?? '')) {
    io.stderr.write(`portmortem: ${terminalText(subjectOf(error))}: ${reason}; put that right and start again\n`);
    return ExitCode.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(
    `portmortem: a bug in the program, not in your evidence; please report it with what follows\n${stack}\n`,
  );
  return ExitCode.bug;
}

/** More names would push the sentence off the screen: a log of forwarded events may hold thousands. */
const MOST_HOSTS = 20;

function wrongHost({ host, hosts }: UnknownHostError): string {
  const more = hosts.length - MOST_HOSTS;
  const named = [...hosts.slice(0, MOST_HOSTS), ...(more > 0 ? [`and ${String(more)} more`] : [])].join(', ');
  return `--host ${host}: no such host in the input; it has ${named}`;
}

/** What the system refused: the path where it names one, else the call. */
function subjectOf(error: unknown): string {
  if (error instanceof Error && 'path' in error && typeof error.path === 'string') return error.path;
  if (error instanceof Error && 'syscall' in error && typeof error.syscall === 'string') return error.syscall;
  return 'the system';
}

function reasons({ inputs, holdings }: NothingUsableError): string {
  return inputs
    .map(({ file, format, problems }) => {
      const why = problems.map(({ message }) => phrase(message, 'en'));
      const held = (holdings.get(file) ?? []).map((message) => phrase(message, 'en'));
      if (held.length > 0)
        why.push(`${held.join('; ')}; without a port table or an event log there is nothing to judge`);
      if (why.length === 0) why.push(`read as ${format}, nothing in it counts`);
      return `  ${terminalText(`${file}: ${why.join(' ')}`)}\n`;
    })
    .join('');
}
