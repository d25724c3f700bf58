import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate } from '../rate-curve.js';
import { caller } from './clients.js';
import { collect } from './collect.js';
import { about, every, scenarioOn, site } from './site.js';

/** The first two strings of EventLog 6009 on Windows Server 2008 SP2. */
const SERVER_2008 = ['6.00.', '6002', 'Service Pack 2', 'Multiprocessor Free', '0'];

/** No mechanism: a defect of the system logs 4227 with a nearly empty pool, and the version in the log says so. */
const DEFECT: RightAnswer = {
  mechanisms: ['undetermined'],
  undeterminedIsHonest: true,
  highestConfidence: 'low',
  exhaustion: ['refuted', 'cannot-tell'],
  culprit: null,
  destination: null,
  settingsHelp: ['cannot-tell'],
  explanations: ['other.closing-defect'],
};

/** Windows Server 2008 SP2 hands out ports in state Closing. */
export const CLOSING_DEFECT: readonly Incident[] = [
  {
    id: 'closing-defect-2008',
    story:
      'A few dozen ports are stuck in CLOSING; each time the allocator comes round to one, a connect fails with 4227.',
    make: (seed) => {
      const at = site(seed, 'closing-defect-2008', {
        host: { handsOutClosingPorts: true, version: SERVER_2008, bootSeconds: -90_000 },
      });
      const [image, other] = at.images;
      const clients = [
        caller('calls', { image }, constantRate(about(at, 9)), [at.backend(443)], { allocation: 'bind-first' }),
        caller('abandoned', { image: other }, constantRate(about(at, 0.006)), [at.backend(8_080)], {
          ending: 'closing-for-ever',
        }),
      ];
      const scenario = scenarioOn(at, 9_000, every(900, 1_800, 8), clients);
      return label(scenario, seed, 'undetermined', DEFECT, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-ano', series: true },
          log: { fromSeconds: -2 * 86_400 },
        }),
      );
    },
  },
  {
    id: 'closing-defect-beside-pinned-port',
    story: 'The same system; a link pins its source port as well, so that part of the 4227 is its own.',
    make: (seed) => {
      const at = site(seed, 'closing-defect-beside-pinned-port', {
        host: { handsOutClosingPorts: true, version: SERVER_2008, bootSeconds: -90_000 },
      });
      const [image, other] = at.images;
      const clients = [
        caller('link', { image }, constantRate(1 / 50), [at.backend(1_414)], {
          regular: true,
          allocation: 1_899,
          lifetime: { kind: 'constant', seconds: 20 },
        }),
        caller('calls', { image: other }, constantRate(about(at, 6)), [at.backend(443)], { allocation: 'bind-first' }),
        caller('abandoned', { image: other }, constantRate(about(at, 0.006)), [at.backend(8_080)], {
          ending: 'closing-for-ever',
        }),
      ];
      const scenario = scenarioOn(at, 7_200, every(130, 3_600, 20), clients);
      const right: RightAnswer = {
        ...DEFECT,
        mechanisms: ['endpoint-collision', 'undetermined'],
        highestConfidence: 'medium',
        culprit: image,
        settingsHelp: ['no', 'cannot-tell'],
      };
      return label(scenario, seed, 'endpoint-collision', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-ano', series: true },
          log: { fromSeconds: -2 * 86_400 },
        }),
      );
    },
  },
];
