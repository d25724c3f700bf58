import { listed } from './figures.js';
import { stateName } from './hypotheses.js';

/** Microsoft's port exhaustion article names the switch for Windows 10 and Server 2016 on. */
const NETSTAT_Q = 'netstat -q needs Windows 10 or Server 2016; before those, netstat -ano.';

/** What to collect next time, and why. */
export const missingEvidenceWords = {
  'lacking.tables': () => 'A port table every 30 s, from before the trouble until after it',
  'lacking.tables.why': () => `Without a port table nothing shows who holds the ports. ${NETSTAT_Q}`,
  'lacking.all-states': () => 'A port table with all states every 30 s, from before the trouble until after it',
  'lacking.all-states.why': (p: { classes: readonly string[] }) =>
    `The table captured was filtered: ${listed(p.classes.map(stateName))} could not be seen, and a leak would hide there. ${NETSTAT_Q}`,
  'lacking.bound': () => 'A port table that shows Bound ports',
  'lacking.bound.why': () =>
    `netstat without -q leaves out ports that are bound but not connected; a leak of them is invisible. ${NETSTAT_Q}`,
  'lacking.series': () => 'Tables every 30 s, from before the trouble until after it',
  'lacking.series.why': () =>
    'Rates, the life of TIME_WAIT and growth are measured between tables; TIME_WAIT is gone within four minutes.',
  'lacking.log': () => 'The System log for the time of the snapshots',
  'lacking.log.why': () => 'Without it an outage between two snapshots leaves no trace.',
  'lacking.range': () => 'The dynamic port ranges',
  'lacking.range.why': () =>
    'Without them the Windows default is assumed, and every share of the pool with it. TCP and UDP, IPv4 and IPv6 are asked for apart.',
  'lacking.exclusions': () => 'The excluded port ranges',
  'lacking.exclusions.why': () =>
    'Hyper-V, containers and WSL reserve blocks inside the range; those ports cannot be handed out.',
  'lacking.processes': () => 'The names behind the PIDs',
  'lacking.processes.why': () => 'A PID says nothing once the process has ended.',
  'lacking.registry': () => 'Tcpip\\Parameters',
  'lacking.registry.why': () => 'Whether TcpTimedWaitDelay or MaxUserPort is set is not known.',
  'lacking.udp': () => 'The UDP endpoints',
  'lacking.udp.why': () => 'UDP has a pool of its own, which a TCP table cannot show.',
} as const;
