import { label, type Incident } from '../incident.js';
import { constantRate } from '../rate-curve.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS, type Tables } from './collect.js';
import { every, scenarioOn, site } from './site.js';

/** A gateway that gives one source port to every connection it opens, and is refused while the last one waits. */
function pinned(id: string, story: string, tables: Tables, highestConfidence: 'high' | 'medium'): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = site(seed, id);
      const image = at.images[0];
      const remote = at.backend(2_404);
      const gateway = caller('gateway', { image }, constantRate(1 / 30), [remote], {
        regular: true,
        allocation: 2_300 + at.random.below(500),
        lifetime: { kind: 'constant', seconds: 14 },
      });
      const scenario = scenarioOn(at, 2_400, every(230, 305, 9), [gateway]);
      return label(
        scenario,
        seed,
        'endpoint-collision',
        {
          mechanisms: ['endpoint-collision'],
          undeterminedIsHonest: false,
          highestConfidence,
          exhaustion: ['refuted'],
          culprit: image,
          destination: address(remote),
          settingsHelp: ['no'],
        },
        (outcome) => collect(outcome, seed, { clock: at.clock, tables }),
      );
    },
  };
}

/** Source ports that programs choose themselves. */
export const PINNED_PORTS: readonly Incident[] = [
  pinned(
    'pinned-with-bound-shown',
    'A gateway reconnects from its own source port before its TIME_WAIT is over; the tables show that nothing else holds ports.',
    { as: 'csv', columns: STAMPED_COLUMNS, series: true },
    'high',
  ),
  pinned(
    'pinned-with-bound-hidden',
    'The same in tables without Bound ports: a leak of them would not be seen, so that it is likely at most.',
    { as: 'netstat', switches: '-ano', series: true },
    'medium',
  ),
];
