import type { BigIntStats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Device and file number: equal for every name of one file. Null where the file system numbers no files. */
export function identityOf({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string | null {
  return ino === 0n ? null : `${String(dev)}:${String(ino)}`;
}

/**
 * What is equal for every path that leads to one file, through links too. One that was there for its `stats` and has gone since is
 * known by its path: whoever reads it will say so.
 */
export async function fileIdentity(at: string, stats?: BigIntStats): Promise<string> {
  if (stats === undefined) return identityOf(await stat(at, { bigint: true })) ?? (await realpath(at));
  return identityOf(stats) ?? (await realpath(at).catch(() => at));
}

/** Where a name really stands: links in the folders above it are followed, the name itself is not. Need not exist. */
export async function entryPath(absolute: string): Promise<string> {
  const entry = await lstat(absolute).catch(() => null);
  // The system knows a name's true case.
  if (entry !== null && !entry.isSymbolicLink()) return realpath(absolute).catch(() => absolute);
  const folder = path.dirname(absolute);
  return path.join(await realpath(folder).catch(() => folder), path.basename(absolute));
}
