import type { AnalysisOptions } from '../../model/analysis.js';
import { UNKNOWN_HOST } from '../../model/report.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { findCopies, settingsOfOtherHosts } from './copies.js';
import { foreignTables } from './foreign-tables.js';
import { identifyHosts } from './host-identity.js';
import type { HostNames } from './host-names.js';
import { hostNamings, type HostNaming } from './host-naming.js';
import { NamelessFiles } from './nameless-files.js';

/** The evidence, each piece of it once and with its host. */
export interface FilesOfHosts {
  readonly used: readonly FileSurvey[];
  readonly duplicateOf: ReadonlyMap<FileSurvey, string>;
  readonly names: HostNames;
  readonly hostOf: (file: FileSurvey, hostText: string | null) => string;
  readonly namingOf: (host: string) => HostNaming;
}

/** Says whose everything is that the files hold, and which of them are copies. */
export function filesOfHosts(files: readonly FileSurvey[], options: AnalysisOptions): FilesOfHosts {
  const evidence = files.filter(isEvidence);
  const copies = findCopies(files);
  const originals = evidence.filter((file) => !copies.has(file));
  const identity = identifyHosts(originals);
  const { names } = identity;
  const nameless = new NamelessFiles(originals, names, options.host);
  const named = (file: FileSurvey, hostText: string | null): string =>
    hostText === null || hostText === '' ? nameless.belonging(file).host : names.canonical(hostText);
  for (const file of settingsOfOtherHosts(copies, (one) => named(one, null))) copies.delete(file);
  const duplicateOf = noteCopies(copies);
  const used = evidence.filter((file) => !duplicateOf.has(file));
  const foreign = foreignTables(used, named);
  for (const file of foreign) file.problems.addProblem('other-addresses', 1, '');
  const hostOf = (file: FileSurvey, hostText: string | null): string =>
    foreign.has(file) ? UNKNOWN_HOST : named(file, hostText);
  return { used, duplicateOf, names, hostOf, namingOf: hostNamings(used, identity, nameless, foreign) };
}

/** An earlier report is no evidence; not even its modification time says anything of the others. */
function isEvidence({ format }: FileSurvey): boolean {
  return format !== 'portmortem-report';
}

function noteCopies(copies: ReadonlyMap<FileSurvey, FileSurvey>): Map<FileSurvey, string> {
  for (const [file, original] of copies) file.problems.addProblem('duplicate-file', 1, original.file.path);
  return new Map([...copies].map(([file, original]) => [file, original.file.path]));
}
