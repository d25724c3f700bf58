import type { Estimate } from '../../model/estimate.js';
import { counted, duration, interval, lapseOf, listed, number } from './figures.js';
import { processName } from './processes.js';

/** What a client of each kind can do. */
const REUSE = {
  sql: 'If this is ADO.NET, check Pooling=true, one unchanged connection string, and that connections are disposed; other clients have a pool setting of their own.',
  http: 'If this is .NET, keep one HttpClient (or IHttpClientFactory) for the life of the process; elsewhere turn keep-alive on. Look for NTLM and Connection: close.',
  'kernel-client':
    'The kernel itself (PID 4) opens them as a client of SMB, PPTP, NFS or iSCSI: find the program, the mapping or the initiator that makes it connect so often, and change that. For SMB Get-SmbConnection lists who uses which share.',
  driver:
    'The kernel (PID 4) has no client of its own for that port: a driver opens them in its name, probably a filter of an antivirus, a VPN or a backup product, and no table names it. netsh wfp show state and Get-NetAdapterBinding -AllBindings list the filters, driverquery /v the drivers; fltmc names products that are installed, not who owns a socket.',
  windows:
    'The program is part of Windows: find the service, task or policy that makes it connect so often, and change that.',
  browser: 'The program is a browser: find the page, the extension or the proxy that makes it connect anew each time.',
  other:
    'Keep connections open and share them; where that cannot be, let the far side close first, so that TIME_WAIT stays there.',
} as const;

/** The processes a remedy is for; those beyond the first few are counted. */
export type Culprits = {
  readonly processes: readonly string[];
  readonly others: number;
};

function who({ processes, others }: Culprits, nobody = 'the process'): string {
  if (processes.length === 0) return nobody;
  const names = processes.map(processName);
  return listed(others === 0 ? names : [...names, counted(others, 'other')]);
}

function areSeveral({ processes, others }: Culprits): boolean {
  return processes.length + others > 1;
}

/** In the number of those named. */
function it(culprits: Culprits): string {
  return areSeveral(culprits) ? 'them' : 'it';
}

function servicesOf(pids: readonly string[]): string {
  const queries = pids.map((pid) => `tasklist /svc /fi "PID eq ${pid}"`);
  return `${queries.join('; ')} ${pids.length > 1 ? 'name their services' : 'names its service'}.`;
}

function ofCulprits(culprits: Culprits): string {
  return culprits.processes.length === 0 ? '' : ` of ${who(culprits)}`;
}

function stay(mechanism: string): string {
  return mechanism === 'close-wait-leak' ? 'Ports in CLOSE_WAIT stay' : 'The ports stay';
}

