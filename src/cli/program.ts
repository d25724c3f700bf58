import { Command, type OutputConfiguration } from 'commander';
import type { Encoding } from '../model/encodings.js';
import type { PortRange } from '../model/port.js';
import type { Rendering } from '../render/renderings.js';
import { phrase } from '../messages/phrase.js';
import { analyzeAndWrite } from './analyze-command.js';
import { PROGRAM_HELP, SAMPLE_HELP, analyzeHelp } from './help.js';
import type { Io } from './io.js';
import { addList } from './list-command.js';
import { parseEncoding, parseHeadroom, parseRange, parseTimeWait } from './option-values.js';
import { suffixesOf } from './output-files.js';
import { terminalText } from './terminal-text.js';
import { UserError } from './user-error.js';
import { parseZone } from './zone.js';

interface AnalyzeOptions {
  readonly output?: string[];
  readonly force?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly timezone?: string;
  readonly range?: PortRange;
  readonly timeWait?: number;
  readonly headroom?: number;
  readonly encoding?: Encoding;
  readonly host?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The commands and options. Parsing rejects with a CommanderError for anything commander itself answers. */
export function createProgram(io: Io, renderings: readonly Rendering[]): Command {
  const program = new Command('portmortem')
    .description('Post-mortems of Windows dynamic port exhaustion, from exported logs and port tables.')
    .version(io.version)
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(io.stdout.columns ?? HELP_COLUMNS, HELP_COLUMNS) })
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
      ...pointingTo('portmortem --help'),
    })
    .addHelpText('after', PROGRAM_HELP);
  addAnalyze(program, io, renderings);
  addSample(program, io, renderings);
  addList(program, io);
  addSchema(program, io);
  for (const command of program.commands) command.configureOutput(pointingTo(`portmortem ${command.name()} --help`));
  return program;
}

function addAnalyze(program: Command, io: Io, renderings: readonly Rendering[]): void {
  const given: string[] = [];
  const command = withOutputOptions(program.command('analyze'), renderings)
    .description('Read evidence and write a report.')
    .argument('<path...>', 'files, folders, or - for standard input')
    .option('-q, --quiet', 'print nothing but errors')
    .option('-v, --verbose', 'print the summary and one line a file, terminal or not')
    .option('--timezone <zone>', "the host's zone: an offset (+02:00, Z) or an IANA name (Europe/Paris)", parseZone)
    .option('--range <start:count>', 'the dynamic TCP range, whatever the evidence says (49152:16384)', parseRange)
    .option('--time-wait <seconds>', 'how long TIME_WAIT lasts, whatever the evidence says', parseTimeWait)
    .option('--headroom <share>', 'how much of the pool a plan may fill (0.7 or 70%; default 70%)', parseHeadroom)
    .option('--encoding <name>', 'what text files are written in, where it is found out wrong (cp850)', parseEncoding)
    .option('--host <name>', 'report only this host; names it where no evidence does')
    .option('--from <time>', 'leave out what lies before')
    .option('--to <time>', 'leave out what lies after')
    .addHelpText('after', analyzeHelp(renderings))
    .action(async (paths: string[], options: AnalyzeOptions) => {
      if (options.quiet && options.verbose) {
        throw new UserError('-q and -v', 'one asks for silence, the other for more', 'give one of them');
      }
      const flags = { ...UNSET, ...options, output: options.output ?? [], given };
      const { written } = await analyzeAndWrite(paths, flags, io, renderings);
      if (!options.quiet) io.stdout.write(lines(written));
    });
  noteOptions(command, given);
}

function addSample(program: Command, io: Io, renderings: readonly Rendering[]): void {
  const given: string[] = [];
  const command = withOutputOptions(program.command('sample'), renderings)
    .description('Analyse the capture that ships with the program.')
    .addHelpText('after', SAMPLE_HELP)
    .action(async (options: AnalyzeOptions) => {
      const flags = { ...UNSET, ...options, output: options.output ?? ['report.html', 'report.json'], given };
      const { report, written } = await analyzeAndWrite([io.sampleCapture], flags, io, renderings);
      const verdicts = report.hosts.map(({ verdict }) => phrase(verdict.summary, 'en'));
      io.stdout.write(lines([...verdicts, ...written]));
    });
  noteOptions(command, given);
}

function addSchema(program: Command, io: Io): void {
  program
    .command('schema')
    .description('Print the JSON Schema of report.json.')
    .action(async () => {
      const { reportSchema } = await import('../report/schema.js');
      io.stdout.write(`${JSON.stringify(reportSchema, null, 2)}\n`);
    });
}

/** How an error of the command line is told: in one line, with the help that has what is right. */
function pointingTo(help: string): OutputConfiguration {
  return {
    outputError: (text, write) => {
      write(`portmortem: ${oneLine(text)}; see ${help}\n`);
    },
  };
}

/** Beyond this lines are hard to read, however wide the window. */
const HELP_COLUMNS = 100;

const UNSET = {
  force: false,
  quiet: false,
  verbose: false,
  timezone: null,
  range: null,
  timeWait: null,
  headroom: null,
  encoding: null,
  host: null,
  from: null,
  to: null,
} as const;

function withOutputOptions(command: Command, renderings: readonly Rendering[]): Command {
  return command
    .option('-o, --output <file>', `write the report here (${suffixesOf(renderings)}); may be repeated`, collect)
    .option('--force', 'overwrite existing files');
}

/** Their values are paths, which say whose disk it was. */
const WITH_PATHS: readonly string[] = ['output'];

/** Writes down each option as it is met, under its long name and with its value as typed. */
function noteOptions(command: Command, given: string[]): void {
  for (const option of command.options) {
    const name = option.name();
    if (WITH_PATHS.includes(name)) continue;
    command.on(`option:${name}`, (value: unknown) => {
      given.push(`--${name}`, ...(typeof value === 'string' ? [value] : []));
    });
  }
}

/** A quote at the end is what cmd.exe makes of a backslash before it. */
function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value.replace(/"$/, '')];
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${terminalText(text)}\n`).join('');
}

/** Commander writes `error: unknown option '--x'` and a suggestion on a line of its own. */
function oneLine(text: string): string {
  return terminalText(
    text
      .replace(/^error: /, '')
      .trim()
      .replace(/\s*\n\s*/g, ' '),
  );
}
