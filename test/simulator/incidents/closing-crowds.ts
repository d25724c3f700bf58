import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate } from '../rate-curve.js';
import type { Ending } from '../scenario.js';
import { caller } from './clients.js';
import { collect } from './collect.js';
import { every, scenarioOn } from './site.js';
import { smallSite } from './growing-site.js';

/** No mechanism is known for it: the state and whoever holds it are what can be told. */
const CROWD: RightAnswer = {
  mechanisms: ['undetermined'],
  undeterminedIsHonest: false,
  highestConfidence: 'low',
  exhaustion: ['shown'],
  culprit: null,
  destination: null,
  settingsHelp: ['cannot-tell', 'no'],
  explanations: ['verdict.closing-crowd'],
};

function crowdOf(id: string, story: string, ending: Ending): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = smallSite(seed, id);
      const clients = [
        caller('half', { image: at.images[0] }, constantRate(0.8), [at.backend(8_444)], {
          ending,
          lifetime: { kind: 'exponential', meanSeconds: 20 },
        }),
      ];
      const scenario = scenarioOn(at, 7_500, every(600, 600, 12), clients);
      return label(scenario, seed, 'undetermined', CROWD, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  };
}

/** Connections that never finish closing. */
export const CLOSING_CROWDS: readonly Incident[] = [
  crowdOf(
    'fin-wait-2-crowd',
    'A program shuts its half of each connection down and keeps the socket; the server never closes the other half.',
    'fin-wait-2-for-ever',
  ),
  crowdOf(
    'last-ack-crowd',
    'Both ends have closed; a firewall drops the last acknowledgement of every connection.',
    'last-ack-for-ever',
  ),
];
