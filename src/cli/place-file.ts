import { closeSync, constants, fchmodSync, writeFileSync } from 'node:fs';
import { copyFile, link, rename, unlink } from 'node:fs/promises';
import { systemErrorCode } from './system-error.js';
import type { TemporaryFiles } from './temporary-files.js';

/** What a file system without hard links says to one; EISDIR is what Node makes of Windows' ERROR_INVALID_FUNCTION. */
const NO_HARD_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
  'EISDIR',
]);
/** What a file system without modes says to a change of mode. */
const NO_MODES: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

/** Writes a new temporary file in `folder`, unreadable for others until it is complete, and returns its path. */
export function writeTemporary(folder: string, bytes: Uint8Array, temporaryFiles: TemporaryFiles): string {
  const { path, descriptor } = temporaryFiles.newFile(folder);
  let open = true;
  try {
    writeFileSync(descriptor, bytes);
    giveOrdinaryMode(descriptor);
    open = false;
    // Some network file systems say only now that the disk is full.
    closeSync(descriptor);
  } finally {
    if (open) closeQuietly(descriptor);
  }
  return path;
}

/** The mode that any new file of this user has: read and write for all, less the umask. */
function giveOrdinaryMode(descriptor: number): void {
  const mask = process.umask(0o077);
  process.umask(mask);
  try {
    fchmodSync(descriptor, 0o666 & ~mask);
  } catch (error) {
    if (!NO_MODES.has(systemErrorCode(error) ?? '')) throw error;
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // The failed write is what the user must hear of.
  }
}

/** Gives a complete temporary file its final name and replaces what has that name; a link there is replaced, not followed. */
export async function placeOver(temporary: string, final: string, temporaryFiles: TemporaryFiles): Promise<void> {
  await rename(temporary, final);
  temporaryFiles.forget(temporary);
}

/**
 * Gives a complete temporary file its final name, or throws EEXIST when anything has that name, however late it came. The
 * file stays on the list of temporary files under its new name: the caller forgets it when all its files are placed.
 */
export async function placeNew(
  temporary: string,
  final: string,
  temporaryFiles: TemporaryFiles,
  makeLink: typeof link = link,
): Promise<void> {
  try {
    await makeLink(temporary, final);
  } catch (error) {
    if (!NO_HARD_LINKS.has(systemErrorCode(error) ?? '')) throw error;
    await copyFile(temporary, final, constants.COPYFILE_EXCL);
  }
  temporaryFiles.add(final);
  await unlink(temporary);
  temporaryFiles.forget(temporary);
}
