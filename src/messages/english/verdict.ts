import type { Estimate } from '../../model/estimate.js';
import type { TableScope } from '../../model/snapshot.js';
import { UNKNOWN_HOST } from '../../model/report.js';
import { counted, duration, elapsed, interval, listed, number, share } from './figures.js';
import { processName } from './processes.js';

/** The one sentence of the verdict. */
export const verdictWords = {
  'verdict.time-wait-churn': (
    p: Culprits & {
      host: string;
      destination: string | null;
      destinations: number;
      rate: Estimate | null;
      /** The rate is that of the destination, and those named had most of it. */
      mostly?: boolean;
      /** Where nobody is named: those who may have opened them. */
      perhaps?: string[];
      delay: Estimate;
      assumed: boolean;
      exhausted: boolean;
      range?: PoolKind;
    },
  ) => {
    const rate = p.rate === null ? 'connections faster than they expire' : `${interval(p.rate)} connections a second`;
    const to = p.destination === null ? spread(p.destinations) : ` to ${p.destination}`;
    const held = `${interval(p.delay)} s${p.assumed ? ' (assumed)' : ''}`;
    const ranOut = `The ${portsOf(p.range)} of ${hostName(p.host)} ${p.exhausted ? 'ran out' : 'were running out'}`;
    if (p.processes.length === 0 && p.rate !== null) {
      return `${ranOut}: ${rate}${to} were opened, by whom this evidence cannot tell${perhapsBy(p.perhaps ?? [])}, and each kept its port for ${held} after closing.`;
    }
    if (p.mostly === true) {
      return `${ranOut}: ${rate}${to} were opened, most of them probably by ${who(p)}, and each kept its port for ${held} after closing.`;
    }
    return `${ranOut}: ${who(p, 'A process')} opened ${rate}${to}, and each kept its port for ${held} after closing.`;
  },
  'verdict.endpoint-collision': (
    p: Culprits & { host: string; local: string; remote: string; inUse: number; usable: number; bound: boolean },
  ) =>
    `The ports of ${hostName(p.host)} did not run out: ${p.processes.length === 0 ? 'a program' : who(p)} opens the same connection from ${p.local} to ${p.remote} again before its TIME_WAIT is over; ${number(p.inUse)} of ${number(p.usable)} ports were in use${p.bound ? '' : ', Bound ports not listed'}.`,
  'verdict.bound-leak': (p: Leak) =>
    `The ${portsOf(p.range)} of ${hostName(p.host)} ${p.exhausted ? 'ran out' : 'are leaking'}: ${who(p)} ${does(p, 'binds ports and never releases them', 'bind ports and never release them')}${hourly(p.perHour)}; ${number(p.ports)} of ${number(p.usable)} are held Bound without a connection.`,
  'verdict.close-wait-leak': (p: Leak) =>
    `The ${portsOf(p.range)} of ${hostName(p.host)} ${p.exhausted ? 'ran out' : 'are leaking'}: ${who(p)} never ${does(p, 'closes', 'close')} connections that the other side has closed${hourly(p.perHour)}; ${number(p.ports)} of ${number(p.usable)} are held in CLOSE_WAIT.`,
  'verdict.established-leak': (p: Leak) =>
    `The ${portsOf(p.range)} of ${hostName(p.host)} ${p.exhausted ? 'ran out' : 'are leaking'}: ${who(p)} ${does(p, 'opens connections and never closes them', 'open connections and never close them')}${hourly(p.perHour)}; ${number(p.ports)} of ${number(p.usable)} are held by live connections.`,
  'verdict.connection-saturation': (
    p: Culprits & {
      host: string;
      ports: number;
      usable: number;
      range?: PoolKind;
      /** Many processes of one image, none of which has a large part. */
      crowd?: string;
      crowdProcesses?: number;
    },
  ) => {
    const of =
      p.crowd === undefined
        ? who(p)
        : `${number(p.crowdProcesses ?? 0)} processes of ${p.crowd}, each with a small part`;
    return `${hostName(p.host, 'This host')} has about as many live connections as ${portsOf(p.range)}: ${number(p.ports)} of ${number(p.usable)}, most of them of ${of}.`;
  },
  'verdict.syn-sent-pileup': (p: Culprits & { host: string; ports: number; usable: number; range?: PoolKind }) =>
    `Connections to something that never answers hold the ${portsOf(p.range)} of ${hostName(p.host)}: ${number(p.ports)} of ${number(p.usable)} wait in SYN_SENT, opened by ${who(p)}.`,
  'verdict.undersized-range': (p: {
    host: string;
    inUse: number;
    usable: number;
    count: number;
    excluded: number;
    /** The registry value that makes it so. */
    maxUserPort?: number | null;
    range?: PoolKind;
    destination?: string | null;
  }) =>
    p.range === 'auto-reuse'
      ? `The auto-reuse range of ${hostName(p.host)} is too small: ${number(p.inUse)} of ${number(p.usable)} usable ports were in use towards ${p.destination ?? 'one remote endpoint'}, a load that the dynamic range would carry.`
      : `The dynamic port range of ${hostName(p.host)} is too small${p.maxUserPort == null ? '' : `, for MaxUserPort=${String(p.maxUserPort)} is in the registry`}${p.excluded === 0 ? '' : ` with ${counted(p.excluded, 'port')} of its ${number(p.count)} excluded`}: ${number(p.inUse)} of ${number(p.usable)} usable ports were in use, and the load seen would fit the Windows default of 16,384.`,
  'verdict.stuck-time-wait': (p: { host: string; longest: number }) =>
    `TIME_WAIT on ${hostName(p.host)} no longer expires: connections were still waiting after ${number(p.longest)} s, longer than any legal delay. Only a restart frees the ports.`,
  'verdict.udp-exhaustion': (
    p: Culprits & {
      host: string;
      inUse: number | null;
      usable: number | null;
      full: boolean;
      exhausted: boolean;
    },
  ) => {
    const state = p.exhausted ? 'ran out' : p.full ? 'are nearly used up' : 'are running out';
    const ran = `The dynamic UDP ports of ${hostName(p.host)} ${state}`;
    if (p.inUse === null || p.usable === null)
      return `${ran} (Event 4266); no UDP port table was captured that shows who held them.`;
    const most = p.processes.length === 0 ? '' : `, most of them by ${who(p)}`;
    if (p.full || !p.exhausted)
      return `${ran}: ${number(p.inUse)} of ${number(p.usable)} were in use when the table was taken${most}.`;
    return `${ran} (Event 4266), but not while a table was taken: at most ${number(p.inUse)} of ${number(p.usable)} were in use in those captured, so who held them cannot be told.`;
  },
  'verdict.closing-crowd': (p: {
    host: string;
    state: 'finWait2' | 'lastAck';
    ports: number;
    usable: number;
    process: string | null;
    onsets: number;
  }) => {
    const [name, why] =
      p.state === 'finWait2'
        ? [
            'FIN_WAIT_2',
            'this host has closed them and the far end has not; rows that stay are sockets that were closed half',
          ]
        : ['LAST_ACK', 'the far end has closed them, this host has too, and the last acknowledgement does not come'];
    const failed =
      p.onsets > 0 ? ` failed to open connections (${counted(p.onsets, 'event')} of Tcpip):` : ' has little room:';
    const of = p.process === null ? '' : `, most of them of ${processName(p.process)}`;
    return `${hostName(p.host, 'This host')}${failed} ${number(p.ports)} of ${number(p.usable)} ports stand in ${name}${of}; ${why}. What keeps them so this evidence does not show.`;
  },
  'verdict.exhausted-elsewhere': (p: {
    host: string;
    count: number;
    inUse: number;
    usable: number;
    seconds: number;
    process: string | null;
    hidden: boolean;
  }) => {
    const when = `${elapsed(Math.abs(p.seconds))} ${p.seconds < 0 ? 'before' : 'after'} it`;
    const holder = p.process === null ? '' : `, most of them of ${processName(p.process)}`;
    const hidden = p.hidden ? 'Bound ports, which it does not list, ' : '';
    return `${hostName(p.host, 'This host')} had no dynamic port left (${counted(p.count, 'event')} 4231 of Tcpip), and ${when} a whole port table shows ${number(p.inUse)} of ${number(p.usable)} in use${holder}: the ports that ran out are not in this table. ${hidden === '' ? 'Handles' : `${hidden}handles`} of the kernel, a container’s own compartment, a pool of one address, or a Windows that lists too few may hold them.`;
  },
  'verdict.undetermined': (p: {
    host: string;
    onsets: number;
    ids: readonly string[];
    inUse: number | null;
    usable: number | null;
    share: number;
    scope: TableScope;
    secondsAfterOnset: number | null;
    delay: number;
  }) => {
    const what =
      p.onsets > 0
        ? `${hostName(p.host, 'This host')} failed to open connections (${counted(p.onsets, 'event')} ${listed(p.ids)} of Tcpip), but this evidence does not show what held the ports`
        : `This evidence does not show whether ${hostName(p.host)} ran out of ports, nor what held them`;
    if (p.inUse === null || p.usable === null) return `${what}: no port table was captured.`;
    const ports = `${number(p.inUse)} of ${number(p.usable)} ports (${share(p.share)})`;
    const shown = shownIn(p.scope, ports);
    if (p.secondsAfterOnset === null || p.onsets === 0) return `${what}: the port table captured ${shown}.`;
    const after = p.secondsAfterOnset;
    const late = after > p.delay ? ', when TIME_WAIT of that time was over' : '';
    return `${what}: the nearest port table was taken ${elapsed(Math.abs(after))} ${after < 0 ? 'before' : 'after'} an event${late}, and the fullest one ${shown}.`;
  },
  'verdict.none': (p: {
    host: string;
    inUse: number | null;
    usable: number;
    scope: TableScope;
    snapshots: number;
    logged: boolean;
    /** From the last record of the log to the newest table, where that is longer than TIME_WAIT looks back. */
    silentSeconds?: number | null;
    /** The pool was filled so far that no plan would leave it so. */
    pressed?: boolean;
  }) => {
    const silent =
      p.silentSeconds == null
        ? ''
        : `, but its last record is ${duration(p.silentSeconds)} older than the newest table`;
    const log = p.logged
      ? `the log that was captured has no event of it${silent}`
      : 'no log was captured that could say more';
    if (p.inUse === null) return `Nothing here shows that ${hostName(p.host)} ran out of ports: ${log}.`;
    const ports = `${number(p.inUse)} of ${number(p.usable)}`;
    const inUse =
      p.scope === 'whole'
        ? `at most ${ports} were in use in ${counted(p.snapshots, 'snapshot')}`
        : `${ports} are in the fullest table captured, which may leave out others`;
    if (p.pressed === true) {
      return `${hostName(p.host, 'This host')} did not run out of ports as far as this evidence shows, but has no headroom: ${inUse}, ${number(p.usable - p.inUse)} were left, and ${log}.`;
    }
    return `Nothing here shows that ${hostName(p.host)} ran out of ports: ${inUse}, and ${log}.`;
  },
} as const;

