import type { Estimate } from '../../model/estimate.js';
import { counted, duration, interval, lapseOf, listed, number, share } from './figures.js';

/** `10 min 30 s`: exact, where a difference to a delay of minutes matters. */
function lapse(seconds: number): string {
  if (seconds >= 7200) return duration(seconds);
  const rest = seconds % 60;
  const minutes = Math.floor(seconds / 60);
  return [minutes > 0 ? `${String(minutes)} min` : '', rest > 0 || minutes === 0 ? `${String(rest)} s` : '']
    .filter((part) => part !== '')
    .join(' ');
}

const UDP_RANGE = {
  change: 'UDP ran out, and nothing that was captured shows a leak: a larger range carries more.',
  'not-asked': 'The UDP range is a range of its own; nothing here asks for a change.',
  no: 'Leave it: a wider UDP range only postpones the end.',
  yes: 'Leave it: it cannot be made wider.',
  'cannot-tell': 'Leave it until it is known who holds the UDP ports.',
} as const;

/** What the present range is known from. */
const RANGE_BASIS = {
  captured: '',
  default: ' The Windows default is assumed; the range was not captured.',
  'other-family': ' That this family has the same range as the other one is assumed; the list names no family.',
} as const;
type RangeBasis = keyof typeof RANGE_BASIS;

/** Seconds; shorter delays are legal since Windows Server 2012 R2, but not what Microsoft documents as safe practice. */
const SHORTEST_RECOMMENDED = 30;

