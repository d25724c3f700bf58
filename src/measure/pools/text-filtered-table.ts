import type { ConnectionTable } from '../../model/connection-table.js';

/**
 * True for a table that was filtered by a PID, a port or an address (`netstat -ano | findstr 7200`): rows of several states, and one
 * number stands in all of them, be it by chance as a part of another. Rows of one state alone are what a filter by state leaves,
 * whoever they belong to.
 */
export function isFilteredByText(rows: ConnectionTable): boolean {
  if (!hasSeveralStates(rows)) return false;
  const [first = [], ...others] = sampleOf(rows);
  // A socket that listens or waits has a zero everywhere; a single digit stands in every row by chance.
  const common = first.filter(
    (text) => text.length >= 2 && others.every((row) => row.some((part) => part.includes(text))),
  );
  return common.some((text) => everyRowHas(rows, text));
}

function hasSeveralStates(rows: ConnectionTable): boolean {
  let first: number | null = null;
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 1) continue;
    const state = rows.state[index] ?? 0;
    if (first !== null && state !== first) return true;
    first = state;
  }
  return false;
}

/** Enough rows to drop nearly every candidate before all of them are gone through. */
const SAMPLE_ROWS = 20;

function sampleOf(rows: ConnectionTable): string[][] {
  const sample: string[][] = [];
  for (let index = 0; index < rows.length && sample.length < SAMPLE_ROWS; index += 1) {
    if (rows.udp[index] === 0) sample.push(partsOf(rows, index));
  }
  return sample;
}

function everyRowHas(rows: ConnectionTable, text: string): boolean {
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 0 && !partsOf(rows, index).some((part) => part.includes(text))) return false;
  }
  return true;
}

/** What a row can be filtered by: its PID, its ports, the far address. Its own address stands in nearly every row of any table. */
function partsOf(rows: ConnectionTable, index: number): string[] {
  return [
    String(rows.pid[index] ?? 0),
    String(rows.localPort[index] ?? 0),
    String(rows.remotePort[index] ?? 0),
    rows.addresses.valueOf(rows.remoteAddress[index] ?? 0),
  ];
}
