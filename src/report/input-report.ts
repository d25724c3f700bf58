import { largest, smallest } from '../model/extremes.js';
import type { ReportInput } from '../model/report.js';
import { isoTime } from '../model/iso-time.js';
import type { Capture } from '../capture/assemble/assemble.js';
import type { PlannedSnapshot } from '../capture/assemble/planned-snapshots.js';
import type { FileSurvey } from '../capture/survey/survey-file.js';

/** What was read of one file, as the report lists it. */
export function inputReport(file: FileSurvey, capture: Capture | null): ReportInput {
  const planned = capture?.plannedIn.get(file) ?? [];
  const told = [...(capture?.eventsInWords.get(file)?.values() ?? [])].flat();
  const times = [
    ...planned.flatMap(({ atMs }) => (atMs === null ? [] : [atMs])),
    ...file.coverage.flatMap((log) => [log.fromMs, log.toMs]),
    ...told.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  ];
  const { encoding } = file.recognition;
  return {
    file: file.file.path,
    format: file.format,
    dialect: file.dialect,
    language: file.language,
    encoding: encoding ?? 'binary',
    bytes: file.file.bytes,
    sha256: file.sha256,
    hosts: capture === null ? [] : hostsOf(file, planned, capture),
    records: file.records,
    skipped: file.problems.skipped,
    from: times.length === 0 ? null : isoTime(smallest(times)),
    to: times.length === 0 ? null : isoTime(largest(times)),
    timeSource: told.length > 0 ? 'in-file' : timeSource(file, planned),
    clockErrorSeconds: clockError(file, planned, told),
    duplicateOf: capture?.duplicateOf.get(file) ?? null,
    problems: file.problems.report(),
  };
}

function hostsOf(file: FileSurvey, planned: readonly PlannedSnapshot[], capture: Capture): string[] {
  const named = [
    ...planned.map(({ host }) => host),
    ...file.coverage.map((log) => capture.hostOf(file, log.host)),
    ...file.eventsInWords.map(({ event }) => capture.hostOf(file, event.host)),
    ...file.processes.map((seen) => capture.hostOf(file, seen.hostText)),
    ...(file.settings.length > 0 ? [capture.hostOf(file, null)] : []),
  ];
  return [...new Set(named)].sort();
}

function timeSource(file: FileSurvey, planned: readonly PlannedSnapshot[]): ReportInput['timeSource'] {
  if (file.coverage.length > 0) return 'in-file';
  return planned[0]?.timeSource ?? 'unknown';
}

function clockError(
  file: FileSurvey,
  planned: readonly PlannedSnapshot[],
  told: readonly Pick<PlannedSnapshot, 'clockErrorSeconds'>[],
): number | null {
  if (file.coverage.length > 0) return 0;
  const dated = [...planned.filter(({ atMs }) => atMs !== null), ...told];
  return dated.length === 0 ? null : largest(dated.map(({ clockErrorSeconds }) => clockErrorSeconds));
}