/** Reasons and arithmetic. */
export const adviceWords = {
  'advice.leave.not-needed': () => 'Leave it: nothing that was captured shows the pool near its limit.',
  'advice.delay.no-help': (p: { mechanism: string }) => {
    switch (p.mechanism) {
      case 'stuck-time-wait':
        return 'Leave it: on this host TIME_WAIT does not expire, whatever the delay.';
      case 'endpoint-collision':
        return 'Leave it: a shorter delay would only shorten the time in which the same source port collides.';
      case 'udp-exhaustion':
        return 'Leave it: UDP has no TIME_WAIT.';
      case 'established-leak':
      case 'connection-saturation':
        return 'Leave it: live connections hold the ports, and no delay touches those.';
      default:
        return 'Leave it: the ports are not held by TIME_WAIT, so the delay frees none of them.';
    }
  },
  'advice.leave.at-the-limits': (p: { effective: Estimate }) =>
    (p.effective.high ?? Infinity) <= SHORTEST_RECOMMENDED
      ? 'Leave it: it is already as short as can be recommended, and does not carry the load.'
      : `Leave it: TIME_WAIT lasts ${interval(p.effective)} s here, as far as can be told, so ${String(SHORTEST_RECOMMENDED)} s, the shortest delay that can be recommended, may be no shorter.`,
  'advice.leave.already-enough': () => 'Leave it: the range as it is carries the demand seen.',
  'advice.delay.range-is-enough': () =>
    'Leave it: the wider range alone carries the demand, takes effect at once, and keeps the protection TIME_WAIT gives.',
  'advice.delay.cannot-tell': (p: { timeWait: number | null; usable: number; mayLack?: boolean }) =>
    p.timeWait === null
      ? 'Leave it: nothing captured shows that TIME_WAIT held the ports.'
      : p.mayLack === true
        ? `Leave it: ${p.timeWait === 0 ? 'no port' : counted(p.timeWait, 'port')} in TIME_WAIT ${p.timeWait < 2 ? 'is' : 'are'} in the table captured, which may leave out others, so it neither supports nor excludes a shorter delay.`
        : `Leave it: only ${number(p.timeWait)} of ${number(p.usable)} ports were in TIME_WAIT, so a shorter delay could free no more than those.`,
  'advice.delay.too-late': (p: { timeWait: number; secondsAfter: number; lasts: Estimate; assumed: boolean }) =>
    `Leave it: the ${counted(p.timeWait, 'port')} in TIME_WAIT were listed ${lapse(p.secondsAfter)} after the last event, later than TIME_WAIT lasts ${p.assumed ? 'by default' : 'here'} (${interval(p.lasts)} s). What held the ports at the time of the events cannot be in that list, so it neither supports nor excludes a shorter delay.`,
  'advice.delay.not-then': (p: { timeWait: number }) =>
    `Leave it: nothing shows that the ${counted(p.timeWait, 'port')} in TIME_WAIT were listed while connections failed, so the list neither supports nor excludes a shorter delay.`,
  'advice.delay.range-first': (p: { sustains: number; seen: number; headroom: number; next: number | null }) =>
    `Leave it for now: the wider range sustains ${number(p.sustains)} connections a second at ${share(p.headroom)} fill, ${number(p.sustains / p.seen)} times the ${number(p.seen)} that were seen. What was refused was never seen${p.next === null ? '.' : `; if 4227 or 4231 comes back after widening, ${number(p.next)} s would be the next step (restart needed).`}`,
  'advice.delay.shorten': (p: { seconds: number; range: boolean; why: 'longest' | 'censored' | 'limit' }) => {
    const range = p.range ? 'Even the widest range does not carry the demand; ' : '';
    switch (p.why) {
      case 'longest':
        return `${range}${number(p.seconds)} s is the longest delay that does.`;
      case 'censored':
        return `${range}${number(p.seconds)} s, the shortest delay that can be recommended, carries what was seen. What was refused was never seen, so no longer delay is known to be enough.`;
      case 'limit':
        return `${p.range ? 'Even the widest range does not carry the demand, and ' : ''}${number(p.seconds)} s, the shortest delay that can be recommended, does not carry it either: it buys time.`;
    }
  },
  'advice.delay.pending': (p: { configured: number; effective: Estimate; undo: string | null }) => {
    const sockets = `but the sockets still live ${interval(p.effective)} s. Either the host has not been restarted since it was set, or this Windows does not read the value.`;
    return p.undo === null
      ? `Leave it: ${number(p.configured)} s is configured already, ${sockets}`
      : `${number(p.configured)} s is configured, ${sockets} After the next restart each closed connection may hold its port that much longer; the plan reckons with it. Back to the default before that: ${p.undo}.`;
  },
  'advice.max-user-port.leave': () =>
    'Do not set it: on Vista and later the range is set by netsh, and two mechanisms at once are a trap.',
  'advice.max-user-port.keep': (p: { value: number }) =>
    `Leave it at ${String(p.value)}: the range needs no change. On Vista and later netsh is the better place for it.`,
  'advice.max-user-port.illegal': (p: { value: number; undo: string }) =>
    `Remove it: ${String(p.value)} is no legal value (5000 to 65534), and stands for no range (${p.undo}).`,
  'advice.max-user-port.unverified': (p: { value: number }) =>
    `Leave it at ${String(p.value)}: the range needs no change. Whether it is in effect only netsh shows, and that was not captured.`,
  'advice.max-user-port.overruled': (p: { value: number; source: string; start: number; end: number; undo: string }) =>
    `MaxUserPort=${String(p.value)} is set, but ${p.source} shows ${String(p.start)}–${String(p.end)}: it is not in effect. It may change the range at the next restart; remove it (${p.undo}), or check with netsh after the restart.`,
  'advice.max-user-port.contradicted': (p: { value: number; undo: string }) =>
    `MaxUserPort=${String(p.value)} is set, but the ports in the tables are not its range: it is not in effect. It may change the range at the next restart; remove it (${p.undo}), or check with netsh after the restart.`,
  'advice.max-user-port.leftover': (p: { value: number }) =>
    `Remove MaxUserPort=${String(p.value)}: the range is set by netsh from now on, and no source says which of the two wins.`,
  'advice.max-user-port.spelling': (p: {
    start: number;
    end: number;
    listeners: readonly string[];
    more: number;
    /** Prints the value that there is; null where there is known to be none. */
    look?: string | null;
    set: string;
    undo: string;
  }) => {
    const first = p.look == null ? '' : ` Note first what is there: ${p.look}.`;
    const back = first === '' ? `Back: ${p.undo}` : `Back: set what was there; where there was nothing, ${p.undo}`;
    const taken =
      p.listeners.length === 0
        ? ''
        : ` That takes in ports that services listen on: ${listed(p.listeners)}${p.more > 0 ? ` and ${counted(p.more, 'other')}` : ''}.`;
    return `Only instead of netsh, where policy allows nothing else: it stands for ${String(p.start)}–${String(p.end)}.${taken}${first} Set it: ${p.set}. Check with netsh whether it has taken effect; sources differ on the restart. ${back}.`;
  },
  'advice.range.udp': (p: { why: 'change' | 'not-asked' | 'no' | 'yes' | 'cannot-tell'; assumed: boolean }) =>
    `${UDP_RANGE[p.why]}${p.assumed ? ' The Windows default is assumed; the range was not captured.' : ''}`,
  'advice.range.wider': () => 'Leave it: this address family has this range already, or a wider one.',
  'advice.range.leave': (p: { why: string; mechanism: string; basis: RangeBasis }) => {
    const assumed = RANGE_BASIS[p.basis];
    switch (p.why) {
      case 'not-needed':
        return `Leave it: nothing that was captured shows the pool near its limit.${assumed}`;
      case 'cannot-tell':
        return `Leave it until the evidence shows what held the ports.${assumed}`;
      case 'no-help':
        if (p.mechanism === 'endpoint-collision')
          return `Leave it: ports were to spare; the collision is about one source port.${assumed}`;
        if (p.mechanism === 'udp-exhaustion') return `Leave it: it is UDP that ran out, not TCP.${assumed}`;
        return `Leave it: a wider range would fill as well, only later.${assumed}`;
      case 'at-the-limits':
      case 'widen-and-shorten':
        return `Leave it: it cannot be made wider.${assumed}`;
      default:
        return `Leave it: it carries the demand seen.${assumed}`;
    }
  },
  'advice.range.restore': (p: { usable: number; basis: RangeBasis }) =>
    `Back to the Windows default: ${number(p.usable)} usable ports carry the load seen with room to spare.${RANGE_BASIS[p.basis]}`,
  'advice.range.make-up': (p: { usable: number; excluded: number; basis: RangeBasis }) =>
    `As many usable ports as the Windows default has, ${p.excluded === 0 ? 'where they can be had' : `with the ${counted(p.excluded, 'excluded port')} left where they are`}: ${number(p.usable)}. The load seen fits them with room to spare.${RANGE_BASIS[p.basis]}`,
  'advice.range.widen': (p: {
    start: number;
    end: number;
    usable: number;
    sustains: number | null;
    censored: boolean;
    below: string | null;
    limit: boolean;
    listed: boolean;
    /** The range that carries what was seen, where the planned one goes further. */
    smaller?: string | null;
    /** Connections a second that were counted while ports were left, where more may have been wanted afterwards. */
    seen?: Estimate | null;
    basis: RangeBasis;
  }) => {
    const assumed = RANGE_BASIS[p.basis];
    const above = p.below === null ? '' : ` above the listener on ${p.below}`;
    const room = p.listed
      ? above
      : ` from ${String(p.start)} on (no table lists which ports services listen on, so it starts above the well-known ones: list them before the change)`;
    const smaller = p.smaller == null ? '' : ` A smaller step, ${p.smaller}, carries what was seen and no more.`;
    const rate = p.sustains === null ? '' : `, which sustain ${number(p.sustains)} connections a second`;
    if (p.limit) return `${number(p.usable)} usable ports${rate}: it buys time, and does not carry the load.${assumed}`;
    const unseen =
      p.seen == null
        ? 'What was refused was never seen'
        : `While ports were left, ${interval(p.seen)} connections a second were opened; how many more were wanted once there were none is not known`;
    return p.censored
      ? `${unseen}, so the range takes all there is${room}: ${number(p.usable)} usable ports${rate}.${smaller}${assumed}`
      : `The smallest range that carries the upper end of the demand: ${number(p.usable)} usable ports${rate}.${assumed}`;
  },
  'advice.range.not-it': (p: { basis: RangeBasis }) =>
    `Leave it: it is the auto-reuse range that ran out, and the dynamic range had ports to spare.${RANGE_BASIS[p.basis]}`,
  'advice.auto-reuse.leave': (p: { judged: boolean }) =>
    p.judged
      ? 'Leave it: no larger range beside the dynamic one would help.'
      : 'Leave it: no remote endpoint came near to using it up. Programs that bind before they connect take no port from it.',
  'advice.auto-reuse.widen': (p: { usable: number; sustains: number | null }) =>
    `Each remote endpoint can have a port of it once: ${number(p.usable)} usable ports${p.sustains === null ? '' : `, which sustain ${number(p.sustains)} connections a second to one endpoint`}.`,
  'advice.exclusions.leave': (p: { ports: number; reserved?: number; hyperV?: boolean }) => {
    if (p.ports === 0) return 'No excluded ports inside the range are known.';
    const reserved =
      (p.reserved ?? 0) === 0
        ? ''
        : ` Services (WinNAT, the Host Network Service, Hyper-V) reserved ${counted(p.reserved ?? 0, 'port')} of them without a star: they take others at each boot, so a list of another boot is only a guess.`;
    const own = p.hyperV === true ? ' 50000–50059 is one that Windows sets itself for Hyper-V; it stays.' : '';
    return `Leave them: ${counted(p.ports, 'port')} of the range ${p.ports === 1 ? 'is' : 'are'} excluded, and the advice holds with them where they are.${reserved}${own}`;
  },

  'arithmetic.usable': (p: {
    count: number;
    excluded: number;
    listening: number;
    usable: number;
    excludedKnown?: boolean;
    listeningKnown?: boolean;
  }) => {
    const excluded = `${number(p.excluded)}${p.excludedKnown === false ? ' (not captured)' : ''}`;
    const listening = `${number(p.listening)}${p.listeningKnown === false ? ' (not captured)' : ''}`;
    const most = p.excludedKnown === false || p.listeningKnown === false ? 'at most ' : '';
    return `usable ports = range − excluded − listeners in it = ${number(p.count)} − ${excluded} − ${listening} = ${most}${number(p.usable)}`;
  },
  'arithmetic.need': (p: {
    rate: number;
    atLeast: boolean;
    lifetime: number;
    timeWait: number;
    rest: number;
    ports: number;
    /** Ports in TIME_WAIT that the rate was told from, over this delay; null where something else told it. */
    waiting?: number | null;
    delay?: number | null;
  }) => {
    const sum = `ports needed = ports taken a second × (lifetime + TIME_WAIT) + the rest = ${p.atLeast ? 'at least ' : ''}${String(p.rate)} × (${String(p.lifetime)} + ${number(p.timeWait)}) + ${number(p.rest)} = ${number(p.ports)}`;
    if (p.waiting == null || p.delay == null) return sum;
    return `${sum}, where ${String(p.rate)} ports a second = ${number(p.waiting)} ports in TIME_WAIT ÷ ${number(p.delay)} s; connections that share a port take one, so more of them may have been opened`;
  },
  'arithmetic.lifetime': (p: { lifetime: Estimate; taken: number }) =>
    `lifetime = open connections that come and go ÷ connections a second = ${interval(p.lifetime)} s; ${String(p.taken)} s is reckoned with`,
  'arithmetic.sustained': (p: {
    usable: number;
    headroom: number;
    lifetime: number;
    timeWait: number;
    rate: number | null;
  }) =>
    `sustained rate now = usable × headroom ÷ (lifetime + TIME_WAIT) = ${number(p.usable)} × ${String(p.headroom)} ÷ (${String(p.lifetime)} + ${number(p.timeWait)}) = ${p.rate === null ? 'unknown' : number(p.rate)} a second`,
  'arithmetic.sustained-after': (p: {
    usable: number;
    headroom: number;
    lifetime: number;
    timeWait: number;
    rate: number | null;
  }) =>
    `sustained rate after the change = ${number(p.usable)} × ${String(p.headroom)} ÷ (${String(p.lifetime)} + ${number(p.timeWait)}) = ${p.rate === null ? 'unknown' : number(p.rate)} a second`,
  /** Said by reports of version 1. */
  'arithmetic.leak': (p: {
    start: number;
    end: number;
    usable: number;
    perHour: number;
    seconds: number;
    low: number;
    high: number | null;
  }) => {
    const between =
      p.low === p.high
        ? ''
        : ` (${p.high === null ? `${duration(p.low)} or more` : `${duration(p.low)} to ${duration(p.high)}`})`;
    return `${String(p.start)}–${String(p.end)}: ${number(p.usable)} usable ports, ${p.seconds <= 0 ? 'full already' : `full after about ${duration(p.seconds)}${between} more`} at about ${number(p.perHour)} ports an hour`;
  },
  'arithmetic.until-full': (p: {
    start: number;
    end: number;
    usable: number;
    free: number;
    perHour: Estimate;
    lasts: Estimate;
  }) => {
    const range = `${String(p.start)}–${String(p.end)}: ${number(p.usable)} usable ports`;
    if (p.lasts.high === 0) return `${range}, full already`;
    return `${range}, free ports ÷ ports an hour = ${number(p.free)} ÷ ${interval(p.perHour)}: full ${lapseOf(p.lasts)}`;
  },
} as const;
