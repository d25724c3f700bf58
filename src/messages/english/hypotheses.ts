import type { Estimate } from '../../model/estimate.js';
import { LEDGER_CLASSES } from '../../model/report-ports.js';
import { counted, duration, listed, number, share } from './figures.js';
import { processName } from './processes.js';

const STATE_NAMES: Readonly<Record<string, string>> = {
  bound: 'Bound',
  closeWait: 'CLOSE_WAIT',
  established: 'ESTABLISHED',
  synSent: 'SYN_SENT',
  synReceived: 'SYN_RECEIVED',
  finWait1: 'FIN_WAIT_1',
  finWait2: 'FIN_WAIT_2',
  lastAck: 'LAST_ACK',
  closing: 'CLOSING',
  timeWait: 'TIME_WAIT',
  listening: 'LISTENING',
  owner: 'owning process',
  udp: 'UDP',
  otherState: 'other states',
};

/** The word that Windows prints for a class of the ledger. */
export function stateName(state: string): string {
  return STATE_NAMES[state] ?? state;
}

function names(states: readonly string[]): string {
  return listed(states.map(stateName));
}

type RangeSource = 'netsh' | 'Get-NetTCPSetting' | 'registry';

const STATED_BY: Readonly<Record<RangeSource, string>> = {
  netsh: 'The output of netsh',
  'Get-NetTCPSetting': 'The output of Get-NetTCPSetting',
  registry: 'MaxUserPort in the registry',
};

const UNCAPTURED = {
  filled: '. Its exclusions were not captured; nearly all of it was in use, so that they take next to none',
  'not-refused': '. Its exclusions were not captured, but nothing that was captured shows a refusal',
} as const;

/** `full` where no port is left, else how far the pool was filled: what is judged as good as full may have ports to spare. */
function fullness({ inUse, usable }: { inUse: number; usable: number }): string {
  return inUse < usable ? `filled to ${share(inUse / usable)}` : 'full';
}

/** `Bound`, `in CLOSE_WAIT`. */
export function inState(state: string): string {
  return state === 'bound' ? stateName(state) : `in ${stateName(state)}`;
}