/** The remedies: what each is, why, and what can go wrong with it. */
export const actionWords = {
  'action.reuse-connections.title': (p: Culprits & { kind: keyof typeof REUSE }) =>
    p.kind === 'windows' || p.kind === 'browser' || p.kind === 'kernel-client' || p.kind === 'driver'
      ? `Find out why ${who(p)} ${areSeveral(p) ? 'keep' : 'keeps'} opening connections`
      : p.processes.length === 0
        ? 'Find the program that opens the connections, and let it reuse them'
        : `Let ${who(p)} reuse ${areSeveral(p) ? 'their' : 'its'} connections`,
  'action.reuse-connections.why': (p: {
    destination: string | null;
    kind: keyof typeof REUSE;
    perSecond: number | null;
  }) => {
    const rate =
      p.perSecond === null
        ? ''
        : `, at least ${number(p.perSecond)} a second${p.destination === null ? ' in all' : ''}`;
    const opened = `New connections${p.destination === null ? '' : ` to ${p.destination}`}${rate}, each closed by this host, fill the pool.`;
    return `${opened} ${REUSE[p.kind]}`;
  },
  'action.unpin-source-port.title': (p: Culprits) => `Do not pin the source port${ofCulprits(p)}`,
  'action.unpin-source-port.why': (p: { local: string; remote: string }) =>
    `The same local endpoint ${p.local} is used for ${p.remote} again before its TIME_WAIT is over. Let Windows choose the port, keep the connection open, or wait longer before connecting again. No setting of the pool changes it.`,
  'action.unpin-source-port.risk-lists': (p: { local: string }) =>
    `A firewall or an access list at the far end that was written for the source port of ${p.local} refuses any other: ask for that first.`,
  'action.stop-the-leak.title': (p: Culprits & { kernel: boolean }) =>
    p.kernel
      ? 'Find the driver or service behind the kernel’s sockets, and restart the host'
      : p.processes.length === 0
        ? 'Find the process that leaks, and restart it'
        : `Restart ${who(p)}`,
  'action.stop-the-leak.title-sessions': (p: Culprits) => `Log off the sessions in which ${who(p)} holds most ports`,
  'action.stop-the-leak.why-sessions': (p: { processes: number; users: number; named: readonly string[] }) =>
    `It leaks in ${counted(p.processes, 'process', 'processes')} of ${counted(p.users, 'user')}: ending one frees its part only. What a session's processes hold is free once it is logged off (quser, logoff); most is held by ${listed(p.named)}. It fills again until the maker of the program mends it.`,
  'action.stop-the-leak.risk-sessions': () =>
    'Users who are logged off lose what they have not saved: warn them first (msg).',
  'action.stop-the-leak.title-essential': (p: Culprits) =>
    `Restart the host, and find what makes ${who(p)} hold the ports`,
  'action.stop-the-leak.title-planned': (p: Culprits) => `Fail ${who(p)} over or restart ${it(p)} as planned work`,
  'action.stop-the-leak.why': (p: { mechanism: string; pids: readonly string[]; kernel: boolean }) => {
    if (p.kernel)
      return 'The kernel (PID 4) holds them for a driver or a service such as SMB, iSCSI or NFS. netsh wfp show state and Get-NetAdapterBinding -AllBindings list the filters that it may be, driverquery /v the drivers; only a complete memory dump shows which. A restart of the host frees the ports.';
    const dump = p.pids.map((one) => `procdump -ma ${one}`).join('; ');
    const still = p.pids.map((one) => `tasklist /fi "PID eq ${one}"`).join('; ');
    const keep =
      p.pids.length === 0
        ? ''
        : ` First see that the PID still is this program (${still}), for PIDs are given out again. Then keep evidence for its vendor: a full dump (${dump}) and this page. ${servicesOf(p.pids)}`;
    return `${stay(p.mechanism)} until the process closes its sockets; ending it frees them at once.${keep}`;
  },
  'action.stop-the-leak.why-essential': (p: Culprits & { pids: readonly string[] }) => {
    const modules = p.pids.map((pid) => `tasklist /m /fi "PID eq ${pid}"`).join('; ');
    return `Windows cannot run without ${who(p)}: never end, restart or dump it. A restart of the host frees the ports. What makes it hold them is a caller or a module: the destinations of its ports show which service it is asked to talk to, the logs of that service and the Security log show for whom${modules === '' ? '' : `, and ${modules} lists the modules loaded into it (an authentication package, an agent or a filter of another vendor)`}.`;
  },
  'action.stop-the-leak.why-care': (p: { mechanism: string; pids: readonly string[]; planned: boolean }) => {
    const named = p.pids.map((pid) => `tasklist /svc /fi "PID eq ${pid}"`).join('; ');
    const freed = `${stay(p.mechanism)} until the process closes its sockets; ending it frees them at once.`;
    if (p.planned)
      return `${freed} Others depend on it, so it is failed over or restarted as planned work; ask its vendor first which evidence to keep, for a full dump halts it while it is written.`;
    return `${freed} Find out first what it is (${named}). Where it is a part of Windows, such as lsass.exe or a svchost.exe that runs RpcSs, DcomLaunch, LSM or BFE, never end or dump it: restart the host. Where it runs several services, restart the one at fault.`;
  },
  'action.stop-the-leak.risk': () => 'Whatever the process serves is interrupted.',
  'action.stop-the-leak.risk-dump': () =>
    'procdump is a download from Sysinternals and no part of Windows. A full dump suspends the process while it is written, the longer the more memory it has, needs as much disk space, and holds all that was in memory, passwords and keys among it: keep it as confidential as those.',
  'action.stop-the-leak.risk-wrong': () =>
    'If another process leaks, the interruption was for nothing and the ports fill again; count the holders again before it.',
  'action.mend-the-leak.title': (p: Culprits) => `Have ${who(p, 'the process that leaks')} mended`,
  'action.mend-the-leak.why': (p: { held: string }) =>
    `${p.held === 'closeWait' ? 'Connections that the far end has closed are never closed here' : p.held === 'established' ? 'Connections are opened and never closed' : 'Ports are taken and never given back'}: after each restart they fill the pool again. Give its vendor, or whoever owns it, the evidence that was kept, and this page.`,
  'action.risk.program': () =>
    'If this is not the cause, the work on the program is lost and the failures come back; on the host nothing has changed.',
  'action.risk.looks-only': () => 'None: it only looks. If it names nobody, the minutes are lost.',
  'action.risk.essential': (p: Culprits) =>
    `Windows cannot run without ${who(p)}: never end, restart or dump it; only a restart of the host starts it again.`,
  'action.risk.planned': (p: Culprits) =>
    `Others depend on ${who(p)}: restart it only as a planned failover or restart.`,
  'action.udp-range.title': (p: { from: string; to: string }) =>
    `Change the dynamic UDP range from ${p.from} to ${p.to}`,
  'action.udp-range.why': (p: { before: number; after: number }) =>
    `${number(p.after)} ports instead of ${number(p.before)}.`,
  'action.udp-range.risk-fixed': (p: { start: number; end: number }) =>
    `Services with a UDP port of their own in ${String(p.start)}–${String(p.end)} may find it taken when they start again; netstat -ano -p udp shows them.`,
  'action.find-udp-holder.title': () => 'Find the process that holds the UDP ports',
  'action.find-udp-holder.why': () =>
    'Event 4266 names nobody, and no table of UDP endpoints shows who took them. A DNS server holds 2,500 UDP ports by default; that is normal.',
  'action.dns-socket-pool.title': (p: { size: number }) =>
    `Set the socket pool of the DNS server back to ${number(p.size)} ports`,
  'action.dns-socket-pool.why': (p: Culprits & { ports: number; size: number }) =>
    `${who(p, 'The DNS server')} holds ${number(p.ports)} UDP ports from its start to its end, by design: SocketPoolSize sets how many, ${number(p.size)} by default and 10,000 at most. That is no leak; ending the process gives them back only until it starts again.`,
  'action.dns-socket-pool.risk': () =>
    'While the service restarts this host answers no DNS queries. A smaller pool makes forged answers easier to guess; 2,500 is what Windows takes by default.',
  'action.widen-in-emergency.title': () => 'Widen the range to gain time',
  /** Said by reports of version 1. */
  'action.widen-in-emergency.why': (p: { gained: number; perHour: number | null; seconds: number | null }) => {
    const lasts =
      p.perHour === null || p.seconds === null
        ? ' until the leak has filled those too'
        : `: at about ${number(p.perHour)} an hour the leak has filled those too after about ${duration(p.seconds)}`;
    return `${counted(p.gained, 'port')} more${lasts}. This is no cure; put the range back once the process is mended.`;
  },
  'action.widen-in-emergency.gains': (p: {
    gained: number;
    free: number;
    perHour: Estimate | null;
    lasts: Estimate | null;
  }) => {
    const filled =
      p.perHour === null || p.lasts === null
        ? ' until the leak has filled those too'
        : `: at ${interval(p.perHour)} an hour the leak has filled those ${lapseOf(p.lasts)}`;
    return `Only where the process cannot be ended yet; otherwise leave the range as it is. ${counted(p.gained, 'port')} more, so that ${number(p.free)} are free${filled}. This is no cure; put the range back once the process is mended.`;
  },
  'action.answer-or-stop.title': (p: Culprits & { destination: string | null; port: number | null }) => {
    const far = p.port === null ? 'the destinations do' : `the destinations on port ${String(p.port)} do`;
    const whom = p.destination === null ? far : `${p.destination} does`;
    return `Find out why ${whom} not answer${p.processes.length === 0 ? '' : `, or stop ${who(p)} from trying`}`;
  },
  'action.answer-or-stop.why': () =>
    'Each attempt holds a port until it times out. Let the client back off, or make the firewall refuse instead of drop.',
  'action.share-connections.title': (p: Culprits & { crowd?: string }) =>
    p.crowd === undefined
      ? `Spread or share the connections${ofCulprits(p)}`
      : `Spread the users of ${p.crowd} over more hosts, or give this one more addresses`,
  'action.share-connections.why': (p: { crowdProcesses?: number }) =>
    p.crowdProcesses !== undefined
      ? `${number(p.crowdProcesses)} processes have a part each and none has a large one: no program is at fault, there are more users than one host has ports for. Each address of the host has ports of its own for those who connect from it.`
      : 'Each live connection needs a port of its own: fewer connections (multiplexing, HTTP/2), more hosts, or SO_REUSE_UNICASTPORT with an auto-reuse range for many destinations.',
  'action.share-connections.risk-crowd': () =>
    'If this is not the cause, the users were moved for nothing; on this host nothing has changed.',
  'action.restart-host.title': () => 'Restart and update the host',
  'action.restart-host.why': () =>
    'Only a restart frees the ports, and only the update (KB 2553549 or a current Windows) keeps it from coming back after 497 days.',
  'action.widen-range.title': (p: { from: string; to: string }) =>
    `Widen the dynamic TCP range from ${p.from} to ${p.to}`,
  'action.restore-range.title': (p: { from: string; to: string }) =>
    `Put the dynamic TCP range back from ${p.from} to the Windows default ${p.to}`,
  'action.range.why': (p: { before: number; after: number; sustains: number | null }) =>
    `${number(p.after)} usable ports instead of ${number(p.before)}${p.sustains === null ? '' : `; sustains ${number(p.sustains)} connections a second`}.`,
  'action.restart-host.risk': () => 'Everything that this host serves is interrupted while it restarts.',
  'action.restart-host.risk-wrong': () =>
    'If TIME_WAIT is not what stays, the ports fill again, and what a port table could still have shown is gone: take netstat -anoq first.',
  'action.range.risk-wrong': () =>
    'If something takes ports and never gives them back, the wider range only fills later; the way back works as fast.',
  'action.range.risk-blocks': (p: { ports: number; containers: boolean }) =>
    `Services reserve blocks of the dynamic range when they start, ${counted(p.ports, 'port')} here: at the next boot they may be taken from the new range, and more of them. List the excluded ranges again then.${p.containers ? ' This host runs containers: do not stop WinNAT or the Host Network Service to get the blocks back, for that cuts off every container and virtual machine behind their NAT.' : ''}`,
  'action.range.risk-firewall': (p: { start: number; end: number }) =>
    firewallRules(`${String(p.start)}–${String(p.end)}`),
  'action.widen-in-emergency.risk-firewall': (p: { range: string }) => firewallRules(p.range),
  'action.range.risk-listeners': (p: {
    listeners: readonly string[];
    more: number;
    exclude: readonly string[];
    likewise: boolean;
    above: string | null;
    usable: number | null;
  }) => {
    const taken = `The new range takes in ports that services listen on: ${listed(p.listeners)}${p.more > 0 ? ` and ${counted(p.more, 'other')}` : ''}. They keep them while they run.`;
    const move =
      p.above === null || p.usable === null
        ? ''
        : ` Either start the range above them (${p.above}, ${number(p.usable)} usable ports); or, so`;
    return `${taken}${move === '' ? ' So' : move} that no outgoing connection takes one during a restart, stop the service, exclude its port (${p.exclude.join('; ')}${p.likewise ? '; and so on for each port' : ''}), and start it again.`;
  },
  'action.range.risk-no-listeners': (p: { start: number; end: number }) =>
    `No table that was captured lists listening ports, so none could be checked: look first which services listen in ${String(p.start)}–${String(p.end)} (Get-NetTCPConnection -State Listen).`,
  'action.range.risk-unseen': () =>
    'Only listeners seen in the snapshots could be checked; a service that was stopped is not among them. Keep netstat -anoq from when every service runs, and look there for ports of the new range before the change.',
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
    `Connections without a bind of their own, or with SO_REUSE_UNICASTPORT, take their ports here, and a port serves each remote endpoint once at a time. Towards ${p.destination ?? 'one endpoint'} there are ${number(p.after)} ports then instead of ${number(p.before)}${p.sustains === null ? '' : `; sustains ${number(p.sustains)} connections a second to it`}.`,
  'action.auto-reuse.risk-wrong': () =>
    'If the ports are not taken from the auto-reuse range, nothing changes, and the restart was for nothing.',
  'action.change-auto-reuse.risk-firewall': (p: { range: string }) =>
    `Firewall rules written for the old range must allow ${p.range}.`,
  'action.switch-off-auto-reuse.title': (p: { range: string }) => `Or switch the auto-reuse range ${p.range} off`,
  'action.switch-off-auto-reuse.why': (p: { dynamic: string }) =>
    `With 0 ports the feature is off, and the same connections take their ports from the dynamic range ${p.dynamic}, which carries the load seen. Do this instead of widening it, where few remote endpoints are served.`,
  'action.switch-off-auto-reuse.risk': () =>
    'A live connection then has its port to itself again: a program with live connections to many endpoints needs as many ports.',
  'action.use-auto-reuse.title': (p: Culprits & { range: string }) =>
    `Set an auto-reuse range (${p.range}) for the connections${ofCulprits(p)}`,
  'action.use-auto-reuse.title-present': (p: Culprits & { range: string }) =>
    `Let ${who(p, 'the program')} use the auto-reuse range ${p.range}`,
  'action.use-auto-reuse.why': (p: { largest: number; inUse: number }) =>
    `The connections go to many endpoints: no one had more than ${number(p.largest)} of ${number(p.inUse)} ports. In an auto-reuse range one port serves many endpoints at a time. Connections without a bind take their ports there; a program that binds first must set SO_REUSE_UNICASTPORT (.NET 6 and later does).`,
  'action.use-auto-reuse.risk': () =>
    'It gains nothing for connections to a single endpoint, and nothing for programs that bind without the option.',
  'action.shorten-time-wait.title': (p: { seconds: number }) => `Set TcpTimedWaitDelay to ${number(p.seconds)} s`,
  'action.shorten-time-wait.why': (p: { seconds: number; sustains: number | null }) =>
    `Each closed connection then holds its port for ${number(p.seconds)} s${p.sustains === null ? '' : `; together with the range that sustains ${number(p.sustains)} connections a second`}.`,
  'action.shorten-time-wait.risk': () =>
    'TIME_WAIT keeps late segments of an old connection out of a new one (RFC 9293); over slow or lossy paths a shorter wait makes that less sure.',
  'action.registry.risk-way-back': (p: { name: string }) =>
    `Note what the query prints for ${p.name} before the change; the way back needs a restart as well. The exported key is a record only: importing it would also bring back old addresses, DNS servers and the old host name.`,
  'action.remove-max-user-port.title': (p: { value: number }) =>
    `Remove MaxUserPort=${String(p.value)} from the registry`,
  'action.remove-max-user-port.why': (p: { legal: boolean }) =>
    p.legal
      ? 'The range is set by netsh; a second mechanism for the same thing surprises whoever comes next.'
      : 'It is no legal value: no source says what Windows makes of it. The range is set by netsh.',
  'action.remove-max-user-port.risk': () =>
    'If it was what set the range, the range changes with it: check with netsh before and after the next restart.',
  'action.free-exclusions.title': (p: { ports: number }) =>
    `Ask whose ${counted(p.ports, 'excluded port')} these are, and give back what nobody needs`,
  'action.free-exclusions.why': (p: { blocks: readonly string[] }) =>
    `Administered exclusions take ${listed(p.blocks)} out of the pool for good. Each was made to keep a service's port free: only where nobody needs it any more may it be deleted. The range above does without it.`,
  'action.release-blocks.title': (p: { ports: number }) =>
    `Get ${counted(p.ports, 'port')} back from the services that reserved them`,
  'action.release-blocks.why': () =>
    `These blocks have no star in the list: services reserve them when they start. Stopping WinNAT gives its blocks back; check the list before it is started again (net start winnat). What is still listed belongs to the Host Network Service (net stop hns, net start hns), to Hyper-V, or to a service that is gone, and goes with a restart of the host. The range above does without them.`,
  'action.release-blocks.risk-network': () =>
    'While WinNAT or the Host Network Service is stopped, containers, WSL and virtual machines behind their NAT have no network.',
  'action.release-blocks.risk-return': () =>
    'The blocks may come back, and elsewhere, when the service starts or the host restarts; then the interruption was for nothing.',
  'action.free-exclusions.risk': () =>
    'Somebody excluded them for a service: if they are still needed, an outgoing connection takes its port and the service cannot start.',
} as const;

function firewallRules(range: string): string {
  return `Firewall rules written for the old range (RPC, outbound) must allow ${range}.`;
}
