import type { Estimate } from '../../model/estimate.js';
import { counted, interval, listed, number, share } from '../wording.js';

/** The one sentence of the verdict. */
export const verdictWords = {
  'verdict.time-wait-churn': (p: {
    host: string;
    processes: readonly string[];
    destination: string | null;
    rate: Estimate | null;
    delay: Estimate;
    assumed: boolean;
    exhausted: boolean;
    range?: PoolKind;
  }) => {
    const who = p.processes.length === 0 ? 'A process that this evidence cannot name' : listed(p.processes);
    const rate = p.rate === null ? 'connections faster than they expire' : `${interval(p.rate)} connections a second`;
    const to = p.destination === null ? '' : ` to ${p.destination}`;
    const held = `${interval(p.delay)} s${p.assumed ? ' (assumed)' : ''}`;
    return `The ${portsOf(p.range)} of ${hostName(p.host)} ${p.exhausted ? 'ran out' : 'were running out'}: ${who} opened ${rate}${to}, and each kept its port for ${held} after closing.`;
  },
  'verdict.endpoint-collision': (p: {
    host: string;
    processes: readonly string[];
    local: string;
    remote: string;
    inUse: number;
    usable: number;
  }) =>
    `The ports of ${hostName(p.host)} did not run out: ${p.processes.length === 0 ? 'a program' : listed(p.processes)} opens the same connection from ${p.local} to ${p.remote} again before its TIME_WAIT is over; ${number(p.inUse)} of ${number(p.usable)} ports were in use.`,
  'verdict.bound-leak': (p: { host: string; processes: readonly string[]; ports: number; usable: number }) =>
    `The dynamic ports of ${hostName(p.host)} are leaking: ${who(p.processes)} binds ports and never releases them; ${number(p.ports)} of ${number(p.usable)} are held Bound without a connection.`,
  'verdict.close-wait-leak': (p: {
    host: string;
    processes: readonly string[];
    ports: number;
    usable: number;
    range?: PoolKind;
  }) =>
    `The ${portsOf(p.range)} of ${hostName(p.host)} are leaking: ${who(p.processes)} never closes connections that the other side has closed; ${number(p.ports)} of ${number(p.usable)} are held in CLOSE_WAIT.`,
  'verdict.established-leak': (p: {
    host: string;
    processes: readonly string[];
    ports: number;
    usable: number;
    range?: PoolKind;
  }) =>
    `The ${portsOf(p.range)} of ${hostName(p.host)} are leaking: ${who(p.processes)} opens connections and never closes them; ${number(p.ports)} of ${number(p.usable)} are held by live connections.`,
  'verdict.connection-saturation': (p: {
    host: string;
    processes: readonly string[];
    ports: number;
    usable: number;
    range?: PoolKind;
  }) =>
    `${hostName(p.host, 'This host')} has about as many live connections as ${portsOf(p.range)}: ${number(p.ports)} of ${number(p.usable)}, most of them of ${who(p.processes)}.`,
  'verdict.syn-sent-pileup': (p: {
    host: string;
    processes: readonly string[];
    ports: number;
    usable: number;
    range?: PoolKind;
  }) =>
    `Connections to something that never answers hold the ${portsOf(p.range)} of ${hostName(p.host)}: ${number(p.ports)} of ${number(p.usable)} wait in SYN_SENT, opened by ${who(p.processes)}.`,
  'verdict.undersized-range': (p: {
    host: string;
    inUse: number;
    usable: number;
    count: number;
    range?: PoolKind;
    destination?: string | null;
  }) =>
    p.range === 'auto-reuse'
      ? `The auto-reuse range of ${hostName(p.host)} is too small: ${number(p.inUse)} of ${number(p.usable)} usable ports were in use towards ${p.destination ?? 'one remote endpoint'}, a load that the dynamic range would carry.`
      : `The dynamic port range of ${hostName(p.host)} is too small: ${number(p.inUse)} of ${number(p.usable)} usable ports were in use, a load that the Windows default of 16,384 would carry.`,
  'verdict.stuck-time-wait': (p: { host: string; longest: number }) =>
    `TIME_WAIT on ${hostName(p.host)} no longer expires: connections were still waiting after ${number(p.longest)} s, longer than any legal delay. Only a restart frees the ports.`,
  'verdict.udp-exhaustion': (p: {
    host: string;
    processes: readonly string[];
    inUse: number | null;
    usable: number | null;
  }) =>
    p.inUse === null || p.usable === null
      ? `The dynamic UDP ports of ${hostName(p.host)} ran out (Event 4266); no UDP port table was captured that shows who held them.`
      : `The dynamic UDP ports of ${hostName(p.host)} ran out: ${number(p.inUse)} of ${number(p.usable)} were in use when the table was taken${p.processes.length === 0 ? '' : `, most of them by ${listed(p.processes)}`}.`,
  'verdict.undetermined': (p: {
    host: string;
    onsets: number;
    inUse: number | null;
    usable: number;
    share: number;
    filtered: boolean;
  }) => {
    const what =
      p.onsets > 0
        ? `Something kept ${hostName(p.host)} from opening connections (${counted(p.onsets, 'event')} ${p.onsets === 1 ? 'says' : 'say'} so), but this evidence does not show what held the ports`
        : `This evidence does not show whether ${hostName(p.host)} ran out of ports, nor what held them`;
    if (p.inUse === null) return `${what}: no port table was captured.`;
    const table = `the port table captured shows ${number(p.inUse)} of ${number(p.usable)} in use (${share(p.share)})`;
    return `${what}: ${table}${p.filtered ? ' and leaves out most states' : ''}.`;
  },
  'verdict.none': (p: { host: string; inUse: number | null; usable: number; snapshots: number; logged: boolean }) => {
    const log = p.logged ? 'the log that was captured has no event of it' : 'no log was captured that could say more';
    if (p.inUse === null) return `Nothing here shows that ${hostName(p.host)} ran out of ports: ${log}.`;
    return `Nothing here shows that ${hostName(p.host)} ran out of ports: at most ${number(p.inUse)} of ${number(p.usable)} were in use in ${counted(p.snapshots, 'snapshot')}, and ${log}.`;
  },
} as const;

/** Evidence that names no host belongs to a host called `unknown` in the report. */
function hostName(host: string, otherwise = 'this host'): string {
  return host === 'unknown' ? otherwise : host;
}

function who(processes: readonly string[]): string {
  return processes.length === 0 ? 'a process that this evidence cannot name' : listed(processes);
}

type PoolKind = 'dynamic' | 'auto-reuse';

function portsOf(range: PoolKind = 'dynamic'): string {
  switch (range) {
    case 'dynamic':
      return 'dynamic ports';
    case 'auto-reuse':
      return 'auto-reuse ports';
  }
}
