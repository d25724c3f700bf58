import { counted, duration } from './figures.js';

/** What an event of the log means here. */
export const eventWords = {
  'event.collision': () => 'The port chosen for a connection was used for the same remote endpoint a moment before.',
  'event.tcp-exhausted': () => 'No TCP port was left in the pool at this moment.',
  'event.udp-exhausted': () => 'No UDP port was left in the pool at this moment.',
  'event.symptom': (p: { documented: boolean }) =>
    p.documented
      ? 'No domain controller could be reached. Microsoft lists this among the signs of port exhaustion; it has other causes.'
      : 'Consistent with connections that could not be opened; it has other causes too.',
  'event.boot-race': () => 'Written while the network came up after a start; it means nothing here.',
  'event.boot-started': () => 'The host or its log started.',
  'event.boot-stopped': () => 'The host or its log stopped.',
  'event.boot-uptime': (p: { seconds: number | null }) =>
    p.seconds === null ? 'The uptime of the host.' : `The host had been up for ${duration(p.seconds)}.`,
  'event.change': (p: { id: number; subject: string; state: string; others: number }) =>
    `${changeText(p)}${p.others === 0 ? '' : `, and ${counted(p.others, 'other')} in the same minute`}.`,
  'event.recovery': () => 'Connections could be opened again.',
  'event.look-alike': (p: { provider: string }) =>
    `The same number, but of ${p.provider}: it has nothing to do with ports.`,
  'event.nat-pool': () =>
    'A NAT of this host had no port left in its own pool, for what stands behind it: containers or virtual machines.',
  'event.fixed-port': () => 'A program was refused the very port it is set up with; no other port helps it.',
  'event.context': () => 'The paged or non-paged pool was empty: another cause of error 10055.',
} as const;

/** `Service installed: Fabrikam Agent`, `Fabrikam Agent: stopped`. */
function changeText({ id, subject, state }: { id: number; subject: string; state: string }): string {
  if (subject === '') return 'A change of the host';
  switch (id) {
    case 19:
      return `Update installed: ${subject}`;
    case 1074:
      return `Restart or shutdown asked for by ${subject}`;
    case 7045:
      return `Service installed: ${subject}`;
    default:
      return state === '' ? subject : `${subject}: ${state}`;
  }
}
