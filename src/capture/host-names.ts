/** What evidence without a name is booked on when nothing tells its host. */
export const UNKNOWN_HOST = 'unknown';

/**
 * The hosts of a capture. A short name and its domain name are one host, shown by the short name, unless the same short name
 * appears in two domains; then each full name is a host of its own.
 */
export class HostNames {
  readonly #domains = new Map<string, Set<string>>();

  add(name: string): void {
    const { short, domain } = split(name);
    const domains = this.#domains.get(short) ?? new Set<string>();
    if (domain !== '') domains.add(domain);
    this.#domains.set(short, domains);
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
    const hosts = this.all();
    const [only] = hosts;
    if (only !== undefined && hosts.length === 1) return only;
    const upper = path.toUpperCase();
    const named = hosts.filter((host) => standsIn(upper, host.toUpperCase()));
    return named.length === 1 && named[0] !== undefined ? named[0] : UNKNOWN_HOST;
  }
}

function split(name: string): { short: string; domain: string } {
  const dot = name.indexOf('.');
  const isAddress = /^[\d.]+$/.test(name);
  if (dot <= 0 || isAddress) return { short: name.toUpperCase(), domain: '' };
  return { short: name.slice(0, dot).toUpperCase(), domain: name.slice(dot + 1).toLowerCase() };
}

/** True where the name stands by itself: `APP1` is not in `APP10.txt`. */
function standsIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isNameCharacter(text[at - 1]) && !isNameCharacter(text[at + name.length])) return true;
  }
  return false;
}

function isNameCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Z0-9]/.test(character);
}
