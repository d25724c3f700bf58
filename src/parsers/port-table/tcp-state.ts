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

/** The state a word names, in any case, with or without underscores, blanks and hyphens; null for a word nobody has seen. */
export function tcpState(word: string): TcpState | null {
  const upper = word.toUpperCase();
  return WORDS.get(upper.replace(/[_ -]/g, '')) ?? (ABHOEREN.test(upper) ? TcpState.Listen : null);
}
