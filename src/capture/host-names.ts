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
    let rest = path.toUpperCase();
    const named: string[] = [];
    // Longer names first: SQL-DR.txt names SQL-DR alone.
    for (const host of hosts.sort((a, b) => b.length - a.length)) {
      const without = withoutName(rest, host.toUpperCase());
      if (without !== rest) named.push(host);
      rest = without;
    }
    return named.length === 1 && named[0] !== undefined ? named[0] : UNKNOWN_HOST;
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
