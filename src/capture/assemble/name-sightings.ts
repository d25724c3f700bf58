import type { Stamp } from '../../model/stamp.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { splitName } from './host-names.js';

/** When a name was seen (UTC milliseconds), and where. */
export interface Sighting {
  readonly fromMs: number;
  readonly toMs: number;
  /** Also at a time that nothing tells. */
  readonly isUndated: boolean;
  /** By a port table or a list of processes, which write the short name, cut at fifteen letters. */
  readonly inTables: boolean;
  readonly inLogs: boolean;
  /** With its domain. */
  readonly hasDomain: boolean;
  /** By the log of a node of a cluster. */
  readonly isClusterNode: boolean;
}

/** When and where every name was seen, by the name that `nameOf` makes of a text of the files. */
export function nameSightings(
  files: readonly FileSurvey[],
  nameOf: (hostText: string) => string,
): ReadonlyMap<string, Sighting> {
  const seen = new Map<string, Sighting>();
  const see = (hostText: string | null, what: Partial<Sighting>): void => {
    if (hostText === null || hostText === '') return;
    const name = nameOf(hostText);
    const before = seen.get(name) ?? NEVER;
    seen.set(name, {
      fromMs: Math.min(before.fromMs, what.fromMs ?? Infinity),
      toMs: Math.max(before.toMs, what.toMs ?? -Infinity),
      isUndated: before.isUndated || (what.isUndated ?? false),
      inTables: before.inTables || (what.inTables ?? false),
      inLogs: before.inLogs || (what.inLogs ?? false),
      hasDomain: before.hasDomain || splitName(hostText).domain !== '',
      isClusterNode: before.isClusterNode || (what.isClusterNode ?? false),
    });
  };
  for (const { coverage, snapshots, processes } of files) {
    for (const { host, fromMs, toMs, signs } of coverage) {
      see(host, { fromMs, toMs, inLogs: true, isClusterNode: signs.isClusterNode });
    }
    for (const { hostText, stamp } of snapshots) see(hostText, { ...moment(stamp), inTables: true });
    if (coverage.length > 0) continue;
    for (const { hostText, firstStamp, lastStamp } of processes) {
      see(hostText, { ...moment(firstStamp), inTables: true });
      see(hostText, moment(lastStamp));
    }
  }
  return seen;
}

/** True where the second was seen only once the first was over. */
export function follows(earlier: Sighting, later: Sighting): boolean {
  return earlier.toMs <= later.fromMs;
}

const NEVER: Sighting = {
  fromMs: Infinity,
  toMs: -Infinity,
  isUndated: false,
  inTables: false,
  inLogs: false,
  hasDomain: false,
  isClusterNode: false,
};

/** A wall clock says nothing here: the zone of a host is known only once it is known which host it is. */
function moment(stamp: Stamp | null): Partial<Sighting> {
  if (stamp?.kind !== 'instant') return { isUndated: true };
  return { fromMs: stamp.epochMs, toMs: stamp.epochMs };
}
