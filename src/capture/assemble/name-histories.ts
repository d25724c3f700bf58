import { MINUTE_MS } from '../../model/durations.js';
import { largest, smallest } from '../../model/extremes.js';
import { grouped } from '../../model/grouped.js';
import { joinedCoverage, type LogCoverage } from '../survey/log-coverage.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { splitName } from './host-names.js';

/** What is written beside the start of a system, or beside its end, is logged within minutes. */
const BESIDE_A_BOOT_MS = 10 * MINUTE_MS;
/** A start of Windows logs some hundred records: an export of errors alone leaves so many out between one name and the next. */
const RECORDS_OF_A_BOOT = 500;
/** A log that collects those of other computers. */
const FORWARDED = 'forwardedevents';
/**
 * Names that Windows Setup makes up and nobody keeps: of a system that was prepared as an image (`WIN-` and eleven characters), of
 * Windows PE (`MININT-`), and of the machine at Microsoft that built the image (`37L4247F27-25`).
 */
const SETUP_NAME = /^(?:WIN-[A-Z0-9]{11}|MININT-[A-Z0-9]{1,8}|37L4247[A-Z]\d{2}-\d{2})$/;

/** The names that one log shows a machine to have had one after another. */
export interface NameHistory {
  readonly file: FileSurvey;
  /** The oldest first; at least two. */
  readonly names: readonly string[];
  /** So many of the first belong to the image that the machine was made of, or to whatever was made from it: not to its life. */
  readonly ofTheImage: number;
}

/** The changes of name in the logs of each file. `nameOf` tells names apart that are written differently. */
export function nameHistories(files: readonly FileSurvey[], nameOf: (hostText: string) => string): NameHistory[] {
  return files.flatMap((file) => {
    const named = file.coverage.filter(({ host, channel }) => host !== '' && channel.toLowerCase() !== FORWARDED);
    return [...grouped(named.map((log) => [log.channel, log] as const)).values()].flatMap((logs) =>
      changesIn(logs, nameOf).map((names) => ({ file, names, ofTheImage: imageNames(names) })),
    );
  });
}

type NamedLog = LogCoverage & { readonly name: string };

/** Runs of names in one log that were given one after another to one machine; none where the times of any two overlap. */
function changesIn(logs: readonly LogCoverage[], nameOf: (hostText: string) => string): string[][] {
  const parts = [...grouped(logs.map((log) => [nameOf(log.host), log] as const))]
    .map(([name, [first, ...others]]) => (first === undefined ? null : { ...joinedCoverage([first, ...others]), name }))
    .filter((part) => part !== null)
    .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
  const widestHole = largest([0, ...parts.flatMap(({ gaps }) => gaps.map(({ missingRecords }) => missingRecords))]);
  const runs: NamedLog[][] = [];
  for (const part of parts) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run === undefined || before === undefined) runs.push([part]);
    else if (before.toMs > part.fromMs) return [];
    else if (isRename(before, part, widestHole)) run.push(part);
    else runs.push([part]);
  }
  return runs.flatMap((run) => livesIn(run.map(({ name }) => name))).filter(({ length }) => length > 1);
}

/** A machine that was made an image of keeps its life where nothing but Setup came after it. */
function livesIn(names: readonly string[]): string[][] {
  const last = names.findLastIndex((name) => !isSetupName(name));
  return [names.slice(0, last + 1), names.slice(last + 1)];
}

function isRename(before: NamedLog, after: NamedLog, widestHole: number): boolean {
  return saysSo(before, after) || (runsOn(before, after, widestHole) && liesABootBetween(before, after));
}

/** EventLog 6011 or 6012 is the last word under the former name before it went, or among the first under the latter. */
function saysSo(before: NamedLog, after: NamedLog): boolean {
  const { renames, starts } = before.signs;
  if (renames !== null && (starts === null || starts.toMs <= renames.toMs + BESIDE_A_BOOT_MS)) return true;
  const first = after.signs.renames;
  return first !== null && first.fromMs - after.fromMs <= BESIDE_A_BOOT_MS;
}

/** The numbers go on where they stopped. Two logs put together begin anew, or leave a hole that nothing else in them is like. */
function runsOn(before: NamedLog, after: NamedLog, widestHole: number): boolean {
  if (before.runs.length === 0 || after.runs.length === 0) return false;
  const last = largest(before.runs.map(({ lastRecord }) => lastRecord));
  const first = smallest(after.runs.map(({ firstRecord }) => firstRecord));
  return last < first && first - last - 1 <= Math.max(RECORDS_OF_A_BOOT, widestHole);
}

function liesABootBetween(before: NamedLog, after: NamedLog): boolean {
  const ends = [before.signs.stops, before.signs.starts];
  const { starts } = after.signs;
  return (
    ends.some((span) => span !== null && before.toMs - span.toMs <= BESIDE_A_BOOT_MS) ||
    (starts !== null && starts.fromMs - after.fromMs <= BESIDE_A_BOOT_MS)
  );
}

function isSetupName(name: string): boolean {
  return SETUP_NAME.test(splitName(name).short);
}

function imageNames(names: readonly string[]): number {
  return names.findLastIndex((name, index) => isSetupName(name) && index < names.length - 1) + 1;
}
