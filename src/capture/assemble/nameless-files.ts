import { UNKNOWN_HOST } from '../../model/report.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { hostInFolderName } from './folder-name.js';
import { namesIn } from './host-identity.js';
import type { HostNames } from './host-names.js';

/** By what evidence that names no host was given one: other evidence beside it, the folder that was named, `--host`, nothing. */
export type NameBasis = 'own-file' | 'path' | 'only-host' | 'folder' | 'given-folder' | 'option' | 'nothing';

interface Belonging {
  readonly host: string;
  readonly basis: NameBasis;
}

/** The hosts that files of a folder name, and all files below it: the first two, more say nothing more. */
interface Neighbours {
  readonly inIt: Set<string>;
  readonly below: Set<string>;
}

/** Says whose a file is that names no host, or a part of one that names none. */
export class NamelessFiles {
  readonly #names: HostNames;
  readonly #isAnyNamed: boolean;
  readonly #folders = new Map<string, Neighbours>();
  readonly #known = new Map<FileSurvey, Belonging>();
  /** What `--host` calls the host where nothing in the evidence has a name for it. */
  readonly #given: string | null;

  constructor(files: readonly FileSurvey[], names: HostNames, givenHost: string | null) {
    this.#names = names;
    this.#isAnyNamed = names.all().length > 0;
    for (const file of files) this.#noteNeighbour(file);
    const assumed = new Set(files.flatMap((file) => hostInFolderName(file.file.folder ?? '') ?? []));
    const isOneOfThem = givenHost !== null && assumed.has(names.canonical(givenHost));
    this.#given = givenHost === null || isOneOfThem || assumed.size > 1 ? null : names.canonical(givenHost);
  }

  belonging(file: FileSurvey): Belonging {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const found = this.#find(file);
    this.#known.set(file, found);
    return found;
  }

  #find(file: FileSurvey): Belonging {
    const [own, ...others] = this.#hostsOf(file);
    if (own !== undefined && others.length === 0) return { host: own, basis: 'own-file' };
    const { path, folder } = file.file;
    const host = this.#names.ofPath(path);
    if (host !== UNKNOWN_HOST) return { host, basis: this.#names.inPath(path) === host ? 'path' : 'only-host' };
    if (!this.#isAnyNamed) return this.#assumed(folder ?? '');
    const neighbour = this.#neighbour(path);
    return neighbour === null ? { host, basis: 'nothing' } : { host: neighbour, basis: 'folder' };
  }

  /** Nothing in the evidence names a host: who asks for the report knows it, or has called the folder so. */
  #assumed(folder: string): Belonging {
    if (this.#given !== null) return { host: this.#given, basis: 'option' };
    const host = hostInFolderName(folder);
    return host === null ? { host: UNKNOWN_HOST, basis: 'nothing' } : { host, basis: 'given-folder' };
  }

  /** The only host that the nearest folder names which names any; a folder of several has its own where nothing else lies in it. */
  #neighbour(path: string): string | null {
    const folders = foldersAbove(path);
    for (const folder of folders) {
      const { inIt, below } = this.#folders.get(folder) ?? { inIt: [], below: [] };
      const [nearest, ...others] = [...below];
      if (nearest === undefined) continue;
      if (others.length === 0) return nearest;
      const [beside, ...further] = [...inIt];
      return folder === folders[0] && further.length === 0 ? (beside ?? null) : null;
    }
    return null;
  }

  #noteNeighbour(file: FileSurvey): void {
    const named = this.#hostsOf(file);
    const inPath = named.length === 0 ? this.#names.inPath(file.file.path) : null;
    const hosts = (inPath === null ? named : [inPath]).slice(0, 2);
    foldersAbove(file.file.path).forEach((folder, index) => {
      const neighbours = this.#folders.get(folder) ?? { inIt: new Set(), below: new Set() };
      for (const host of hosts) {
        if (neighbours.below.size < 2) neighbours.below.add(host);
        if (index === 0 && neighbours.inIt.size < 2) neighbours.inIt.add(host);
      }
      this.#folders.set(folder, neighbours);
    });
  }

  #hostsOf(file: FileSurvey): string[] {
    const hosts = new Set(Array.from(namesIn(file), (name) => this.#names.canonical(name)));
    return [...hosts].filter((host) => !this.#names.isSetAside(host));
  }
}

/** The folders that a path lies in, the nearest first, down to the one that was named. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, index) => parts.slice(0, parts.length - index).join('/'));
}
