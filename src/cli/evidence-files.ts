import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EvidenceFile } from '../model/input.js';
import { readInChunks } from './read-in-chunks.js';
import { shownPaths, type FoundPath } from './shown-path.js';
import { STDIN_ARGUMENT, readPipe, spool } from './spool.js';
import { systemErrorReason } from './system-error.js';
import type { TemporaryFiles } from './temporary-files.js';
import { UserError } from './user-error.js';

export interface EvidenceSearch {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly temporaryFiles: TemporaryFiles;
  /** Absolute paths about to be written: never evidence. */
  readonly outputs: readonly string[];
}

export interface Evidence {
  readonly files: readonly EvidenceFile[];
  /** What a walk met and left out, in words, one entry each. */
  readonly leftOut: readonly string[];
}

interface Found extends FoundPath {
  /** Where the bytes are; for standard input a temporary file. */
  readonly at: string;
  readonly bytes: number;
  readonly modifiedMs: number | null;
}

/** The program's own renderings lie beside the evidence; only a walk leaves them out, naming one is the user's decision. */
const OWN_OUTPUT = /\.portmortem\.(?:html|json)$/i;

/**
 * The files that the command line names: files as they are, folders walked in the order of their names' code units, `-` and
 * pipes spooled to a temporary file, so that all can be opened twice. A file reached by two ways is taken once.
 */
export async function findEvidence(named: readonly string[], search: EvidenceSearch): Promise<Evidence> {
  const found: Found[] = [];
  const leftOut: string[] = [];
  const seen = new Set<string>();
  if (named.filter((argument) => argument === STDIN_ARGUMENT).length > 1) {
    throw new UserError('-', 'standard input can be read only once', 'name it once');
  }

  for (const argument of named) {
    if (argument === STDIN_ARGUMENT) {
      const at = await spool(search.stdin, search.temporaryFiles);
      found.push({ named: 'stdin', below: [], at, bytes: (await stat(at)).size, modifiedMs: null });
      continue;
    }
    const at = path.resolve(search.cwd, argument);
    const entry = await statNamed(argument, at);
    if (entry.isDirectory()) {
      await walk({ named: argument, below: [], at }, found, leftOut, seen, search.outputs);
    } else if (entry.isFile()) {
      if (search.outputs.includes(at)) {
        throw new UserError(
          argument,
          'it is named both as evidence and as output',
          'write the report under another name',
        );
      }
      await take({ named: argument, below: [], at, bytes: entry.size, modifiedMs: entry.mtimeMs }, found, seen);
    } else if (entry.isFIFO()) {
      const spooled = await spool(readPipe(at), search.temporaryFiles);
      found.push({ named: argument, below: [], at: spooled, bytes: (await stat(spooled)).size, modifiedMs: null });
    } else {
      throw new UserError(argument, 'it is neither a file nor a folder', 'name the exported files or their folder');
    }
  }

  const shown = shownPaths(found, path);
  const files = found.map(({ at, bytes, modifiedMs }, index): EvidenceFile => {
    // One byte more than was listed shows that a file has grown.
    return { path: shown[index] ?? at, bytes, modifiedMs, open: () => readInChunks(at, bytes + 1) };
  });
  return { files, leftOut };
}

async function statNamed(argument: string, at: string): Promise<Stats> {
  try {
    return await stat(at);
  } catch (error) {
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    throw new UserError(argument, reason, 'name an existing file or folder, or - for standard input');
  }
}

async function take(candidate: Found, found: Found[], seen: Set<string>): Promise<void> {
  // Gone since it was found: whoever reads it will say so.
  const real = await realpath(candidate.at).catch((error: unknown) => {
    if (systemErrorReason(error) === null) throw error;
    return candidate.at;
  });
  if (seen.has(real)) return;
  seen.add(real);
  found.push(candidate);
}

/** Links to files are read; links and junctions to folders are not followed, they may lead back up. */
async function walk(
  folder: { readonly named: string; readonly below: readonly string[]; readonly at: string },
  found: Found[],
  leftOut: string[],
  seen: Set<string>,
  outputs: readonly string[],
): Promise<void> {
  const shown = [folder.named, ...folder.below].join('/');
  const entries = await readdir(folder.at, { withFileTypes: true }).catch((error: unknown) => {
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    leftOut.push(`${shown}: ${reason}`);
    return [];
  });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(folder.at, entry.name);
    const below = [...folder.below, entry.name];
    if (entry.isDirectory()) {
      await walk({ named: folder.named, below, at }, found, leftOut, seen, outputs);
      continue;
    }
    if (outputs.includes(at) || OWN_OUTPUT.test(entry.name)) continue;
    try {
      const target = await stat(at);
      if (target.isFile()) {
        await take({ named: folder.named, below, at, bytes: target.size, modifiedMs: target.mtimeMs }, found, seen);
      } else {
        leftOut.push(
          `${shown}/${entry.name}: ${target.isDirectory() ? 'a link to a folder, not followed' : 'not a file'}`,
        );
      }
    } catch (error) {
      const reason = systemErrorReason(error);
      if (reason === null) throw error;
      leftOut.push(`${shown}/${entry.name}: ${reason}`);
    }
  }
}
