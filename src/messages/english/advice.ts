import type { Estimate } from '../../model/estimate.js';
import { counted, duration, interval, listed, number, share } from '../wording.js';

/** `10 min 30 s`: exact, where a difference to a delay of minutes matters. */
function lapse(seconds: number): string {
  if (seconds >= 7200) return duration(seconds);
  const rest = seconds % 60;
  const minutes = Math.floor(seconds / 60);
  return [minutes > 0 ? `${String(minutes)} min` : '', rest > 0 || minutes === 0 ? `${String(rest)} s` : '']
    .filter((part) => part !== '')
    .join(' ');
}

/** From here on the success of a remedy shows in the count. */
const FEW_HUNDRED = 500;

/** What a client of each kind can do. */
const REUSE = {
  sql: 'If this is ADO.NET, check Pooling=true, one unchanged connection string, and that connections are disposed; other clients have a pool setting of their own.',
  http: 'Keep one HttpClient (or IHttpClientFactory) for the life of the process, keep-alive on, and look for NTLM or Connection: close.',
  other:
    'Keep connections open and share them; where that cannot be, let the far side close first, so that TIME_WAIT stays there.',
} as const;

/** Reasons, remedies and arithmetic. */
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
  'advice.leave.at-the-limits': () =>
    'Leave it: it is already as short as can be recommended, and does not carry the load.',
  'advice.leave.already-enough': () => 'Leave it: the range as it is carries the demand seen.',
  'advice.delay.range-is-enough': () =>
    'Leave it: the wider range alone carries the demand, takes effect at once, and keeps the protection TIME_WAIT gives.',
  'advice.delay.cannot-tell': (p: { timeWait: number | null; usable: number }) =>
    p.timeWait === null
      ? 'Leave it: nothing captured shows that TIME_WAIT held the ports.'
      : `Leave it: only ${number(p.timeWait)} of ${number(p.usable)} ports were in TIME_WAIT, so a shorter delay could free no more than those.`,
  'advice.delay.too-late': (p: { timeWait: number; secondsAfter: number; lasts: Estimate; assumed: boolean }) =>
    `Leave it: the ${counted(p.timeWait, 'port')} in TIME_WAIT were listed ${lapse(p.secondsAfter)} after the last event, later than TIME_WAIT lasts ${p.assumed ? 'by default' : 'here'} (${interval(p.lasts)} s). What held the ports at the time of the events cannot be in that list, so it neither supports nor excludes a shorter delay.`,
  'advice.delay.not-then': (p: { timeWait: number }) =>
    `Leave it: nothing shows that the ${counted(p.timeWait, 'port')} in TIME_WAIT were listed while connections failed, so the list neither supports nor excludes a shorter delay.`,
  'advice.delay.range-first': (p: { sustains: number; seen: number; headroom: number; next: number | null }) =>
    `Leave it for now: the wider range sustains ${number(p.sustains)} connections a second at ${share(p.headroom)} fill, ${number(p.sustains / p.seen)} times the ${number(p.seen)} that were seen. The full pool hid the true demand${p.next === null ? '.' : `; if 4227 or 4231 comes back after widening, ${number(p.next)} s would be the next step (restart needed).`}`,
  'advice.delay.shorten': (p: { seconds: number; range: boolean }) =>
    `${p.range ? 'Even the widest range does not carry the demand; ' : ''}${number(p.seconds)} s is the longest delay that does.`,
  'advice.delay.pending': (p: { configured: number; effective: Estimate }) =>
    `Leave it: ${number(p.configured)} s is configured already, but the sockets still live ${interval(p.effective)} s. Either the host has not been restarted since it was set, or this Windows does not read the value.`,
  'advice.max-user-port.leave': () =>
    'Do not set it: on Vista and later the range is set by netsh, and two mechanisms at once are a trap.',
  'advice.max-user-port.keep': (p: { value: number }) =>
    `Leave it at ${String(p.value)}: the range needs no change. On Vista and later netsh is the better place for it.`,
  'advice.max-user-port.unverified': (p: { value: number }) =>
    `Leave it at ${String(p.value)}: the range needs no change. Whether it is in effect only netsh shows, and that was not captured.`,
  'advice.max-user-port.overruled': (p: { value: number; source: string; start: number; end: number; undo: string }) =>
    `MaxUserPort=${String(p.value)} is set, but ${p.source} shows ${String(p.start)}–${String(p.end)}: it is not in effect. It may change the range at the next restart; remove it (${p.undo}), or check with netsh after the restart.`,
  'advice.max-user-port.leftover': (p: { value: number }) =>
    `Remove MaxUserPort=${String(p.value)}: the range is set by netsh from now on, and no source says which of the two wins.`,
  'advice.max-user-port.spelling': (p: {
    start: number;
    end: number;
    listeners: readonly string[];
    more: number;
    set: string;
    undo: string;
  }) => {
    const taken =
      p.listeners.length === 0
        ? ''
        : ` That takes in ports that services listen on: ${listed(p.listeners)}${p.more > 0 ? ` and ${counted(p.more, 'other')}` : ''}.`;
    return `Only instead of netsh, where policy allows nothing else: it stands for ${String(p.start)}–${String(p.end)}.${taken} Set it: ${p.set}. Check with netsh whether it has taken effect; sources differ on the restart. Back: ${p.undo}.`;
  },
  'advice.range.udp': () => 'The UDP range is a range of its own; nothing here asks for a change.',
  'advice.range.leave': (p: { why: string; mechanism: string; assumed: boolean }) => {
    const assumed = p.assumed ? ' The Windows default is assumed; the range was not captured.' : '';
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
        return `Leave it: it cannot be made wider.${assumed}`;
      default:
        return `Leave it: it carries the demand seen.${assumed}`;
    }
  },
  'advice.range.restore': (p: { usable: number }) =>
    `Back to the Windows default: ${number(p.usable)} usable ports carry the load seen with room to spare.`,
  'advice.range.widen': (p: {
    start: number;
    end: number;
    usable: number;
    sustains: number | null;
    censored: boolean;
    below: string | null;
    limit: boolean;
  }) => {
    const rate = p.sustains === null ? '' : `, which sustain ${number(p.sustains)} connections a second`;
    if (p.limit) return `${number(p.usable)} usable ports${rate}: it buys time, and does not carry the load.`;
    return p.censored
      ? `The full pool hid how much more was wanted, so the range takes all there is${p.below === null ? '' : ` above the listener on ${p.below}`}: ${number(p.usable)} usable ports${rate}.`
      : `The smallest range that carries the upper end of the demand: ${number(p.usable)} usable ports${rate}.`;
  },
  'advice.range.not-it': (p: { assumed: boolean }) =>
    `Leave it: it is the auto-reuse range that ran out, and the dynamic range had ports to spare.${p.assumed ? ' The Windows default is assumed; the range was not captured.' : ''}`,
  'advice.auto-reuse.leave': (p: { judged: boolean }) =>
    p.judged
      ? 'Leave it: no larger range beside the dynamic one would help.'
      : 'Leave it: no remote endpoint came near to using it up. Programs that bind before they connect take no port from it.',
  'advice.auto-reuse.widen': (p: { usable: number; sustains: number | null }) =>
    `Each remote endpoint can have a port of it once: ${number(p.usable)} usable ports${p.sustains === null ? '' : `, which sustain ${number(p.sustains)} connections a second to one endpoint`}.`,
  'advice.exclusions.leave': (p: { ports: number }) =>
    p.ports === 0
      ? 'No excluded ports inside the range are known.'
      : `${counted(p.ports, 'port')} of the range are excluded; leave them.`,
  'advice.exclusions.remove': () =>
    'Large administered exclusions take the ports that are missing; check what they are for and delete them.',

  'arithmetic.usable': (p: { count: number; excluded: number; listening: number; usable: number }) =>
    `usable ports = range − excluded − listeners in it = ${number(p.count)} − ${number(p.excluded)} − ${number(p.listening)} = ${number(p.usable)}`,
  'arithmetic.need': (p: {
    rate: number;
    atLeast: boolean;
    lifetime: number;
    timeWait: number;
    rest: number;
    ports: number;
  }) =>
    `ports needed = connections a second × (lifetime + TIME_WAIT) + the rest = ${p.atLeast ? 'at least ' : ''}${String(p.rate)} × (${String(p.lifetime)} + ${number(p.timeWait)}) + ${number(p.rest)} = ${number(p.ports)}`,
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
  'arithmetic.leak': (p: { start: number; end: number; usable: number; perHour: number; seconds: number }) =>
    `${String(p.start)}–${String(p.end)}: ${number(p.usable)} usable ports, ${p.seconds <= 0 ? 'full already' : `full after about ${duration(p.seconds)} more`} at about ${number(p.perHour)} ports an hour`,

  'action.reuse-connections.title': (p: { processes: readonly string[] }) =>
    `Let ${p.processes.length === 0 ? 'the client' : listed(p.processes)} reuse its connections`,
  'action.reuse-connections.why': (p: {
    destination: string | null;
    kind: 'sql' | 'http' | 'other';
    perSecond: number | null;
    waiting: number;
  }) => {
    const rate = p.perSecond === null ? '' : `, at least ${number(p.perSecond)} a second in all`;
    const opened = `New connections${p.destination === null ? '' : ` to ${p.destination}`}${rate}, each closed by this host, fill the pool.`;
    const done =
      p.destination === null || p.waiting < FEW_HUNDRED
        ? ''
        : ` It has worked when the count for ${p.destination} falls from ${number(p.waiting)} to below a few hundred within 4 minutes.`;
    return `${opened} ${REUSE[p.kind]}${done}`;
  },
  'action.unpin-source-port.title': (p: { processes: readonly string[] }) =>
    `Do not pin the source port${p.processes.length === 0 ? '' : ` of ${listed(p.processes)}`}`,
  'action.unpin-source-port.why': (p: { local: string; remote: string }) =>
    `The same local endpoint ${p.local} is used for ${p.remote} again before its TIME_WAIT is over. Let Windows choose the port, keep the connection open, or wait longer before connecting again. No setting of the pool changes it. It has worked when the System log gets no new 4227 within an hour.`,
  'action.stop-the-leak.title': (p: { processes: readonly string[]; kernel: boolean }) =>
    p.kernel
      ? 'Find the driver or service behind the kernel’s sockets, and restart the host'
      : p.processes.length === 0
        ? 'Find the process that leaks, restart it, then have it mended'
        : `Restart ${listed(p.processes)}, then have it mended`,
  'action.stop-the-leak.why': (p: { mechanism: string; pids: readonly string[]; kernel: boolean }) => {
    if (p.kernel)
      return 'The kernel (PID 4) holds them for a driver or a service such as SMB, iSCSI or NFS. Only a complete memory dump shows which; a restart of the host frees the ports.';
    const what = p.mechanism === 'close-wait-leak' ? 'Ports in CLOSE_WAIT stay' : 'The ports stay';
    const [pid] = p.pids;
    const dump = p.pids.map((one) => `procdump -ma ${one}`).join('; ');
    const keep =
      pid === undefined
        ? ''
        : ` First keep evidence for its vendor: a full dump (${dump}) and this page. tasklist /svc /fi "PID eq ${pid}" names its service.`;
    return `${what} until the process closes its sockets; ending it frees them at once.${keep} If they come free when it ends, the cause is confirmed. It has worked when the count of the process is near 0 and does not grow any more.`;
  },
  'action.stop-the-leak.risk': () => 'Whatever the process serves is interrupted.',
  'action.find-udp-holder.title': () => 'Find the process that holds the UDP ports',
  'action.find-udp-holder.why': () =>
    'Event 4266 names nobody, and no table of UDP endpoints shows who took them. A DNS server holds 2,500 UDP ports by default; that is normal.',
  'action.widen-in-emergency.title': () => 'Only if the process cannot be ended yet: widen the range to gain time',
  'action.widen-in-emergency.why': (p: { gained: number; perHour: number | null; seconds: number | null }) => {
    const lasts =
      p.perHour === null || p.seconds === null
        ? ' until the leak has filled those too'
        : `: at about ${number(p.perHour)} an hour the leak has filled those too after about ${duration(p.seconds)}`;
    return `${counted(p.gained, 'port')} more${lasts}. This is no cure; put the range back once the process is mended.`;
  },
  'action.answer-or-stop.title': (p: { processes: readonly string[]; destination: string | null }) =>
    `Find out why ${p.destination ?? 'the destination'} does not answer${p.processes.length === 0 ? '' : `, or stop ${listed(p.processes)} from trying`}`,
  'action.answer-or-stop.why': () =>
    'Each attempt holds a port until it times out. Let the client back off, or make the firewall refuse instead of drop.',
  'action.share-connections.title': (p: { processes: readonly string[] }) =>
    `Spread or share the connections${p.processes.length === 0 ? '' : ` of ${listed(p.processes)}`}`,
  'action.share-connections.why': () =>
    'Each live connection needs a port of its own: fewer connections (multiplexing, HTTP/2), more hosts, or SO_REUSE_UNICASTPORT with an auto-reuse range for many destinations.',
  'action.restart-host.title': () => 'Restart the host, then update it',
  'action.restart-host.why': () =>
    'Only a restart frees the ports, and only the update (KB 2553549 or a current Windows) keeps it from coming back after 497 days.',
  'action.widen-range.title': (p: { from: string; to: string }) =>
    `Widen the dynamic TCP range from ${p.from} to ${p.to}`,
  'action.restore-range.title': (p: { from: string; to: string }) =>
    `Put the dynamic TCP range back from ${p.from} to the Windows default ${p.to}`,
  'action.range.why': (p: { before: number; after: number; sustains: number | null }) =>
    `${number(p.after)} usable ports instead of ${number(p.before)}${p.sustains === null ? '' : `; sustains ${number(p.sustains)} connections a second`}. Takes effect at once, no restart.`,
  'action.range.risk-firewall': (p: { start: number; end: number }) =>
    `Firewall rules written for the old range (RPC, outbound) must allow ${String(p.start)}–${String(p.end)}.`,
  'action.range.risk-listeners': (p: { listeners: readonly string[]; more: number }) =>
    `The new range takes in ports that services listen on: ${listed(p.listeners)}${p.more > 0 ? ` and ${counted(p.more, 'other')}` : ''}. They keep them while they run; so that no outgoing connection takes one during a restart, stop the service, exclude its port (netsh int ipv4 add excludedportrange), and start it again.`,
  'action.range.risk-unseen': () =>
    'Only listeners seen in the snapshots could be checked; a service that was stopped is not among them.',
  'action.range.risk-assumed': () =>
    'The range before the change was not captured; the way back assumes the Windows default. Note what netsh shows for IPv4 and for IPv6 first.',
  'action.range.risk-assumed-ipv6': () =>
    'The range of IPv6 was not captured; the way back takes it to be the same as that of IPv4. Note what netsh shows for both first.',
  'action.range.risk-auto-reuse': (p: { range: string; ports: number }) =>
    `The new range goes over the auto-reuse range ${p.range}: its ${counted(p.ports, 'port')} are not counted here, since no source says which of the two ranges has them then.`,
  'action.change-auto-reuse.title': (p: { from: string; to: string }) =>
    `Widen the auto-reuse range from ${p.from} to ${p.to}`,
  'action.change-auto-reuse.why': (p: {
    destination: string | null;
    before: number;
    after: number;
    sustains: number | null;
  }) =>
    `Connections without a bind of their own, or with SO_REUSE_UNICASTPORT, take their ports here, and a port serves each remote endpoint once at a time. Towards ${p.destination ?? 'one endpoint'} there are ${number(p.after)} ports then instead of ${number(p.before)}${p.sustains === null ? '' : `; sustains ${number(p.sustains)} connections a second to it`}. Restart the host afterwards.`,
  'action.change-auto-reuse.risk-firewall': (p: { range: string }) =>
    `Firewall rules written for the old range must allow ${p.range}.`,
  'action.switch-off-auto-reuse.title': (p: { range: string }) => `Or switch the auto-reuse range ${p.range} off`,
  'action.switch-off-auto-reuse.why': (p: { dynamic: string }) =>
    `With 0 ports the feature is off, and the same connections take their ports from the dynamic range ${p.dynamic}, which carries the load seen. Do this instead of widening it, where few remote endpoints are served.`,
  'action.switch-off-auto-reuse.risk': () =>
    'A live connection then has its port to itself again: a program with live connections to many endpoints needs as many ports.',
  'action.use-auto-reuse.title': (p: { processes: readonly string[]; range: string }) =>
    `Set an auto-reuse range (${p.range}) for the connections${p.processes.length === 0 ? '' : ` of ${listed(p.processes)}`}`,
  'action.use-auto-reuse.title-present': (p: { processes: readonly string[]; range: string }) =>
    `Let ${p.processes.length === 0 ? 'the program' : listed(p.processes)} use the auto-reuse range ${p.range}`,
  'action.use-auto-reuse.why': (p: { largest: number; inUse: number }) =>
    `The connections go to many endpoints: no one had more than ${number(p.largest)} of ${number(p.inUse)} ports. In an auto-reuse range one port serves many endpoints at a time. Connections without a bind take their ports there; a program that binds first must set SO_REUSE_UNICASTPORT (.NET 6 and later does).`,
  'action.use-auto-reuse.risk': () =>
    'It gains nothing for connections to a single endpoint, and nothing for programs that bind without the option.',
  'action.shorten-time-wait.title': (p: { seconds: number }) =>
    `Set TcpTimedWaitDelay to ${number(p.seconds)} s at the next restart`,
  'action.shorten-time-wait.why': (p: { seconds: number; sustains: number | null }) =>
    `Each closed connection then holds its port for ${number(p.seconds)} s${p.sustains === null ? '' : `; together with the range that sustains ${number(p.sustains)} connections a second`}.`,
  'action.shorten-time-wait.risk': () =>
    'TIME_WAIT keeps late segments of an old connection out of a new one (RFC 9293); over slow or lossy paths a shorter wait makes that less sure.',
  'action.registry.risk-way-back': (p: { name: string }) =>
    `Note what the query prints for ${p.name} before the change; the way back needs a restart as well. The exported key is a record only: importing it would also bring back old addresses, DNS servers and the old host name.`,
  'action.remove-max-user-port.title': (p: { value: number }) =>
    `Remove MaxUserPort=${String(p.value)} from the registry`,
  'action.remove-max-user-port.why': () =>
    'The range is set by netsh; a second mechanism for the same thing surprises whoever comes next.',
  'action.remove-max-user-port.risk': () => 'Check the range with netsh before and after the next restart.',
  'action.free-exclusions.title': (p: { ports: number }) =>
    `Give ${counted(p.ports, 'excluded port')} back to the range`,
  'action.free-exclusions.why': () => 'Administered exclusions take these ports out of the pool for good.',
  'action.free-exclusions.risk': () => 'Somebody excluded them for a service: find out which before deleting.',
} as const;
