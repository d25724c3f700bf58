import { UNKNOWN_HOST } from '../../model/report.js';
import { grouped } from '../../model/grouped.js';

/** What evidence without a name is booked on when nothing tells its host. */

/**
 * The hosts of a capture. A short name and its domain name are one host, shown by the short name, unless the same short name
 * appears in two domains; then each full name is a host of its own.
 */
export class HostNames {
  readonly #domains = new Map<string, Set<string>>();
  /** What paths were answered since a name was last added, and the names to look for in them. */
  readonly #byPath = new Map<string, string>();
  #sought: SoughtNames | null = null;

  addName(name: string): void {
    const { short, domain } = split(name);
    const domains = this.#domains.get(short) ?? new Set<string>();
    if (domain !== '') domains.add(domain);
    this.#domains.set(short, domains);
    this.#byPath.clear();
    this.#sought = null;
  }

  /** The name a host goes by in the report. */
  canonical(name: string): string {
    const { short, domain } = split(name);
    const domains = this.#domains.get(short);
    return domain !== '' && domains !== undefined && domains.size > 1 ? `${short}.${domain}` : short;
  }

  /** The hosts named anywhere, in alphabetical order. */
  all(): string[] {
    const names = [...this.#domains].flatMap(([short, domains]) =>
      domains.size > 1 ? [...domains].map((domain) => `${short}.${domain}`) : [short],
    );
    return names.sort();
  }

  /** The host of a file that names none: the only host, else the one whose name stands in the path, else `unknown`. */
  ofPath(path: string): string {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    this.#sought ??= soughtNames(this.all());
    const host = this.#sought.only ?? hostIn(path.toUpperCase(), this.#sought);
    this.#byPath.set(path, host);
    return host;
  }
}

/** Names of hosts by what stands for them in a path: capitals. */
interface SoughtNames {
  readonly only: string | null;
  readonly byCapitals: ReadonlyMap<string, readonly string[]>;
  /** Those that may be found only once another name has given way to a slash: with one in them, or with no letter or digit at an end. */
  readonly odd: readonly string[];
}

function soughtNames(hosts: readonly string[]): SoughtNames {
  const [only = null] = hosts;
  return {
    only: hosts.length === 1 ? only : null,
    byCapitals: grouped(hosts.map((host) => [host.toUpperCase(), host] as const)),
    odd: hosts.filter((host) => !/^[A-Z0-9](?:[^/]*[A-Z0-9])?$/.test(host.toUpperCase())),
  };
}

function hostIn(path: string, { byCapitals, odd }: SoughtNames): string {
  const hosts = new Set(odd);
  for (const text of wordsIn(path)) for (const host of byCapitals.get(text) ?? []) hosts.add(host);
  let rest = path;
  const named: string[] = [];
  // Longer names first: SQL-DR.txt names SQL-DR alone.
  for (const host of [...hosts].sort().sort((a, b) => b.length - a.length)) {
    const without = withoutName(rest, host.toUpperCase());
    if (without !== rest) named.push(host);
    rest = without;
  }
  return named.length === 1 && named[0] !== undefined ? named[0] : UNKNOWN_HOST;
}

/** Every part of a text that stands by itself: between two places where no letter or digit precedes or follows. */
function* wordsIn(text: string): Generator<string> {
  const places = Array.from({ length: text.length + 1 }, (_, at) => at);
  const ends = places.filter((at) => !isNameCharacter(text[at]));
  for (const from of places.filter((at) => !isNameCharacter(text[at - 1]))) {
    for (const to of ends) if (to > from) yield text.slice(from, to);
  }
}

function split(name: string): { short: string; domain: string } {
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
