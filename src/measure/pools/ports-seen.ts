import { inRange, lastPort, WINDOWS_DEFAULT_RANGE, type PortRange } from '../../model/port.js';

/** So many distinct client ports that a range does not hold, and none that it does, and it is not in effect; fewer may be pinned. */
const PORTS_OUTSIDE_NEEDED = 3;
/** So many ports, all of them of the Windows default, show that a wider range is not in effect, provided that they span it: */
const PORTS_OF_DEFAULT_NEEDED = 2000;
/** A wide range that is handed out in order passes through the default too, and then stands somewhere in it. */
const SPAN_OF_DEFAULT = 0.98;

/**
 * Ranges that hosts are known to have where nobody captured theirs, smallest first: NT to 2003, and MaxUserPort at its lowest; some
 * Windows 10 and 11 (WSL issue 40984); Exchange 2010 and later; a MaxUserPort or netsh range at its widest.
 */
const OTHER_RANGES: readonly PortRange[] = [
  { start: 1025, count: 3976 },
  { start: 1024, count: 13_977 },
  { start: 6005, count: 59_530 },
  { start: 1024, count: 64_512 },
];

/** What the client ports in the tables say of a range that a file states, or that is assumed. */
export interface SeenPorts {
  readonly inside: number;
  readonly outside: number;
  /** Of those outside where there are any, else of all. */
  readonly lowest: number;
  readonly highest: number;
}

/** `ports`: client ports in order. Null where no table shows any. */
export function portsSeen(range: PortRange, ports: readonly number[]): SeenPorts | null {
  const outside = ports.filter((port) => !inRange(range, port));
  const told = outside.length > 0 ? outside : ports;
  const [lowest] = told;
  const highest = told.at(-1);
  if (lowest === undefined || highest === undefined) return null;
  return { inside: ports.length - outside.length, outside: outside.length, lowest, highest };
}

/** True where the ports show that this range is not the one they were handed out from. */
export function isContradicted(range: PortRange, ports: readonly number[]): boolean {
  const seen = portsSeen(range, ports);
  if (seen === null) return false;
  if (seen.outside >= PORTS_OUTSIDE_NEEDED && seen.inside === 0) return true;
  return isWider(range) && fillDefault(ports);
}

/** Ports of the Windows default beside those of the stated range: it was changed while connections were open. */
export function isMixed(range: PortRange, ports: readonly number[]): boolean {
  const isOther = (port: number): boolean => !inRange(range, port) && inRange(WINDOWS_DEFAULT_RANGE, port);
  const others = ports.filter(isOther).length;
  return others >= PORTS_OUTSIDE_NEEDED && ports.length - others >= PORTS_OUTSIDE_NEEDED;
}

/** What to assume where no range that the ports bear out is stated: the Windows default, else the smallest known that holds them all. */
export function assumedRange(ports: readonly number[]): PortRange {
  if (!isContradicted(WINDOWS_DEFAULT_RANGE, ports)) return WINDOWS_DEFAULT_RANGE;
  return OTHER_RANGES.find((range) => ports.every((port) => inRange(range, port))) ?? WINDOWS_DEFAULT_RANGE;
}

function isWider(range: PortRange): boolean {
  return range.start < WINDOWS_DEFAULT_RANGE.start && lastPort(range) > WINDOWS_DEFAULT_RANGE.start;
}

function fillDefault(ports: readonly number[]): boolean {
  const [lowest = 0] = ports;
  const highest = ports.at(-1) ?? 0;
  return (
    ports.length >= PORTS_OF_DEFAULT_NEEDED &&
    lowest >= WINDOWS_DEFAULT_RANGE.start &&
    highest - lowest >= WINDOWS_DEFAULT_RANGE.count * SPAN_OF_DEFAULT
  );
}
