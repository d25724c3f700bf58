import type { Estimate } from '../../model/estimate.js';
import { counted, elapsed, interval, listed, moment, number } from './figures.js';

/** What looks like used-up ports and is something else, and pools beside the one that was counted. */
export const neighbourWords = {
  'other.kernel-pool': (p: { count: number }) =>
    `The paged or non-paged pool was empty (${counted(p.count, 'event')} 2019 or 2020 of Srv): programs then get the same error 10055 without any shortage of ports. Look for the driver that holds the memory (poolmon), not for ports.`,
  'other.nat-pool': (p: { count: number }) =>
    `A NAT of this host had no port left in its own pool (${counted(p.count, 'event')} 1033 of WinNat). It was containers or virtual machines behind it that could not connect; their ports stand in no port table of the host, Get-NetNatSession lists them.`,
  'other.fixed-port': (p: { count: number; ports: readonly string[] }) =>
    `A program was refused the port it is set up with (${counted(p.count, 'event')} 15005 of HttpEvent${p.ports.length === 0 ? '' : `, port ${listed(p.ports)}`}). That is no shortage: error 10013 means an excluded range or a reservation has the port, 10048 that another program has it.`,
  'other.foreign-events': (p: { count: number; ids: readonly string[]; providers: readonly string[] }) =>
    `${counted(p.count, 'event')} ${listed(p.ids)} ${p.count === 1 ? 'is' : 'are'} of ${listed(p.providers)}, not of Tcpip: ${p.count === 1 ? 'it has' : 'they have'} nothing to do with ports.`,
  'other.start-events': (p: { count: number; ids: readonly string[] }) =>
    `${counted(p.count, 'event')} ${listed(p.ids)} within ten minutes after a start ${p.count === 1 ? 'is' : 'are'} of that start: the network was still coming up.`,
  'other.pending-delay': (p: { configured: number; effective: Estimate }) =>
    `TcpTimedWaitDelay stands at ${number(p.configured)} s in the registry and is not in effect: TIME_WAIT lasts ${interval(p.effective)} s. It waits for the next restart of the host.`,
  'other.server-side': (p: { rows: number; inUse: number }) =>
    `${number(p.rows)} rows in TIME_WAIT are on ports that this host listens on: the far end chose their ports, and they hold none of the ${counted(p.inUse, 'dynamic port')} in use here.`,
  'other.compartment': (p: { image: string }) =>
    `${p.image} runs on this host. Each container has a network compartment with a port table of its own, while the log speaks for the host: the ports may have run out in a compartment or in the NAT, which the table captured does not show.`,
  'other.rpc-ports': () =>
    'RPC servers of this host take their ports from a small range of their own (Rpc\\Internet, Ports). Once that is used up, callers get error 1753 and servers do not start, however many dynamic ports are free.',
  'other.range-changed': (p: { transport: string; pool: 'dynamic' | 'auto-reuse'; first: string; other: string }) =>
    `The ${p.pool === 'dynamic' ? 'dynamic' : 'auto-reuse'} range for ${p.transport.toUpperCase()} is stated as ${p.first} and as ${p.other}: it was changed between the two. Everything here is counted in the first; a table from after the change had the other.`,
  'other.range-disputed': (p: { transport: string; first: string; other: string }) =>
    `netsh shows ${p.first} as the dynamic range for ${p.transport.toUpperCase()}, Get-NetTCPSetting shows ${p.other}: one of the two is from before a change, or of another template. Everything here is counted in what netsh shows.`,
  'other.incident': (p: { from: string; offsetMinutes: number | null }) =>
    `It is what the incident of ${moment(p.from, p.offsetMinutes)} shows; the tables counted on this page are those of another incident.`,
  'action.other-incident.why': (p: { from: string; offsetMinutes: number | null }) =>
    `For the incident of ${moment(p.from, p.offsetMinutes)}, which had a cause of its own: run the evidence of that time alone for its numbers.`,
  'action.other-incident.worked': () => 'No new 4227, 4231 or 4266 is logged when the same work is done again.',
  'other.clocks-apart': (p: { seconds: number }) =>
    `The table nearest to a refused connection that shows the pool full was taken ${elapsed(Math.abs(p.seconds))} ${p.seconds < 0 ? 'before' : 'after'} it. Either the log kept no more of them, or the tables and the log go by clocks that differ: compare the time and the time zone of the machine that saved the tables with those of the host (w32tm /query /status).`,
  'other.session-leak': (p: {
    process: string;
    processes: number;
    users: number;
    most: number;
    ports: number;
    named: readonly string[];
  }) =>
    `${p.process} leaks in ${counted(p.processes, 'process', 'processes')}${p.users < 2 ? '' : ` of ${counted(p.users, 'user')}`}; none holds more than ${number(p.most)} of its ${number(p.ports)} ports, most of all ${listed(p.named)}. Ending one of them frees its part only, and the others go on.`,
} as const;
