import { UNKNOWN_HOST } from '../../model/report.js';
import { grouped } from '../../model/grouped.js';

/**
 * The hosts of a capture. A short name and its domain name are one host, shown by the short name, unless the same short name
 * appears in two domains at the same time; then each full name is a host of its own. Other names of one machine are joined.
 */
export class HostNames {
  readonly #domains = new Map<string, Set<string>>();
  /** Short names of machines that were moved from one domain to another. */
  readonly #moved = new Set<string>();
  /** Names by the one that the same machine goes by. */
  readonly #joined = new Map<string, string>();
  /** Names that no host of the report has. */
  readonly #setAside = new Set<string>();
  /** What paths were answered since a name was last added, and the names to look for in them. */
  readonly #byPath = new Map<string, string | null>();
  #sought: SoughtNames | null = null;

  addName(name: string): void {
    const { short, domain } = splitName(name);
    const domains = this.#domains.get(short) ?? new Set<string>();
    if (domain !== '') domains.add(domain);
    this.#domains.set(short, domains);
    this.#forget();
  }

  /** The domains of one short name followed one another: it is one host in all of them. */
  joinDomains(short: string): void {
    this.#moved.add(short);
    this.#forget();
  }

  /** The machine of one name goes by another. */
  joinNames(name: string, host: string): void {
    if (!this.#joined.has(name) && this.canonical(host) !== name) this.#joined.set(name, host);
    this.#forget();
  }

  /** What stands under the name is no host of its own, and no path or folder is its. */
  setAside(name: string): void {
    this.#setAside.add(name);
    this.#forget();
  }

  isSetAside(host: string): boolean {
    return this.#setAside.has(host);
  }

  /** The name a host goes by in the report. */
  canonical(name: string): string {
    const { short, domain } = splitName(name);
    const told = domain !== '' && this.#isInSeveralDomains(short) ? `${short}.${domain}` : short;
    const joined = this.#joined.get(told);
    return joined === undefined ? told : this.canonical(joined);
  }

  /** The hosts named anywhere, in alphabetical order. */
  all(): string[] {
    return this.#told()
      .filter((name) => !this.#joined.has(name) && !this.#setAside.has(name))
      .sort();
  }

  /** The host of a file that names none: the only host, else the one whose name stands in the path, else `unknown`. */
  ofPath(path: string): string {
    return this.#names().only ?? this.inPath(path) ?? UNKNOWN_HOST;
  }

  /** The one host whose name stands in the path, as it is or as it was once; null where none or several do. */
  inPath(path: string): string | null {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const named = new Set(namesIn(path.toUpperCase(), this.#names()).map((name) => this.canonical(name)));
    const [only] = named;
    const host = named.size === 1 && only !== undefined ? only : null;
    this.#byPath.set(path, host);
    return host;
  }

  #names(): SoughtNames {
    this.#sought ??= soughtNames(this.all(), [...this.#joined.keys()]);
    return this.#sought;
  }

  #told(): string[] {
    return [...this.#domains].flatMap(([short, domains]) =>
      this.#isInSeveralDomains(short) ? [...domains].map((domain) => `${short}.${domain}`) : [short],
    );
  }

  #isInSeveralDomains(short: string): boolean {
    return (this.#domains.get(short)?.size ?? 0) > 1 && !this.#moved.has(short);
  }

  #forget(): void {
    this.#byPath.clear();
    this.#sought = null;
  }
}

/** Names of hosts by what stands for them in a path: capitals. */
interface SoughtNames {
  readonly only: string | null;
  readonly byCapitals: ReadonlyMap<string, readonly string[]>;
  /** Those that may be found only once another name has given way to a slash: with one in them, or with no letter or digit at an end. */
  readonly odd: readonly string[];
}

function soughtNames(hosts: readonly string[], others: readonly string[]): SoughtNames {
  const [only = null] = hosts;
  const names = [...hosts, ...others];
  return {
    only: hosts.length === 1 ? only : null,
    byCapitals: grouped(names.map((name) => [name.toUpperCase(), name] as const)),
    odd: names.filter((name) => !/^[A-Z0-9](?:[^/]*[A-Z0-9])?$/.test(name.toUpperCase())),
  };
}

function namesIn(path: string, { byCapitals, odd }: SoughtNames): string[] {
  const names = new Set(odd);
  for (const text of wordsIn(path)) for (const name of byCapitals.get(text) ?? []) names.add(name);
  let rest = path;
  const found: string[] = [];
  // Longer names first: SQL-DR.txt names SQL-DR alone.
  for (const name of [...names].sort().sort((a, b) => b.length - a.length)) {
    const without = withoutName(rest, name.toUpperCase());
    if (without !== rest) found.push(name);
    rest = without;
  }
  return found;
}

/** Every part of a text that stands by itself: between two places where no letter or digit precedes or follows. */
function* wordsIn(text: string): Generator<string> {
  const places = Array.from({ length: text.length + 1 }, (_, at) => at);
  const ends = places.filter((at) => !isNameCharacter(text[at]));
  for (const from of places.filter((at) => !isNameCharacter(text[at - 1]))) {
    for (const to of ends) if (to > from) yield text.slice(from, to);
  }
}

/** The two parts of a host's name: the short one in capitals, the domain in small letters, empty where there is none. */
export function splitName(name: string): { short: string; domain: string } {
  const dot = name.indexOf('.');
  const isAddress = /^[\d.]+$/.test(name);
  if (dot <= 0 || isAddress) return { short: name.toUpperCase(), domain: '' };
  return { short: name.slice(0, dot).toUpperCase(), domain: name.slice(dot + 1).toLowerCase() };
}

/** The text with `/` for the name wherever it stands by itself: `APP1` is not in `APP10.txt`. */
function withoutName(text: string, name: string): string {
  let result = text;
  for (let at = result.indexOf(name); at >= 0; at = result.indexOf(name, at + 1)) {
    if (isNameCharacter(result[at - 1]) || isNameCharacter(result[at + name.length])) continue;
    result = `${result.slice(0, at)}/${result.slice(at + name.length)}`;
  }
  return result;
}

function isNameCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Z0-9]/.test(character);
}
