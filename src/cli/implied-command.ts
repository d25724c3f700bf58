import type { Command } from 'commander';
import { STDIN_ARGUMENT } from './spool.js';
import { exists } from './typed-path.js';

/**
 * The command line with `analyze` in front where it names evidence and no command: `portmortem D:\evidence`. The name of a command wins
 * over a folder that is called so; what is neither a path nor looks like one is a command misspelt.
 */
export async function withImpliedCommand(
  argv: readonly string[],
  program: Pick<Command, 'commands'>,
  cwd: () => string,
): Promise<readonly string[]> {
  const [first] = argv;
  if (first === undefined || OF_THE_PROGRAM.includes(first)) return argv;
  const isOption = first.startsWith('-') && first !== STDIN_ARGUMENT;
  // Options may stand in front of what they are about, and one of these may be the value of another.
  const names = isOption ? argv.slice(1) : [first];
  const commands = [...program.commands.map((command) => command.name()), 'help'];
  if (names.some((name) => commands.includes(name))) return argv;
  for (const name of names) if (await namesEvidence(name, cwd)) return ['analyze', ...argv];
  return argv;
}

/** Options that ask for no command. */
const OF_THE_PROGRAM: readonly string[] = ['-h', '--help', '-V', '--version'];

async function namesEvidence(name: string, cwd: () => string): Promise<boolean> {
  if (name === STDIN_ARGUMENT) return true;
  if (name === '' || name.startsWith('-')) return false;
  return /[\\/*?":]/.test(name) || (await exists(name, cwd()));
}
