import { TcpState } from '../../model/connection.js';

// netstat:                LISTENING  SYN_SENT  FIN_WAIT_2  (English in every language seen but German)
// Get-NetTCPConnection:   Listen     SynSent   FinWait2
const WORDS: ReadonlyMap<string, TcpState> = new Map<string, TcpState>([
  ['CLOSED', TcpState.Closed],
  ['LISTEN', TcpState.Listen],
  ['LISTENING', TcpState.Listen],
  ['SYNSENT', TcpState.SynSent],
  ['SYNRECEIVED', TcpState.SynReceived],
  ['SYNRCVD', TcpState.SynReceived],
  ['ESTABLISHED', TcpState.Established],
  // Velociraptor.
  ['ESTAB', TcpState.Established],
  ['FINWAIT1', TcpState.FinWait1],
  ['FINWAIT2', TcpState.FinWait2],
  ['CLOSEWAIT', TcpState.CloseWait],
  ['CLOSING', TcpState.Closing],
  ['LASTACK', TcpState.LastAck],
  ['TIMEWAIT', TcpState.TimeWait],
  ['DELETETCB', TcpState.DeleteTcb],
  ['BOUND', TcpState.Bound],
  ['HERGESTELLT', TcpState.Established],
  ['WARTEND', TcpState.TimeWait],
  ['SCHLIESSENWARTEN', TcpState.CloseWait],
  ['SCHLIESSEND', TcpState.Closing],
  ['SYNGESENDET', TcpState.SynSent],
  ['SYNEMPFANGEN', TcpState.SynReceived],
  ['FINWARTEN2', TcpState.FinWait2],
  // By analogy with FIN_WARTEN_2.
  ['FINWARTEN1', TcpState.FinWait1],
]);

// The one state word that is not ASCII. Its Ö arrives as one byte of some code page or as one to three wrong characters.
const ABHOEREN = /^ABH.{1,3}REN$/u;

/** What PowerShell sets in place of what a column has no room for: `Esta...`, and since PowerShell 7 `Establis…`. */
const CUT_MARKS = ['...', '\u2026'];

/** True of a value whose end a window cut. */
export function isCut(text: string): boolean {
  return CUT_MARKS.some((mark) => text.endsWith(mark));
}

/** The state that a cut word begins, where all words that begin so name the same; else null. */
export function stateBegunBy(cutWord: string): TcpState | null {
  const beginning = cutWord.replace(/[.\u2026]+$/, '').toUpperCase();
  if (beginning === '') return null;
  const states = new Set([...WORDS].flatMap(([word, state]) => (word.startsWith(beginning) ? [state] : [])));
  const [state = null] = states;
  return states.size === 1 ? state : null;
}

/** The state a word names, in any case, with or without underscores, blanks and hyphens; null for a word nobody has seen. */
export function tcpState(word: string): TcpState | null {
  const upper = word.toUpperCase();
  return WORDS.get(upper.replace(/[_ -]/g, '')) ?? (ABHOEREN.test(upper) ? TcpState.Listen : null);
}
