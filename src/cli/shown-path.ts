import type { PlatformPath } from 'node:path';

/** A file of evidence by where it was found: the path named on the command line and, for a folder, the way down from it. */
export interface FoundPath {
  /** As typed, or made absolute by the caller: `C:\evidence\night 2`. */
  readonly named: string;
  /** Folder and file names below `named`, empty when `named` is the file itself. */
  readonly below: readonly string[];
}

/**
 * The names a report shows, one for each path in the same order: relative to what was named, with forward slashes on every
 * system. When two would be equal, or several folders were named, the named folder goes in front; as a last resort a number.
 */
export function shownPaths(found: readonly FoundPath[], path: PlatformPath): string[] {
  const folders = new Set(found.filter(({ below }) => below.length > 0).map(({ named }) => named));
  const short = found.map(({ named, below }) => {
    const last = baseName(named, path);
    if (below.length === 0) return last;
    return folders.size === 1 ? below.join('/') : [last, ...below].join('/');
  });
  const times = new Map<string, number>();
  for (const name of short) times.set(name, (times.get(name) ?? 0) + 1);
  const long = found.map(({ named, below }, index) => {
    const name = short[index] ?? '';
    return times.get(name) === 1 ? name : [...tail(named, path), ...below].join('/');
  });
  const used = new Set<string>();
  return long.map((name) => {
    let candidate = name;
    for (let copy = 2; used.has(candidate); copy += 1) candidate = `${name} (${String(copy)})`;
    used.add(candidate);
    return candidate;
  });
}

/** The last name of a path; for `.`, `..` or a root nothing better than a word exists. */
function baseName(named: string, path: PlatformPath): string {
  return path.basename(path.normalize(named)).replace(/^\.{0,2}$/, 'evidence');
}

/** The last two names: enough to tell `night1/netstat.txt` from `night2/netstat.txt` without showing whose disk it was. */
function tail(named: string, path: PlatformPath): string[] {
  const { root } = path.parse(named);
  const names = named.slice(root.length).split(path.sep === '\\' ? /[\\/]/ : '/');
  return names.filter((name) => name !== '' && name !== '.' && name !== '..').slice(-2);
}
