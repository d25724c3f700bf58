import { counted, number } from './figures.js';

/** From here on the success of a remedy shows in the count. */
const FEW_HUNDRED = 500;

const WHO = {
  host: 'An administrator of this host.',
  program: 'Whoever owns the program, or its vendor; an administrator of this host starts it again.',
  windows: 'An administrator of this host, with whoever owns what makes Windows do this.',
  leak: 'An administrator of this host, once whoever owns the program has agreed.',
  planned: 'Whoever runs the service or its cluster, with an administrator of this host.',
  destination: 'Whoever owns the destination or the firewall before it, then whoever owns the program.',
  exclusions: 'An administrator of this host, once whoever excluded the ports has agreed.',
  containers: 'An administrator of this host, once whoever runs its containers and virtual machines has agreed.',
} as const;

const DURATION = {
  commands: 'Minutes. The commands work at once and end no connection.',
  'commands-and-restart': 'Minutes for the commands; they count once the host has been restarted.',
  restart: 'As long as this host takes to restart, and the update as long as it takes to install.',
  'restart-and-look': 'As long as this host takes to restart; to find the cause takes hours or days.',
  process: 'Minutes to start the process again, and before that as long as the dump takes to write.',
  sessions: 'Minutes, once their users are warned.',
  failover: 'As long as the failover or the planned restart takes.',
  program: 'Hours to change a configuration, days or weeks to change the program.',
  look: 'Minutes.',
  'look-and-change': 'Hours to find it; the change takes as long as its owner needs.',
  service: 'Minutes, in which what needs the service has no network.',
} as const;

/** Who does an action, how long it takes, and how one sees that it worked. */
export const actionFieldWords = {
  'action.not-said': () => 'The version of portmortem that wrote this report did not say.',
  'action.who': (p: { role: keyof typeof WHO }) => WHO[p.role],
  'action.duration': (p: { kind: keyof typeof DURATION }) => DURATION[p.kind],
  'action.worked.range': (p: { range: string }) =>
    `netsh shows ${p.range}, and no new 4227 or 4231 is logged through the next busy hours.`,
  'action.worked.udp-range': (p: { range: string }) =>
    `netsh shows ${p.range} for UDP, and no new 4266 is logged through the next busy hours.`,
  'action.worked.auto-reuse': (p: { range: string }) =>
    `After the restart Get-NetTCPSetting shows the auto-reuse range as ${p.range}, and no new 4227 or 4231 is logged through the next busy hours.`,
  'action.worked.auto-reuse-off': () =>
    'After the restart Get-NetTCPSetting shows 0 ports, and no new 4227 or 4231 is logged through the next busy hours.',
  'action.worked.auto-reuse-in-use': (p: { range: string }) =>
    `The program’s connections have local ports in ${p.range}.`,
  'action.worked.reuse': (p: { destination: string | null; waiting: number }) =>
    p.destination === null || p.waiting < FEW_HUNDRED
      ? 'The next time this host is as busy, the counts of TIME_WAIT by destination stay lower, and no new 4227 or 4231 is logged.'
      : `The next time this host is as busy, the count for ${p.destination} stays below a few hundred; it was ${number(p.waiting)}. A count taken while the load is low shows nothing.`,
  'action.worked.unpin': (p: { remote: string }) =>
    `Get-NetTCPConnection shows the connections to ${p.remote} from changing local ports, or one that stays; and the System log gets no new 4227 through hours of ordinary work: asked for those since the change, Get-WinEvent finds no events.`,
  'action.worked.leak': () =>
    'The count of the process is near 0 and does not grow any more. If the ports come free when it ends, the cause is confirmed.',
  'action.worked.mended': () =>
    'The count of the process goes up and down with its work and keeps to a level, through days without a restart.',
  'action.worked.leak-host': () =>
    'After the restart the count of the process is near 0; the cause is found once it no longer grows.',
  'action.worked.dns-socket-pool': (p: { size: number }) =>
    `dnscmd shows ${number(p.size)}, dns.exe holds about as many UDP ports, and no new 4266 is logged through the next busy hours.`,
  'action.worked.udp-holder': () => 'The list shows a process with most of the UDP ports.',
  'action.worked.answer': () => 'The count of connections in SYN_SENT falls to a few within a minute.',
  'action.worked.share': () =>
    'The count of live connections falls, and ports in use stay below the limit at the busiest hour.',
  'action.worked.restart-host': () =>
    'After the restart TIME_WAIT is short and goes up and down; with the update it still does after 497 days.',
  'action.worked.exclusions': (p: { ports: number }) =>
    `The list no longer shows ${counted(p.ports, 'port')} as excluded, and no new 4227 or 4231 is logged through the next busy hours.`,
  'action.worked.delay': (p: { seconds: number }) =>
    `After the restart no connection in TIME_WAIT is older than about ${number(p.seconds)} s.`,
  'action.worked.max-user-port': () =>
    'The query finds no MaxUserPort, and netsh shows the range that was set, also after a restart.',
} as const;
