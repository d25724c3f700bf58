import { isEarlierReport } from './earlier-report.js';
import type { BigIntStats } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../messages/say.js';
import type { EvidenceFile } from '../model/input.js';
import type { Message } from '../model/report-message.js';
import { entryPath, fileIdentity } from './file-identity.js';
import { readInChunks } from './read-in-chunks.js';
import { shownPaths, type FoundPath } from './shown-path.js';
import { keep } from './kept-input.js';
import { STDIN_ARGUMENT, readPipe } from './spool.js';
import { systemErrorReason } from './system-error.js';
import type { TemporaryFiles } from './temporary-files.js';
import { pathsMeant } from './typed-path.js';
import { UserError } from './user-error.js';
import { walkFolder, type Met } from './walk-folder.js';

export interface EvidenceSearch {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly temporaryFiles: TemporaryFiles;
  /** Absolute paths about to be written: never evidence. */
  readonly outputs: readonly string[];
  /** Of the file that standard input comes from, null when it comes from none. */
  readonly stdinIdentity: () => string | null;
}

export interface FoundEvidence {
  readonly files: readonly EvidenceFile[];
  /** What a walk could not read, one message each. */
  readonly unreadable: readonly Message[];
  /** What a walk met and left out on purpose, one message each; links that lead out of the folder are one together. */
  readonly leftOut: readonly Message[];
  /** Of every file that is read, with the name shown for it: no report may be written over one. */
  readonly identities: ReadonlyMap<string, string>;
}

interface Found extends FoundPath {
  /** Where the bytes are; for standard input a temporary file. */
  readonly at: string;
  readonly bytes: number;
  readonly modifiedMs: number | null;
  /** A walk follows no link, now or when the file is read; what the command line names may be one. */
  readonly link: 'followed' | 'refused';
  /** The last name of the folder it was found in: that of `.` too. */
  readonly folder?: string;
}

type Link = Extract<Met, { kind: 'link' }>;

/**
 * The files that the command line names: files as they are, folders walked in the order of their names' code units, `-` and
 * pipes spooled to a temporary file, so that all can be opened twice. A file reached by two ways or names is taken once.
 */
export async function findEvidence(named: readonly string[], search: EvidenceSearch): Promise<FoundEvidence> {
  if (named.filter((argument) => argument === STDIN_ARGUMENT).length > 1) {
    throw new UserError('-', 'standard input can be read only once', 'name it once');
  }
  const gathering = new Gathering(new Set(await Promise.all(search.outputs.map(entryPath))));
  for (const argument of named) {
    if (argument === '')
      throw new UserError("''", 'an empty path names nothing', 'name the exported files or their folder');
    if (argument === STDIN_ARGUMENT) {
      const kept = await keep(argument, search.stdin, search.temporaryFiles);
      await gathering.takeSpooled('stdin', kept, search.stdinIdentity());
      continue;
    }
    for (const meant of await pathsMeant(argument, search.cwd)) await take(gathering, meant, search);
  }
  return gathering.evidence();
}

async function take(gathering: Gathering, named: string, { cwd, temporaryFiles }: EvidenceSearch): Promise<void> {
  const at = path.resolve(cwd, named);
  const stats = await statNamed(named, at);
  if (stats.isDirectory()) await gathering.takeFolder(named, at);
  else if (stats.isFile()) await gathering.takeNamed(named, at, stats);
  else if (stats.isFIFO()) await gathering.takeSpooled(named, await keep(named, readPipe(at), temporaryFiles), null);
  else throw new UserError(named, 'it is neither a file nor a folder', 'name the exported files or their folder');
}

/** Collects what was found, each file once. */
class Gathering {
  readonly #outputs: ReadonlySet<string>;
  readonly #found: Found[] = [];
  readonly #unreadable: Message[] = [];
  readonly #leftOut: Message[] = [];
  /** Of every file, with its place in what was found. */
  readonly #identities = new Map<string, number>();
  readonly #folders: string[] = [];
  readonly #links: Link[] = [];

  constructor(outputs: ReadonlySet<string>) {
    this.#outputs = outputs;
  }

