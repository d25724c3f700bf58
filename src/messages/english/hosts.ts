import { listed } from './figures.js';

/** What is to be known of the name of a host, and of evidence that names none. */
export const hostWords = {
  'host.assumed-from-folder': () =>
    'Assumed: nothing in the evidence names the host; this is the name of the folder that was given. --host gives another.',
  'host.given-by-option': () => 'Nothing in the evidence names the host; --host gave the name.',
  'host.former-names': (p: { names: readonly string[] }) => `The same machine was called ${listed(p.names)} before.`,
  'host.image-names': (p: { names: readonly string[] }) =>
    `What was logged under ${listed(p.names)}, before Windows Setup gave the machine its name, counts for nothing here.`,
  'host.adopted-tables': () =>
    'The port tables name no host; they are counted as those of this one, because no other comes into question.',
};