/** Evidence for and against each mechanism, and what would decide. */
export const hypothesisWords = {
  'missing.log': () => 'No System log covers the time of the snapshots: an event between them would not be seen.',
  'missing.unseen': (p: { classes: readonly string[] }) =>
    p.classes.length > LEDGER_CLASSES.length
      ? 'The snapshot is not known to be the whole table: rows of any state may be missing from it. Keep netstat -anoq with its heading and nothing filtered out.'
      : `The snapshot does not list everything: ${names(p.classes)} may be missing from it. netstat -anoq keeps the rest.`,

  'churn.for.full': (p: { timeWait: number; inUse: number; usable: number }) =>
    `${number(p.timeWait)} of ${number(p.inUse)} ports in use were in TIME_WAIT on the client side; the pool has ${number(p.usable)}.`,
  'churn.for.collisions': (p: { count: number }) =>
    `Event 4227 was logged (${counted(p.count, 'time')}): a port was wanted again for the same remote endpoint before its TIME_WAIT was over.`,
  'churn.for.exhausted': (p: { count: number }) =>
    `Event 4231 was logged (${counted(p.count, 'time')}): a program that binds before it connects finds no port when TIME_WAIT fills the pool.`,
  'churn.for.rate': (p: { rate: Estimate; delay: number; needed: number; usable: number }) =>
    `At the low end of both, ${number(p.rate.low)} connections a second of which each waits ${number(p.delay)} s, TIME_WAIT alone takes ${number(p.needed)} of ${number(p.usable)} ports.`,
  'churn.for.projection': (p: { seconds: number; late: boolean }) =>
    `At the rate seen before the event the pool would have been full ${p.seconds === 0 ? 'at that second' : `${number(p.seconds)} s ${p.late ? 'after' : 'before'} it`}.`,
  'churn.for.drained': (p: { seconds: number; timeWait: number; usable: number; delay: number }) =>
    `${number(p.seconds)} s after an event ${number(p.timeWait)} of ${number(p.usable)} ports were still in TIME_WAIT, which lasts at least ${number(p.delay)} s: with what may have expired since, the pool may have been full.`,
  'churn.against.other': (p: { timeWait: number; inUse: number }) =>
    `Most of the ports in use were something else: only ${number(p.timeWait)} of ${number(p.inUse)} were in TIME_WAIT.`,
  'churn.against.witness': (p: { timeWait: number; usable: number; seconds: number; delay: number }) =>
    `${number(p.seconds)} s after the event only ${number(p.timeWait)} of ${number(p.usable)} ports were in TIME_WAIT; with a delay of at least ${number(p.delay)} s half of a full pool would still have been there.`,
  'churn.against.low': (p: { timeWait: number; usable: number; share: number }) =>
    `In the fullest table captured TIME_WAIT held ${number(p.timeWait)} of ${number(p.usable)} ports (${share(p.share)}).`,
  'churn.against.never-expires': (p: { longest: number; proven?: boolean }) =>
    p.proven === true
      ? `TIME_WAIT does not expire here (connections stayed in it for at least ${number(p.longest)} s): each closed connection keeps its port, at any rate.`
      : `Hardly any connection in TIME_WAIT ever went away between the snapshots (the longest was there for ${number(p.longest)} s): either the same ports were taken again at once, or TIME_WAIT no longer expires.`,
  'churn.missing.later': () => 'Tables from when connections are refused, if they ever are.',
  'churn.missing.direction': (p: { ports: number }) =>
    `For ${number(p.ports)} ports in TIME_WAIT it is not known which side opened the connection.`,
  'churn.missing.snapshot': () => 'No port table was captured.',
  'churn.missing.dated': () => 'No port table was captured whose time is known, so none can be laid beside the events.',
  'churn.missing.had-ports': (p: { inUse: number; usable: number; seconds: number }) =>
    `${number(p.seconds)} s after an event ${number(p.inUse)} of ${number(p.usable)} ports were in use: there were ports to spare, so who used one again must be seen (netstat -ano twice within TIME_WAIT).`,
  'churn.missing.late': (p: { seconds: number; delay: number }) =>
    p.seconds >= 0
      ? `The nearest port table was taken ${number(p.seconds)} s after an event; TIME_WAIT may be over after ${number(p.delay)} s, so ${p.seconds < p.delay ? 'part of ' : ''}the burst may have been gone.`
      : `The nearest port table was taken ${number(-p.seconds)} s before an event; the burst may have come after it.`,

  'collision.for.events': (p: { count: number }) =>
    `Event 4227 was logged (${counted(p.count, 'time')}): the local endpoint was used for the same remote endpoint a moment before.`,
  'collision.for.tuple': (p: {
    local: string;
    remote: string;
    reopened: number;
    sightings: number;
    process: string | null;
  }) =>
    `${p.local} to ${p.remote} was closed and opened again at least ${counted(p.reopened, 'time')} in ${counted(p.sightings, 'snapshot')}${p.process === null ? '' : ` by ${processName(p.process)}`}.`,
  'collision.for.port': (p: { local: string; remote: string; remotes: number; process: string | null }) =>
    `${p.process === null ? 'A program' : processName(p.process)} connects from ${p.local} to ${p.remote}${p.remotes < 2 ? '' : ` and ${counted(p.remotes - 1, 'other far end')} of that service`}: the port is in no range that Windows hands out, so the program has chosen it.`,
  'collision.for.empty': (p: { inUse: number; usable: number; share: number; seconds: number; bound: boolean }) =>
    `${number(p.seconds)} s from an event ${number(p.inUse)} of ${number(p.usable)} ports were in use (${share(p.share)})${p.bound ? '' : ', Bound ports not listed'}: nothing had to take a port used a moment before.`,
  'collision.against.no-event': () => 'The log that was captured has no Event 4227.',
  'collision.against.full': (p: { inUse: number; usable: number }) =>
    `The pool was ${fullness(p)} (${number(p.inUse)} of ${number(p.usable)}), so that ${p.inUse < p.usable ? 'nearly ' : ''}any port chosen had to be one used before.`,
  'collision.missing.tuple': () =>
    'No connection was seen to be opened again from the same local port; a series of port tables around the event would show it.',

  'syn-sent.for.held': (p: {
    ports: number;
    usable: number;
    destination: string | null;
    destinations: number;
    port: number | null;
  }) =>
    `${number(p.ports)} of ${number(p.usable)} ports were in SYN_SENT${p.destination === null ? manyEndpoints(p.destinations, p.port) : `, most connections going to ${p.destination}`}.`,
  'syn-sent.missing.while': () =>
    'An attempt without an answer lasts some seconds, 21 by default: only a table taken while connections are refused would show a pile-up of them.',

  'undersized.for.small': (p: {
    start: number;
    end: number;
    count: number;
    excluded: number;
    available: number;
    default: number;
  }) =>
    `The range ${String(p.start)}–${String(p.end)} has ${number(p.count)} ports${p.excluded === 0 ? '' : `, ${number(p.excluded)} of them excluded`}: ${share(p.available / p.default)} of the Windows default of ${number(p.default)}.`,
  'undersized.for.small-reuse': (p: { start: number; end: number; available: number; default: number }) =>
    `The auto-reuse range ${String(p.start)}–${String(p.end)} has ${number(p.available)} usable ports; without it these connections would have the dynamic range with ${number(p.default)}.`,
  'undersized.for.full': (p: { inUse: number; usable: number; censored: boolean }) =>
    `${number(p.inUse)} of ${number(p.usable)} usable ports were in use, which the default range would hold${p.censored ? '; connections were refused, or may have been, so the need may be higher' : ''}.`,
  'undersized.against.large': (p: {
    start: number;
    end: number;
    count: number;
    excluded: number;
    available: number;
    /** Why exclusions that were not captured can have taken next to nothing. */
    uncaptured?: 'filled' | 'not-refused' | null;
  }) =>
    `The range ${String(p.start)}–${String(p.end)} is no smaller than the Windows default: ${number(p.available)} ports${p.uncaptured == null ? ', after the known exclusions' : UNCAPTURED[p.uncaptured]}.`,
  'undersized.against.large-reuse': (p: { start: number; end: number; available: number; default: number }) =>
    `The auto-reuse range ${String(p.start)}–${String(p.end)} is no smaller than the dynamic range: ${number(p.available)} ports to ${number(p.default)}.`,
  'undersized.against.growing': (p: { state: string; grows?: boolean }) =>
    `Most of the ports in use are ${inState(p.state)} and stay so until their process closes them${p.grows === true ? ', while more are taken: a larger range lasts longer, but fills as well' : '. A larger range lasts longer; whether it fills as well, this evidence does not show'}.`,
  'undersized.missing.closing': (p: { state: string }) =>
    `Most of the ports in use are ${inState(p.state)}. Whether those end by themselves, so that a larger range would hold them, this evidence does not show.`,
  'undersized.against.load': (p: { inUse: number }) =>
    `The load (${number(p.inUse)} ports and more) would not fit the default range either.`,
  'undersized.against.free': (p: { inUse: number; usable: number }) =>
    `The range was not full when the snapshots were taken: ${number(p.inUse)} of ${number(p.usable)}.`,
  'undersized.missing.range': () => 'The dynamic port range was not captured; the Windows default is only assumed.',
  'undersized.missing.full': () => 'No port table shows the range full.',
  'undersized.missing.load': () =>
    'How many ports the load takes where there are enough shows only a table of a wider range with ports left.',
  'undersized.missing.exclusions': () => 'The excluded port ranges were not captured.',

  'stuck.against.few': (p: { timeWait: number; inUse: number }) =>
    `At the peak ${number(p.timeWait)} of ${number(p.inUse)} ports in use were in TIME_WAIT: it does not pile up.`,
  'stuck.for.uptime': (p: { seconds: number }) =>
    `The host had been up for ${duration(p.seconds)}: Windows Server 2008 R2 and before lose the TIME_WAIT timer after 497 days (248 with chimney offload, KB 2553549).`,
  'stuck.for.outlived': (p: { longest: number; limit: number; foundAgain?: boolean }) =>
    p.foundAgain === true
      ? `Port tables ${number(p.longest)} s apart show the same connections in TIME_WAIT; ${number(p.limit)} s is the longest legal delay, but in a full pool the same ports may have been taken again.`
      : `Connections stayed in TIME_WAIT for at least ${number(p.longest)} s; ${number(p.limit)} s is the longest legal delay.`,
  'stuck.against.uptime': (p: { seconds: number; stated?: boolean }) =>
    `The host had been up for only ${duration(p.seconds)} (${p.stated === true ? 'since the start that the file states' : 'EventLog 6013, carried on to the port table'}); the defect needs 248 days or more.`,
  'stuck.against.measured': (p: { high: number }) =>
    `TIME_WAIT was seen to expire within ${number(p.high)} s between snapshots.`,
  'stuck.against.reopened': (p: { ports: number }) =>
    `${counted(p.ports, 'port')} in TIME_WAIT carried a live connection to the same endpoint one table later: TIME_WAIT ends.`,
  'stuck.missing': (p: { uptime?: boolean; limit?: number }) =>
    `${p.uptime === true ? 'The' : 'The uptime (EventLog 6013) was not captured, and the'} port tables do not show whether TIME_WAIT still expires: that takes two of them more than ${p.limit === undefined ? 'five minutes' : `${number(p.limit)} s`} apart, of a pool that is not full.`,

  'udp.for.events': (p: { count: number }) =>
    `Event 4266 was logged (${counted(p.count, 'time')}): no UDP port was left at that moment.`,
  'udp.for.full': (p: { inUse: number; usable: number }) =>
    `${number(p.inUse)} of ${number(p.usable)} UDP ports were in use.`,
  'udp.against.no-event': () => 'The log that was captured has no Event 4266.',
  'udp.against.low': (p: { inUse: number; usable: number }) =>
    `At most ${number(p.inUse)} of ${number(p.usable)} UDP ports were in use in the snapshots.`,
  'udp.missing.snapshot': () => 'No UDP port table near the trouble was captured.',

  'reuse.for.destination': (p: {
    start: number;
    end: number;
    destination: string | null;
    inUse: number;
    usable: number;
  }) =>
    `Connections without a bind of their own, or with SO_REUSE_UNICASTPORT, take their port from the auto-reuse range ${String(p.start)}–${String(p.end)}. A port there serves each remote endpoint once: ${number(p.inUse)} of ${number(p.usable)} were in use towards ${p.destination ?? 'one of them'}.`,

  'other.closing-defect': (p: { ports: number }) =>
    `Windows Server 2008 SP2 hands out ports that are only closing and then logs 4227, with error 10048 and a nearly empty pool; a hotfix exists.${p.ports === 0 ? '' : ` Up to ${counted(p.ports, 'port')} of this host ${p.ports === 1 ? 'was' : 'were'} in CLOSING.`}`,
  'other.blind-tools': (p: { version: string }) =>
    `Windows ${p.version} without KB 3123245 (October 2016) shows fewer ports in netstat and Get-NetTCPConnection than are in use.`,
  'other.exclusions': (p: { ports: number }) =>
    `${counted(p.ports, 'port')} of the range are excluded: a program that binds one of them on purpose gets error 10013, which looks like exhaustion.`,
  'other.range-doubted': (p: {
    source: RangeSource;
    start: number;
    end: number;
    inside: number;
    outside: number;
    lowest: number;
    highest: number;
    usedStart: number;
    usedEnd: number;
    assumed: boolean;
  }) => {
    const stated = `${STATED_BY[p.source]} says ${String(p.start)}–${String(p.end)}`;
    const seen = `${String(p.lowest)} to ${String(p.highest)}`;
    if (p.inside > 0 && p.outside > 0)
      return `${stated}, and ${counted(p.inside, 'client port')} in the tables ${p.inside === 1 ? 'is' : 'are'} inside it, but ${number(p.outside)}, ${seen}, outside: the range was changed while connections were open. Which of the two hands out ports now only netsh shows; the numbers here are those of ${String(p.usedStart)}–${String(p.usedEnd)}.`;
    if (p.outside > 0 && p.usedStart === p.start && p.usedEnd === p.end)
      return `${stated}, and none of ${counted(p.outside, 'client port')} in the tables, ${seen}, is in it: these are live connections, opened perhaps before the range was set. The numbers here are those of the range; ports outside it are not counted.`;
    const ports =
      p.outside > 0
        ? `none of ${counted(p.outside, 'client port')} in the tables, ${seen}, is in it`
        : `all of ${counted(p.inside, 'client port')} in the tables are from ${seen}`;
    return `${stated}, but ${ports}: it is not in effect. The ports are judged by ${String(p.usedStart)}–${String(p.usedEnd)}${p.assumed ? ', which is assumed from what they show' : ''}.`;
  },
  'other.kernel-pool-unseen': (p: { logged: boolean }) =>
    `An empty paged or non-paged pool gives programs the same error 10055 without any shortage of ports; ${p.logged ? 'the log has no Srv 2019 or 2020 that would say so' : 'without a System log nothing says whether it was so'}.`,
  'other.between-tables': () => 'A burst that came and went between two port tables leaves no trace in them.',
  'other.changes': (p: Changes) =>
    `${counted(p.count, 'change')} within the hour before the first sign of trouble${named(p)}: not shown to be related.`,
  'other.changes-at-growth': (p: Changes) =>
    `${counted(p.count, 'change')} within the hour before the growth began${named(p)}: not shown to be related.`,
  'other.changes-at-end': (p: Changes) =>
    `${counted(p.count, 'change')} between the last sign of trouble and the first of its end${named(p)}: not shown to be related.`,
  'other.snat': () =>
    'A gateway that translates addresses (SNAT) between this host and its destinations has ports of its own that can run out; nothing on the host shows it.',
} as const;

export type Changes = {
  readonly count: number;
  readonly named: readonly string[];
};

function named({ named: changes }: Changes): string {
  return changes.length === 0 ? '' : ` (${changes.join('; ')})`;
}

function manyEndpoints(destinations: number, port: number | null): string {
  if (destinations < 2) return '';
  return `, to ${number(destinations)} remote endpoints${port === null ? '' : `, most of them on port ${String(port)}`}`;
}