  async takeSpooled(named: string, at: string, identity: string | null): Promise<void> {
    if (identity !== null) this.#identities.set(identity, this.#found.length);
    this.#found.push({ named, below: [], at, bytes: (await stat(at)).size, modifiedMs: null, link: 'refused' });
  }

  async takeNamed(named: string, at: string, stats: BigIntStats): Promise<void> {
    if (this.#outputs.has(await entryPath(at))) {
      throw new UserError(named, 'it is named both as evidence and as output', 'write the report under another name');
    }
    await this.#take({ named, below: [] }, at, stats, 'followed');
  }

  async takeFolder(named: string, at: string): Promise<void> {
    const real = await realpath(at);
    const folder = path.basename(at);
    this.#folders.push(real);
    for await (const met of walkFolder({ named, below: [], at: real })) {
      if (met.kind === 'unreadable') this.#unreadable.push(met.why);
      else if (met.kind === 'left-out') this.#leftOut.push(met.why);
      else if (this.#outputs.has(met.at)) await refuseOtherThanReport(named, met);
      else if (met.kind === 'link') this.#links.push(met);
      else await this.#take({ named, below: met.below, folder }, met.at, met.stats, 'refused');
    }
  }

  async #take(
    path: FoundPath & Pick<Found, 'folder'>,
    at: string,
    stats: BigIntStats,
    link: Found['link'],
  ): Promise<void> {
    const identity = await fileIdentity(at, stats);
    if (this.#identities.has(identity)) return;
    this.#identities.set(identity, this.#found.length);
    this.#found.push({ ...path, at, bytes: Number(stats.size), modifiedMs: modifiedMs(stats), link });
  }

  async evidence(): Promise<FoundEvidence> {
    const shown = shownPaths(this.#found, path);
    const files = this.#found.map(({ at, bytes, modifiedMs, link, folder }, index): EvidenceFile => {
      // One byte more than was listed shows that a file has grown.
      const open: EvidenceFile['open'] = () => readInChunks(at, bytes + 1, link);
      return { path: shown[index] ?? '', ...(folder === undefined ? {} : { folder }), bytes, modifiedMs, open };
    });
    const identities = new Map([...this.#identities].map(([identity, index]) => [identity, shown[index] ?? identity]));
    const leftOut = [...this.#leftOut, ...(await this.#leadingOutside())];
    return { files, unreadable: this.#unreadable, leftOut, identities };
  }

  /** Links to what was not named; all others lead to what has been read under its own name. */
  async #leadingOutside(): Promise<Message[]> {
    const outside: Link[] = [];
    for (const link of this.#links) {
      if (this.#folders.some((folder) => isInside(link.target, folder))) continue;
      const identity = await fileIdentity(link.target).catch(() => null);
      if (identity === null || !this.#identities.has(identity)) outside.push(link);
    }
    const [first, ...others] = outside;
    return first === undefined ? [] : [say('left-out.links', { path: first.shown, others: others.length })];
  }
}

/** An output that lies in the folder is an earlier report, or it may be evidence: then it is not overwritten, with --force or not. */
async function refuseOtherThanReport(named: string, met: Exclude<Met, { why: Message }>): Promise<void> {
  if (met.kind === 'link' || met.stats.size === 0n || (await isEarlierReport(met.at))) return;
  throw new UserError(
    [named, ...met.below].join('/'),
    'it lies in the folder of evidence and is no report of this program',
    'write the report under another name',
  );
}

function isInside(at: string, folder: string): boolean {
  const way = path.relative(folder, at);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Milliseconds with their fraction, as `mtimeMs` of plain stats has them. */
function modifiedMs({ mtimeNs }: BigIntStats): number {
  return Number(mtimeNs / 1_000_000n) + Number(mtimeNs % 1_000_000n) / 1_000_000;
}

async function statNamed(argument: string, at: string): Promise<BigIntStats> {
  try {
    const stats = await stat(at, { bigint: true });
    if (stats.isDirectory()) await (await opendir(at)).close();
    return stats;
  } catch (error) {
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    throw new UserError(argument, reason, 'name an existing file or folder, or - for standard input');
  }
}
