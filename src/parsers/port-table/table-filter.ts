import { TcpState } from '../../model/connection.js';
import { tcpState } from './tcp-state.js';

// netstat -ano | findstr "ESTABLISHED TIME_WAIT"          netstat -an | find /v "LISTENING"
// netstat -ano | Select-String 'TIME_WAIT|CLOSE_WAIT'      Get-NetTCPConnection -State TimeWait
// Get-NetTCPConnection | ? { $_.State -eq 'TimeWait' }     netstat -ano | findstr TCP   (takes no TCP row away)

/** What a row of each state is sure to hold: the protocol, and the word of its state in English or in German. */
const WORDS: ReadonlyMap<TcpState, readonly string[]> = new Map<TcpState, readonly string[]>([
  [TcpState.None, []],
  [TcpState.Listen, ['LISTENING', 'ABHÖREN']],
  [TcpState.SynSent, ['SYN_SENT', 'SYN_GESENDET']],
  [TcpState.SynReceived, ['SYN_RECEIVED', 'SYN_RCVD', 'SYN_EMPFANGEN']],
  [TcpState.Established, ['ESTABLISHED', 'HERGESTELLT']],
  [TcpState.FinWait1, ['FIN_WAIT_1', 'FIN_WARTEN_1']],
  [TcpState.FinWait2, ['FIN_WAIT_2', 'FIN_WARTEN_2']],
  [TcpState.CloseWait, ['CLOSE_WAIT', 'SCHLIESSEN_WARTEN']],
  [TcpState.Closing, ['CLOSING', 'SCHLIESSEND']],
  [TcpState.LastAck, ['LAST_ACK']],
  [TcpState.TimeWait, ['TIME_WAIT', 'WARTEND']],
  [TcpState.Bound, ['BOUND']],
]);

/** A shorter text may stand in the name of a host or a service too. */
const SHORTEST_STATE_WORD = 5;

const NOTHING: readonly TcpState[] = [];

/**
 * The states of which a command line lets every row of a port table through, `None` for UDP: those that each of its filters keeps.
 * Null for one that filters nothing, as far as it can be read.
 */
export function keptStates(commandLine: string): readonly TcpState[] | null {
  const [command = '', ...stages] = pipeline(commandLine);
  const kept = [command, ...stages].flatMap((stage, index) => {
    const states = index === 0 ? keptByCommand(stage) : keptByStage(stage);
    return states === null ? [] : [states];
  });
  const [first, ...others] = kept;
  return first === undefined ? null : first.filter((state) => others.every((states) => states.includes(state)));
}

/** Parts of a command line between `|`, but for those that are quoted. */
function pipeline(commandLine: string): string[] {
  return (commandLine.match(/(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^|"'{])+/g) ?? []).map((part) => part.trim());
}

function keptByCommand(command: string): readonly TcpState[] | null {
  if (/(?:-Filter|-Query)\b/i.test(command)) return NOTHING;
  if (!/\bGet-NetTCPConnection\b/i.test(command)) return null;
  if (/\s-(?:Local|Remote|Owning|Applied|Offload|Creation)\w*/i.test(command)) return NOTHING;
  const states = /\s-State\s+([\w\s,'"]+)/i.exec(command)?.[1];
  return states === undefined ? null : namedStates(states.split(/\s+-/)[0] ?? '');
}

function keptByStage(stage: string): readonly TcpState[] | null {
  const [, tool = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(stage) ?? [];
  switch (tool.toLowerCase().replace(/\.exe$/, '')) {
    case 'findstr':
      return keptByText(literal(rest, /\/c:/i) ?? rest, { inverted: /(?:^|\s)[/-]v/i.test(rest), words: true });
    case 'find':
      return keptByText(rest, { inverted: /(?:^|\s)\/v/i.test(rest), words: false });
    case 'select-string':
    case 'sls':
    case 'grep':
      return keptByText(rest, { inverted: /(?:^|\s)-(?:notmatch|v)\b/i.test(rest), words: false });
    case 'where-object':
    case 'where':
    case '?':
      return keptByCondition(rest);
    case 'select-object':
    case 'select':
      return /\s?-(?:First|Last|Skip)\b/i.test(rest) ? NOTHING : null;
    default:
      return null;
  }
}

/** The text of `/c:"two words"`, which is one search and not two. */
function literal(rest: string, option: RegExp): string | null {
  return option.test(rest) ? (/\/c:("[^"]*"|\S+)/i.exec(rest)?.[1] ?? '') : null;
}

function keptByCondition(condition: string): readonly TcpState[] | null {
  const state = /^\{?\s*(?:\$_\.)?State\s+-(?:eq|in|match)\s+([^};]+?)\s*\}?$/i.exec(condition)?.[1];
  if (state === undefined || /\s-(?:and|or)\s/i.test(state)) return NOTHING;
  return namedStates(state);
}

function namedStates(text: string): TcpState[] {
  return (text.match(/\w+/g) ?? []).flatMap((word) => tcpState(word) ?? []);
}

/** `words`: blanks set several searches apart, as findstr has it; a vertical bar does in a pattern. */
function keptByText(rest: string, { inverted, words }: { inverted: boolean; words: boolean }): readonly TcpState[] {
  const quoted = rest.match(/"[^"]*"|'[^']*'/g)?.map((text) => text.slice(1, -1));
  const bare = rest.split(/\s+/).filter((word) => word !== '' && !/^[/-]/.test(word));
  const texts = (quoted ?? bare).flatMap((text) => text.split(words ? /\s+/ : '|')).map((text) => text.trim());
  const sought = texts.filter((text) => text !== '').map((text) => text.toUpperCase());
  if (sought.length === 0 || sought.some((text) => /[\\^$*+?()[\]{}]/.test(text))) return NOTHING;
  const keeps = (state: TcpState): boolean =>
    inverted ? sought.every((text) => cannotHold(state, text)) : sought.some((text) => mustHold(state, text));
  return [...WORDS.keys()].filter(keeps);
}

function mustHold(state: TcpState, text: string): boolean {
  return surelyIn(state).some((word) => word.includes(text));
}

/** A word of other states stands in no row of this one. */
function cannotHold(state: TcpState, text: string): boolean {
  const isStateWord = [...WORDS.values()].some((words) => words.some((word) => word.includes(text)));
  return text.length >= SHORTEST_STATE_WORD && isStateWord && !mustHold(state, text);
}

function surelyIn(state: TcpState): readonly string[] {
  return [state === TcpState.None ? 'UDP' : 'TCP', ...(WORDS.get(state) ?? [])];
}
