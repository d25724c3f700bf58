import { grouped } from '../../model/grouped.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { HostNames, splitName } from './host-names.js';
import { nameHistories, type NameHistory } from './name-histories.js';
import { follows, nameSightings, type Sighting } from './name-sightings.js';

/** NetBIOS names, `%COMPUTERNAME%` among them, are cut here. Source: Microsoft, "Naming conventions in Active Directory". */
const NETBIOS_LETTERS = 15;

/** Who is who. */
export interface HostIdentity {
  readonly names: HostNames;
  /** Names that the host had earlier, the oldest first. */
  readonly formerNames: (host: string) => readonly string[];
}

type Sightings = ReadonlyMap<string, Sighting>;

/** Finds the hosts that the files name, each under all names that it has in them. */
export function identifyHosts(files: readonly FileSurvey[]): HostIdentity {
  const names = new HostNames();
  for (const file of files) for (const name of namesIn(file)) names.addName(name);
  const left = joinDomains(files, names);
  joinCutNames(names, sightingsOf(files, names));
  const sightings = sightingsOf(files, names);
  const histories = withClones(nameHistories(files, (text) => names.canonical(text))).filter((history) =>
    isOneMachine(history, sightings),
  );
  for (const { names: run, ofTheImage } of histories) {
    for (const name of run.slice(ofTheImage, -1)) names.joinNames(name, run.at(-1) ?? '');
  }
  for (const name of imageNames(histories, files, names, sightings)) names.setAside(name);
  const changed = histories.flatMap(({ names: run }) =>
    run.slice(0, -1).map((name) => [run.at(-1) ?? '', name] as const),
  );
  const formerNames = grouped([...left, ...changed].map(([host, name]) => [names.canonical(host), name] as const));
  const fromMs = (name: string): number => sightings.get(name)?.fromMs ?? -Infinity;
  return {
    names,
    formerNames: (host) => [...new Set(formerNames.get(host) ?? [])].sort((a, b) => fromMs(a) - fromMs(b)),
  };
}

export function* namesIn(file: FileSurvey): Generator<string> {
  for (const snapshot of file.snapshots) if (snapshot.hostText !== null) yield snapshot.hostText;
  for (const log of file.coverage) if (log.host !== '') yield log.host;
  for (const { event } of file.eventsInWords) if (event.host !== null) yield event.host;
  for (const seen of file.processes) if (seen.hostText !== null) yield seen.hostText;
}

function sightingsOf(files: readonly FileSurvey[], names: HostNames): Sightings {
  return nameSightings(files, (text) => names.canonical(text));
}

/** Joins the domains of a short name that were seen one after another, and tells the full names that are over. */
function joinDomains(files: readonly FileSurvey[], names: HostNames): (readonly [host: string, name: string])[] {
  const full = nameSightings(files, (text) => {
    const { short, domain } = splitName(text);
    return domain === '' ? short : `${short}.${domain}`;
  });
  const inDomains = grouped(
    [...full].flatMap(([name, seen]) => {
      const { short, domain } = splitName(name);
      return domain === '' ? [] : [[short, { name, seen }] as const];
    }),
  );
  return [...inDomains].flatMap(([short, hosts]) => {
    const inOrder = hosts.toSorted((a, b) => a.seen.fromMs - b.seen.fromMs);
    const apart = inOrder.every(({ seen }, index) => {
      const before = inOrder[index - 1];
      return !seen.isUndated && (before === undefined || follows(before.seen, seen));
    });
    if (hosts.length < 2 || !apart) return [];
    names.joinDomains(short);
    return inOrder.slice(0, -1).map(({ name }) => [short, name] as const);
  });
}

/**
 * Joins a name cut at fifteen letters with the only full name that begins so. The name of a cluster may be the beginning of its
 * nodes' names, and two names in logs of the same time are two hosts.
 */
function joinCutNames(names: HostNames, sightings: Sightings): void {
  const all = names.all();
  const longer = grouped(
    all
      .filter((name) => splitName(name).short.length > NETBIOS_LETTERS)
      .map((name) => [name.slice(0, NETBIOS_LETTERS), name] as const),
  );
  for (const name of all) {
    if (name.length !== NETBIOS_LETTERS) continue;
    const [full, ...others] = longer.get(name) ?? [];
    const [cut, whole] = [sightings.get(name), sightings.get(full ?? '')];
    if (full === undefined || others.length > 0 || cut === undefined || whole === undefined) continue;
    if (whole.isClusterNode || cut.isClusterNode || cut.hasDomain) continue;
    if (!cut.inLogs || follows(cut, whole) || follows(whole, cut)) names.joinNames(name, full);
  }
}

/** Of a name that several machines had before, none is the heir: it was that of the image they were made of. */
function withClones(histories: readonly NameHistory[]): NameHistory[] {
  const heirs = grouped(
    histories.flatMap(({ names }) => names.slice(1).map((name, index) => [names[index] ?? '', name] as const)),
  );
  return histories.map((history) => {
    const shared = history.names.findLastIndex((name) => new Set(heirs.get(name)).size > 1) + 1;
    return { ...history, ofTheImage: Math.max(history.ofTheImage, shared) };
  });
}

/** Nothing else in the evidence shows two of these names at the same time. */
function isOneMachine({ names, ofTheImage }: NameHistory, sightings: Sightings): boolean {
  const own = names.slice(ofTheImage).map((name) => sightings.get(name));
  return own.every((seen, index) => {
    const before = own[index - 1];
    return seen !== undefined && (before === undefined || follows(before, seen));
  });
}

/** Names of images that nothing shows but the logs of machines made from them, or what is older than these. */
function imageNames(
  histories: readonly NameHistory[],
  files: readonly FileSurvey[],
  names: HostNames,
  sightings: Sightings,
): string[] {
  const ofImages = grouped(
    histories.flatMap((history) => history.names.slice(0, history.ofTheImage).map((name) => [name, history] as const)),
  );
  const logs = grouped(
    files.flatMap((file) => file.coverage.map((log) => [names.canonical(log.host), { file, log }] as const)),
  );
  return [...ofImages].flatMap(([name, own]) => {
    if (sightings.get(name)?.inTables !== false) return [];
    const isOlder = (toMs: number, { names: run }: NameHistory): boolean =>
      toMs <= (sightings.get(run.at(-1) ?? '')?.fromMs ?? -Infinity);
    const isOfImage = (logs.get(name) ?? []).every(({ file, log }) =>
      own.some((history) => history.file === file || isOlder(log.toMs, history)),
    );
    return isOfImage ? [name] : [];
  });
}
