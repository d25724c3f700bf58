/** A TCP or UDP port, 0 to 65535. */
export type Port = number & { readonly __brand: 'Port' };

export const MAX_PORT = 65_535;

/** True for an integer from 0 to 65535. */
export function isPort(value: number): value is Port {
  return Number.isInteger(value) && value >= 0 && value <= MAX_PORT;
}

/** A block of consecutive ports, written `start:count` as netsh counts them. */
export interface PortRange {
  readonly start: number;
  readonly count: number;
}

/** Vista and later: 49152 to 65535. Source: Microsoft, "Default dynamic port range for TCP/IP has changed". */
export const WINDOWS_DEFAULT_RANGE: PortRange = { start: 49_152, count: 16_384 };

/** netsh refuses fewer ports and a lower start than 1025; 1024 is what it prints on many hosts, with the 13977 that tweaks set. */
export const LOWEST_DYNAMIC_START = 1024;
/** Source: netsh int ipv4 set dynamicport, "The minimum range of ports that can be set is 255". */
export const FEWEST_DYNAMIC_PORTS = 255;

/** False for two numbers that no Windows has as its dynamic range. */
export function isDynamicRange({ start, count }: PortRange): boolean {
  return start >= LOWEST_DYNAMIC_START && count >= FEWEST_DYNAMIC_PORTS && lastPort({ start, count }) <= MAX_PORT;
}

/** Linux hands out 32768 to 60999 (ip_local_port_range): from there on a far port may be a client's, and the near one a server's. */
export const SERVICE_PORTS_BELOW = 32_768;

/** The last port of a range. Number of Ports is a count, not an end: last = start + count - 1. */
export function lastPort(range: PortRange): number {
  return range.start + range.count - 1;
}

export function isSameRange(a: PortRange, b: PortRange): boolean {
  return a.start === b.start && a.count === b.count;
}

export function inRange(range: PortRange, port: number): boolean {
  return port >= range.start && port < range.start + range.count;
}

/** `49152–65535`, the way people speak of a range. */
export function formatRange(range: PortRange): string {
  return `${String(range.start)}–${String(lastPort(range))}`;
}
