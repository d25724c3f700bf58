import type { TableScope } from '../../model/snapshot.js';
import { listed } from './figures.js';
import { stateName } from './hypotheses.js';

/** Microsoft's port exhaustion article names the switch for Windows 10 and Server 2016 on. */
const NETSTAT_Q =
  'netstat -q needs Windows 10 or Server 2016. Before those, netstat -ano shows the other states, and Bound ports only Get-NetTCPConnection (Windows 8, Server 2012 and later).';

/** The loop that writes a table every 30 s. */
const LOOP =
  'The loop writes into the folder in which it is started, one or two megabytes a table where the pool is full, and ends after two hours (Ctrl+C ends it sooner).';

/** The script that switches on the audit of connections: what it costs, what stops it, where it writes. */
const AUDIT = [
  'The first script needs PowerShell as administrator and ends by itself after ten minutes. It switches on the audit that names process and port of every connection (5156), which floods the Security log.',
  'It first shows retention and size of that log and the policy CrashOnAuditFail: where that is 1 or 2 do not run it, for a full log then halts the machine.',
  'Before it changes anything it stops there, where the log is not overwritten when it is full, where less than 4 GB are free, and where auditpol /backup fails. Then it prints the way back in full and waits for Enter.',
  'It enlarges a log of less than 1 GB, and puts audit and size back at the end; the file stays large until the log is cleared, and older events may be overwritten, so save them first if they matter.',
  'It writes into a new folder portmortem-DATE-TIME in the profile of the user who runs it: about 1.5 kB a connection (1 GB where 1,000 a second are opened), and one or two megabytes every ten seconds where the pool is full.',
].join(' ');

/** What to collect next time, and why. */
export const missingEvidenceWords = {
  'lacking.tables': () => 'A port table every 30 s, from before the trouble until after it',
  'lacking.tables.why': () => `Without a port table nothing shows who holds the ports. ${LOOP} ${NETSTAT_Q}`,
  'lacking.all-states': () => 'A port table with all states every 30 s, from before the trouble until after it',
  'lacking.all-states.why': (p: { classes: readonly string[]; scope: TableScope }) =>
    p.scope === 'filtered'
      ? `The table captured was filtered: ${listed(p.classes.map(stateName))} could not be seen, and a leak would hide there. ${LOOP} ${NETSTAT_Q}`
      : `Nothing shows that the table captured is the whole one: what it lacks may be there all the same. Save all of it, with its heading and the command above it. ${LOOP} ${NETSTAT_Q}`,
  'lacking.bound': () => 'A port table that shows Bound ports',
  'lacking.bound.why': () =>
    `netstat without -q leaves out ports that are bound but not connected; a leak of them is invisible. ${NETSTAT_Q}`,
  'lacking.series': () => 'Tables every 30 s, from before the trouble until after it',
  'lacking.series.why': () =>
    `Rates, the life of TIME_WAIT and growth are measured between tables; TIME_WAIT is gone within four minutes. ${LOOP}`,
  'lacking.log': () => 'The System log for the time of the snapshots',
  'lacking.log.why': () => 'Without it an outage between two snapshots leaves no trace.',
  'lacking.range': () => 'The dynamic port ranges',
  'lacking.range.why': () =>
    'Without them the Windows default is assumed, and every share of the pool with it. TCP and UDP, IPv4 and IPv6 are asked for apart.',
  'lacking.exclusions': () => 'The excluded port ranges',
  'lacking.exclusions.why': () =>
    'Hyper-V, containers and WSL reserve blocks inside the range; those ports cannot be handed out.',
  'lacking.opener': () => 'The program that opens the connections, caught while it does',
  'lacking.opener.why': (p: { because: 'no-owners' | 'gone' }) =>
    `${p.because === 'no-owners' ? 'The table lists no owning processes (netstat without -o).' : 'Whoever opened most of the connections was gone, or hidden behind PID 0, when the tables were taken; more tables alone may miss it as well.'} ${AUDIT} Two ways without it: Sysmon, where its event 3 is logged, and the second script, a trace of Microsoft-Windows-TCPIP in C:\\Windows\\Temp, of up to 1 GB and larger still as CSV, for a person to read (1001 names the PID of a socket, 1006 with 0xC0000209 a bind refused). ${NETSTAT_Q}`,
  'lacking.nat-sessions': () => 'The sessions of the NAT, and a port table from inside the container',
  'lacking.nat-sessions.why': () =>
    'Ports held by a NAT, or in the network compartment of a container, stand in no port table of the host. Take netstat -anoq inside the container as well (docker exec).',
  'lacking.processes': () => 'The names behind the PIDs',
  'lacking.processes.why': () => 'A PID says nothing once the process has ended.',
  'lacking.registry': () => 'Tcpip\\Parameters',
  'lacking.registry.why': () => 'Whether TcpTimedWaitDelay or MaxUserPort is set is not known.',
  'lacking.udp': () => 'The UDP endpoints',
  'lacking.udp.why': () => 'UDP has a pool of its own, which a TCP table cannot show.',
} as const;
