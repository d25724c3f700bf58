// 7:  TCP    192.0.2.5:50101 …                 findstr /n
// C:\temp\ports.txt:7:  TCP    192.0.2.5 …      Select-String, findstr in several files
//    7    TCP    192.0.2.5:50101 …             an editor, cat -n
const NUMBERED = /^\s*(?:(?:[A-Za-z]:\\)?[^\s:|<>][^:|<>]*:)?\d{1,7}(:|\s)\s*(?:TCP|UDP)\s/;
const BLANK = 0x20;
const COLON = 0x3a;

export interface NumberedRow {
  readonly start: number;
  /** A search printed it: what did not match is not there. */
  readonly isFound: boolean;
}

/** Where a row of netstat begins behind the number of its line, and the name of its file; null where no such row is. */
export function numberedRow(text: string, bytes: Uint8Array, start: number, end: number): NumberedRow | null {
  const separator = NUMBERED.exec(text)?.[1];
  if (separator === undefined) return null;
  for (let at = start + 1; at + 3 < end; at++) {
    const before = bytes[at - 1];
    if (before !== COLON && before !== BLANK) continue;
    if (isProtocol(bytes, at)) return { start: at, isFound: separator === ':' };
  }
  return null;
}

function isProtocol(bytes: Uint8Array, at: number): boolean {
  const word = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
  return (word === 'TCP' || word === 'UDP') && (bytes[at + 3] ?? 0) <= BLANK;
}
