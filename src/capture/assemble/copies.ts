import { UNKNOWN_HOST } from '../../model/report.js';
import { stampInName } from '../../parsers/text/parse-stamp.js';
import type { FileSurvey } from '../survey/survey-file.js';

/** Every file whose bytes another one before it has, with the first of them. */
export function findCopies(files: readonly FileSurvey[]): Map<FileSurvey, FileSurvey> {
  const first = new Map<string, FileSurvey>();
  const copies = new Map<FileSurvey, FileSurvey>();
  for (const file of files) {
    // Nothing is like nothing: neither empty files nor those that could not be read are copies of one another.
    if (file.bytesRead === 0) continue;
    // Undated tables under names with different times may be alike because nothing had changed.
    const isUndated = file.snapshots.some(({ stamp }) => stamp === null);
    const key = `${file.sha256}|${isUndated ? JSON.stringify(stampInName(file.file.path)) : ''}`;
    const original = first.get(key);
    if (original === undefined) first.set(key, file);
    else copies.set(file, original);
  }
  return copies;
}

/**
 * Of the copies those that are none: `netsh` prints the same on every host that has the same range, so a file of settings alone counts
 * once for each host that its path names.
 */
export function settingsOfOtherHosts(
  copies: ReadonlyMap<FileSurvey, FileSurvey>,
  hostOf: (file: FileSurvey) => string,
): FileSurvey[] {
  const counted = new Set<string>();
  const keyOf = (file: FileSurvey): string => `${file.sha256}|${hostOf(file)}`;
  for (const original of copies.values()) counted.add(keyOf(original));
  return [...copies.keys()].filter((file) => {
    const key = keyOf(file);
    if (!holdsSettingsAlone(file) || hostOf(file) === UNKNOWN_HOST || counted.has(key)) return false;
    counted.add(key);
    return true;
  });
}

function holdsSettingsAlone({ settings, snapshots, events, eventsInWords, coverage, processes }: FileSurvey): boolean {
  const others = [snapshots, events, eventsInWords, coverage, processes];
  return settings.length > 0 && others.every(({ length }) => length === 0);
}
