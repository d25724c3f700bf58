import type { AnalysisOptions } from '../model/analysis.js';
import { DEFAULT_HEADROOM, UnknownZoneError } from '../model/analysis.js';
import type { Encoding } from '../model/encodings.js';
import { isUnread } from '../model/format.js';
import type { EvidenceFile } from '../model/input.js';
import type { PortRange } from '../model/port.js';
import { phrase } from '../messages/phrase.js';
import type { Report } from '../model/report.js';
import type { Message } from '../model/report-message.js';
import type { Rendering } from '../render/renderings.js';
import { defaultName } from './default-name.js';
import { findEvidence, type FoundEvidence } from './evidence-files.js';
import { ExitCode } from './exit-code.js';
import type { Engine, Io } from './io.js';
import { checkOutputs, planOutputs, refuseEvidence, writeOutputs, type Output } from './output-files.js';
import { ProgressLine } from './progress-line.js';
import { summary } from './summary.js';
import { paintFor, terminalText } from './terminal-text.js';
import { UserError } from './user-error.js';
import { parseMoment, parseWallClock, withoutZone } from './zone.js';

export interface AnalyzeFlags {
  readonly output: readonly string[];
  readonly force: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly timezone: string | null;
  readonly range: PortRange | null;
  readonly timeWait: number | null;
  readonly headroom: number | null;
  readonly encoding: Encoding | null;
  readonly host: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** The options as they were given, each with its value, and without those whose value is a path. */
  readonly given: readonly string[];
}

/** Reads the evidence, writes the reports and returns the report object; what to print on standard output is the caller's. */
export async function analyzeAndWrite(
  paths: readonly string[],
  flags: AnalyzeFlags,
  io: Io,
  renderings: readonly Rendering[],
): Promise<{ readonly report: Report; readonly written: readonly string[] }> {
  const options = analysisOptions(flags, io);
  const planned = planOutputs(flags.output, io.cwd, renderings);
  await checkOutputs(planned, flags.force);

  const startedMs = io.now();
  const { files, unreadable, leftOut, identities } = await evidenceOf(paths, planned, io);
  await refuseEvidence(planned, identities);
  const engine = await io.loadEngine();
  const summarised = !flags.quiet && (io.stderr.isTTY || flags.verbose);
  const notRead = flags.quiet ? unreadable : [...unreadable, ...leftOut];
  if (!summarised) io.stderr.write(notReadLines(notRead));
  const report = await analyzeWatched(engine, files, options, flags, io).catch((error: unknown) => {
    if (summarised) io.stderr.write(notReadLines(notRead));
    throw error;
  });
  if (!summarised) io.stderr.write(unreadLines(report));

  const outputs = planned.length > 0 ? planned : planOutputs([defaultName(report)], io.cwd, renderings);
  if (planned.length === 0) await checkOutputs(outputs, flags.force);
  // Again: the default name is new, and any other may have become a link meanwhile.
  await refuseEvidence(outputs, identities);
  const written = await writeOutputs(await rendered(report, outputs), flags.force, io.temporaryFiles);
  if (summarised) {
    const paint = paintFor(io.stderr, io.env);
    const elapsedMs = io.now() - startedMs;
    io.stderr.write(summary(report, { written, leftOut: notRead, elapsedMs, verbose: flags.verbose, paint }));
  }
  return { report, written: written.map(({ shown }) => shown) };
}

async function evidenceOf(paths: readonly string[], outputs: readonly Output[], io: Io): Promise<FoundEvidence> {
  const evidence = await findEvidence(paths, {
    cwd: io.cwd,
    stdin: io.stdin,
    stdinIdentity: io.stdinIdentity,
    temporaryFiles: io.temporaryFiles,
    outputs: outputs.map(({ absolute }) => absolute),
  });
  if (evidence.files.length > 0) return evidence;
  const leftOut = [...evidence.unreadable, ...evidence.leftOut].map(inEnglish);
  throw new UserError(
    paths.join(', '),
    leftOut.length === 0 ? 'there are no files in it' : `no file could be read (${leftOut.join('; ')})`,
    'name the folder that holds the exported logs and port tables',
    ExitCode.nothingUsable,
  );
}

