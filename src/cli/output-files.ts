import type { Stats } from 'node:fs';
import { access, constants, lstat, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { RENDERINGS, type Rendering } from '../render/renderings.js';
import { ExitCode } from './exit-code.js';
import { entryPath, fileIdentity } from './file-identity.js';
import { placeNew, placeOver, writeTemporary } from './place-file.js';
import { systemErrorCode, systemErrorReason } from './system-error.js';
import type { TemporaryFiles } from './temporary-files.js';
import { UserError } from './user-error.js';

export interface Output {
  /** As typed. */
  readonly shown: string;
  readonly absolute: string;
  readonly rendering: Rendering;
}

export interface WrittenFile {
  readonly shown: string;
  readonly bytes: number;
}

/** Turns `-o` arguments into outputs by the end of their names, before anything is analysed. */
export function planOutputs(named: readonly string[], cwd: string, renderings = RENDERINGS): Output[] {
  const outputs = named.map((shown) => ({
    shown,
    absolute: path.resolve(cwd, shown),
    rendering: renderingOf(shown, renderings),
  }));
  for (const [index, output] of outputs.entries()) {
    if (outputs.findIndex(({ absolute }) => absolute === output.absolute) !== index) {
      throw namedTwice(output.shown);
    }
  }
  return outputs;
}

function namedTwice(shown: string): UserError {
  return new UserError(`-o ${shown}`, 'the same file is named twice', 'name each output once');
}

/** The suffixes for a sentence: `.html or .json`. */
export function suffixesOf(renderings: readonly Rendering[]): string {
  return renderings
    .map(({ suffix }) => suffix)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');
}

/** By the longest suffix that the name ends in, in any case; a name must have more than that. */
function renderingOf(shown: string, renderings: readonly Rendering[]): Rendering {
  if (/[/\\]$/.test(shown)) throw new UserError(`-o ${shown}`, 'it names a folder', 'name a file');
  const name = path.basename(shown).toLowerCase();
  const [longest] = renderings
    .filter(({ suffix }) => name.endsWith(suffix) && name.length > suffix.length)
    .toSorted((a, b) => b.suffix.length - a.suffix.length);
  if (longest !== undefined) return longest;
  const extension = path.extname(name);
  const known = suffixesOf(renderings);
  if (shown === '-') throw new UserError('-o -', 'a report is written to a file', `give a name that ends in ${known}`);
  const why = extension === '' ? 'the name has no extension that tells the kind' : `${extension} is no kind of report`;
  throw new UserError(`-o ${shown}`, why, `let the name end in ${known}`);
}

/** Refuses what cannot be written or must not be overwritten: in time, before a long analysis. */
export async function checkOutputs(outputs: readonly Output[], force: boolean): Promise<void> {
  const existing: string[] = [];
  const entries = new Set<string>();
  for (const { shown, absolute } of outputs) {
    await checkFolder(shown, path.dirname(absolute));
    const place = await entryPath(absolute);
    if (entries.has(place)) throw namedTwice(shown);
    entries.add(place);
    const entry = await existingEntry(shown, absolute);
    if (entry === null) continue;
    if (entry.isDirectory()) throw new UserError(`-o ${shown}`, 'it is a folder', 'name a file');
    existing.push(shown);
  }
  if (existing.length > 0 && !force) throw existsAlready(existing);
}

async function existingEntry(shown: string, absolute: string): Promise<Stats | null> {
  try {
    return await lstat(absolute);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw cannotWrite(shown, error);
  }
}

function existsAlready(shown: readonly string[]): UserError {
  return new UserError(
    shown.join(', '),
    shown.length === 1 ? 'the file exists already' : 'the files exist already',
    'name another output with -o, or overwrite with --force',
    ExitCode.outputExists,
  );
}

/**
 * Refuses an output that is a file of the evidence under whatever name: the same path, a link to it, a second hard link of it.
 * `identities` has the name shown for each file that is read.
 */
export async function refuseEvidence(
  outputs: readonly Output[],
  identities: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { shown, absolute } of outputs) {
    const identity = await fileIdentity(absolute).catch(() => null);
    const evidence = identity === null ? undefined : identities.get(identity);
    if (evidence === undefined) continue;
    throw new UserError(
      shown,
      `it is the same file as the evidence ${evidence}`,
      'write the report under another name',
    );
  }
}

/** One that is missing is made when the report is written, so it is the nearest one above it that must take it. */
async function checkFolder(shown: string, folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw new UserError(`-o ${shown}`, `${folder} is not a folder`, 'name a file in a folder');
    }
    await access(folder, constants.W_OK);
  } catch (error) {
    const above = path.dirname(folder);
    if (systemErrorCode(error) === 'ENOENT' && above !== folder && !(await isEntry(folder))) {
      await checkFolder(shown, above);
      return;
    }
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    throw new UserError(
      `-o ${shown}`,
      `cannot write into ${folder}: ${reason}`,
      'name a file in a folder that you may write into',
    );
  }
}

/** A link that leads nowhere is one. */
async function isEntry(at: string): Promise<boolean> {
  return lstat(at).then(
    () => true,
    () => false,
  );
}

/**
 * Writes all or none: each text goes to a temporary file beside its place first, and gets its name only when every one is
 * complete. A reader never sees half a report. Without `force` nothing is overwritten, even what has come since the check,
 * and when one has no place the others are left on the list of temporary files.
 */
export async function writeOutputs(
  contents: readonly { readonly output: Output; readonly text: string }[],
  force: boolean,
  temporaryFiles: TemporaryFiles,
): Promise<WrittenFile[]> {
  const complete: (WrittenFile & { readonly temporary: string; readonly absolute: string })[] = [];
  for (const { output, text } of contents) {
    const bytes = Buffer.from(text, 'utf8');
    try {
      const folder = path.dirname(output.absolute);
      await makeFolder(folder);
      const temporary = writeTemporary(folder, bytes, temporaryFiles);
      complete.push({ shown: output.shown, bytes: bytes.length, temporary, absolute: output.absolute });
    } catch (error) {
      throw cannotWrite(output.shown, error);
    }
  }
  for (const { shown, temporary, absolute } of complete) {
    try {
      await (force ? placeOver : placeNew)(temporary, absolute, temporaryFiles);
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST' && !(await isFolder(absolute))) throw existsAlready([shown]);
      throw cannotWrite(shown, error);
    }
  }
  for (const { absolute } of complete) temporaryFiles.forget(absolute);
  return complete.map(({ shown, bytes }) => ({ shown, bytes }));
}

/** Of a file in its place the writing tells. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  });
}

async function isFolder(absolute: string): Promise<boolean> {
  const entry = await lstat(absolute).catch(() => null);
  return entry?.isDirectory() ?? false;
}

function cannotWrite(shown: string, error: unknown): unknown {
  const reason = systemErrorCode(error) === 'EEXIST' ? 'it is a folder' : systemErrorReason(error);
  return reason === null ? error : new UserError(shown, `cannot be written: ${reason}`, 'choose another place with -o');
}
