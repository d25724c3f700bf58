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
