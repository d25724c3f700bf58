/** `10.1.7.31:1433`, `[fd00::90]:6379`; a port of -1 (a name or `*`) is printed as `*`. */
export function formatEndpoint(address: string, port: number): string {
  const shownPort = port < 0 ? '*' : String(port);
  return address.includes(':') ? `[${address}]:${shownPort}` : `${address}:${shownPort}`;
}

export const ADDRESS_FAMILIES = ['ipv4', 'ipv6'] as const;
export type AddressFamily = (typeof ADDRESS_FAMILIES)[number];

/** The family of a numeric address or wildcard; a name counts as IPv4. `::ffff:10.0.0.1` is IPv6 as Windows lists it. */
export function addressFamily(address: string): AddressFamily {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

/** True for the addresses that never leave the host: 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** True for the wildcard address in the spellings Windows prints: `0.0.0.0`, `::`, `*`. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '*';
}

/**
 * One spelling of an address to compare by: `2001:DB8:0:0:0:0:0:5` (Sysmon) and `2001:db8::5` (netstat) are equal, an IPv4 address
 * in IPv6 form is the IPv4 address. Anything else stays as it is.
 */
export function comparableAddress(address: string): string {
  if (!address.includes(':')) return address;
  const bare = (address.split('%', 1)[0] ?? '').toLowerCase();
  const mapped = /^(?:::|(?:0+:){5})ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(8 - left.length - right.length, 0) }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right]
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
