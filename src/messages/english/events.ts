import { counted } from '../wording.js';

/** What an event of the log means here. */
export const eventWords = {
  'event.collision': () => 'The port chosen for a connection was used for the same remote endpoint a moment before.',
  'event.tcp-exhausted': () => 'No TCP port was left in the pool at this moment.',
  'event.udp-exhausted': () => 'No UDP port was left in the pool at this moment.',
  'event.symptom': (p: { documented: boolean }) =>
    p.documented
      ? 'A documented sign that connections could not be opened.'
      : 'Consistent with connections that could not be opened; it has other causes too.',
  'event.boot-race': () => 'Written while the network came up after a start; it means nothing here.',
  'event.boot-started': () => 'The host or its log started.',
  'event.boot-stopped': () => 'The host or its log stopped.',
  'event.boot-uptime': (p: { days: number | null }) =>
    p.days === null ? 'The uptime of the host.' : `The host had been up for ${counted(p.days, 'day')}.`,
  'event.change': () => 'A change of the host. Close to an incident it is a coincidence until shown otherwise.',
  'event.recovery': () => 'Connections could be opened again.',
  'event.look-alike': (p: { provider: string }) =>
    `The same number, but of ${p.provider}: it has nothing to do with ports.`,
  'event.context': () => 'The paged or non-paged pool was empty: another cause of error 10055.',
} as const;