/** What a port table shows, by how much of the host's table it is. */
function shownIn(scope: TableScope, ports: string): string {
  switch (scope) {
    case 'whole':
      return `shows ${ports} in use`;
    case 'filtered':
      return `is a filtered list with ${ports} in it`;
    case 'not-known':
      return `shows at least ${ports} in use and does not show that it is the whole table`;
  }
}

function hostName(host: string, otherwise = 'this host'): string {
  return host === UNKNOWN_HOST ? otherwise : host;
}

/** The processes at fault; those beyond the first few are counted. */
export type Culprits = {
  readonly processes: readonly string[];
  readonly others: number;
};

export type Leak = Culprits & {
  host: string;
  ports: number;
  usable: number;
  perHour: Estimate | null;
  exhausted: boolean;
  range?: PoolKind;
};

function perhapsBy(candidates: readonly string[]): string {
  if (candidates.length === 0) return '';
  const names = candidates.map(processName);
  return ` (perhaps ${[...names.slice(0, -2), names.slice(-2).join(' or ')].join(', ')})`;
}

function who({ processes, others }: Culprits, nobody = 'a process'): string {
  if (processes.length === 0) return `${nobody} that this evidence cannot name`;
  const names = processes.map(processName);
  return listed(others === 0 ? names : [...names, counted(others, 'other')]);
}

/** What they do, in the number of those named. */
function does({ processes, others }: Culprits, one: string, several: string): string {
  return processes.length + others > 1 ? several : one;
}

function hourly(perHour: Estimate | null): string {
  return perHour === null || perHour.low <= 0 ? '' : `, ${interval(perHour)} an hour`;
}

function spread(destinations: number): string {
  return destinations < 2 ? '' : ` to ${number(destinations)} remote endpoints`;
}

export type PoolKind = 'dynamic' | 'auto-reuse';

function portsOf(range: PoolKind = 'dynamic'): string {
  switch (range) {
    case 'dynamic':
      return 'dynamic ports';
    case 'auto-reuse':
      return 'auto-reuse ports';
  }
}