async function analyzeWatched(
  engine: Engine,
  files: readonly EvidenceFile[],
  options: AnalysisOptions,
  flags: AnalyzeFlags,
  io: Io,
): Promise<Report> {
  const progress = new ProgressLine(io.stderr, io.now);
  const watched = io.stderr.isTTY && !flags.quiet && io.env['TERM'] !== 'dumb';
  try {
    return await engine.analyze(files, engine.platform, options, (step) => {
      if (watched) progress.show(step);
    });
  } catch (error) {
    throw error instanceof UnknownZoneError ? unknownZone(error, flags) : error;
  } finally {
    progress.clear();
  }
}

function unknownZone({ host }: UnknownZoneError, { from, to }: AnalyzeFlags): UserError {
  const given = (['--from', '--to'] as const).flatMap((option) => {
    const value = option === '--from' ? from : to;
    return value === null || parseWallClock(option, value) === null ? [] : `${option} ${value}`;
  });
  return withoutZone(given.join(' '), `the time has no zone, and nothing in the evidence tells that of ${host}`);
}

/** What was not read, where no summary says it. */
function notReadLines(notRead: readonly Message[]): string {
  return notRead.map((message) => `portmortem: ${terminalText(inEnglish(message))}\n`).join('');
}

/** The files that the system refused while they were read, where no summary says it. */
function unreadLines({ inputs }: Report): string {
  return inputs
    .flatMap(({ file, problems }) =>
      problems.flatMap(({ code, message }) =>
        isUnread(code) ? `portmortem: ${terminalText(`${file}: ${inEnglish(message)}`)}\n` : [],
      ),
    )
    .join('');
}

/** What stands on standard error without a summary is for people, and English. */
function inEnglish(message: Message): string {
  return phrase(message, 'en');
}

function rendered(report: Report, outputs: readonly Output[]): Promise<{ output: Output; text: string }[]> {
  return Promise.all(
    outputs.map(async (output) => ({ output, text: await output.rendering.render(report, report.options.language) })),
  );
}

function analysisOptions(flags: AnalyzeFlags, io: Io): AnalysisOptions {
  return {
    ...windowOf(flags),
    headroom: flags.headroom ?? DEFAULT_HEADROOM,
    range: flags.range,
    timeWaitSeconds: flags.timeWait,
    timezone: flags.timezone,
    ...(flags.encoding === null ? {} : { encoding: flags.encoding }),
    host: flags.host,
    generatedAtMs: momentOfReport(io),
    arguments: flags.given,
  };
}

/** Instants where a zone is given with them or for all; else what the host's clock shows. */
function windowOf({ from, to, timezone }: AnalyzeFlags): Pick<AnalysisOptions, 'fromMs' | 'toMs' | 'localWindow'> {
  const wallClock = (option: '--from' | '--to', value: string | null): number | null =>
    value === null || timezone !== null ? null : parseWallClock(option, value);
  const local = { fromMs: wallClock('--from', from), toMs: wallClock('--to', to) };
  const fromMs = from === null || local.fromMs !== null ? null : parseMoment('--from', from, timezone);
  const toMs = to === null || local.toMs !== null ? null : parseMoment('--to', to, timezone);
  if (
    (fromMs ?? local.fromMs ?? -Infinity) >= (toMs ?? local.toMs ?? Infinity) &&
    (fromMs === null) === (toMs === null)
  ) {
    throw new UserError('--from and --to', 'the window ends before it begins', 'swap or correct them');
  }
  return { fromMs, toMs, ...(local.fromMs === null && local.toMs === null ? {} : { localWindow: local }) };
}

/** SOURCE_DATE_EPOCH (seconds) makes a report repeatable to the byte. */
function momentOfReport(io: Io): number {
  const epoch = io.env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '') return io.now();
  if (/^\d{1,11}$/.test(epoch)) return Number(epoch) * 1000;
  throw new UserError(`SOURCE_DATE_EPOCH=${epoch}`, 'not a number of seconds since 1970', 'correct or unset it');
}
