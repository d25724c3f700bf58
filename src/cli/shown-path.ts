import type { PlatformPath } from 'node:path';

/** A file of evidence by where it was found: the path named on the command line and, for a folder, the way down from it. */
export interface FoundPath {
  /** As typed, or made absolute by the caller: `C:\evidence\night 2`. */
  readonly named: string;
  /** Folder and file names below `named`, empty when `named` is the file itself. */
  readonly below: readonly string[];
}

/**
 * The names a report shows, one for each path in the same order, with forward slashes on every system: below the folder that was
 * named, with that folder's name in front where several were; the name of a file that was named itself. Names that would be equal
 * grow by the folders above until they differ; a number tells apart what even its whole path does not.
 */
export function shownPaths(found: readonly FoundPath[], path: PlatformPath): string[] {
  const folders = new Set(found.filter(({ below }) => below.length > 0).map(({ named }) => named));
  const names = found.map(({ named, below }): GrowingName => {
    const above = foldersOf(named, path);
    if (below.length === 0) return { above: above.slice(0, -1), shown: [above.at(-1) ?? NAMELESS] };
    return folders.size === 1
      ? { above, shown: below }
      : { above: above.slice(0, -1), shown: [above.at(-1) ?? NAMELESS, ...below] };
  });
  return numbered(apart(names).map(({ shown }) => shown.join('/')));
}

/** For `.`, `..` or a root nothing better than a word exists. */
const NAMELESS = 'evidence';

interface GrowingName {
  /** Folders that are not shown, the nearest last. */
  readonly above: readonly string[];
  readonly shown: readonly string[];
}

function apart(names: readonly GrowingName[]): readonly GrowingName[] {
  const times = new Map<string, number>();
  for (const { shown } of names) times.set(shown.join('/'), (times.get(shown.join('/')) ?? 0) + 1);
  const isToGrow = ({ above, shown }: GrowingName): boolean =>
    above.length > 0 && (times.get(shown.join('/')) ?? 0) > 1;
  if (!names.some(isToGrow)) return names;
  return apart(names.map((name) => (isToGrow(name) ? grown(name) : name)));
}

function grown({ above, shown }: GrowingName): GrowingName {
  return { above: above.slice(0, -1), shown: [...above.slice(-1), ...shown] };
}

function numbered(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let candidate = name;
    for (let copy = 2; used.has(candidate); copy += 1) candidate = `${name} (${String(copy)})`;
    used.add(candidate);
    return candidate;
  });
}

/** The names of a path without its root, `.` and `..` left out. */
function foldersOf(named: string, path: PlatformPath): string[] {
  const whole = path.normalize(named);
  const names = whole.slice(path.parse(whole).root.length).split(path.sep);
  return names.filter((name) => name !== '' && name !== '.' && name !== '..');
}
