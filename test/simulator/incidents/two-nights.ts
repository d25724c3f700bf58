import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, type RateCurve } from '../rate-curve.js';
import { caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { about, scenarioOn, site } from './site.js';

const NIGHT = 86_400;

/** Ten minutes of a steady load. */
function spell(from: number, perSecond: number, seconds = 600): RateCurve {
  return [
    [0, 0],
    [from, 0],
    [from + 60, perSecond],
    [from + seconds, perSecond],
    [from + seconds + 10, 0],
  ];
}

/** One folder, two nights, two causes: each is judged by its own part of the evidence. */
export const TWO_NIGHTS: readonly Incident[] = [
  {
    id: 'two-nights-leak-then-churn',
    story: 'A service leaks Bound ports until somebody restarts it; the next night another program churns.',
    make: (seed) => {
      const at = site(seed, 'two-nights-leak-then-churn', { perSecond: 0.2 });
      const [leaking, churning] = at.images;
      const clients = [
        caller(
          'leak',
          { image: leaking, endsSeconds: 9_000 },
          [
            [0, about(at, 3.4)],
            [9_000, 3.4],
            [9_001, 0],
          ],
          [at.backend(8_444)],
          { allocation: 'bind-first', ending: 'bound-for-ever' },
        ),
        caller('calls', { image: churning }, spell(NIGHT + 3_600, about(at, 185)), [at.backend(443)], {
          allocation: 'bind-first',
        }),
      ];
      const moments = [1_200, 2_700, 4_200, 5_600, 7_000, 9_300, 10_800];
      const second = [3_400, 3_640, 3_720, 3_950, 4_150, 4_900].map((seconds) => NIGHT + seconds);
      const scenario = scenarioOn(at, NIGHT + 6_000, [...moments, ...second], clients);
      const right: RightAnswer = {
        mechanisms: ['bound-leak', 'time-wait-churn'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['shown'],
        culprit: null,
        destination: null,
        settingsHelp: ['no', 'yes', 'buys-time'],
        incidents: [['bound-leak'], ['time-wait-churn']],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'two-nights-churn-then-close-wait',
    story:
      'A nightly job churns; the night after, a release that never closes what its server has closed fills the pool.',
    make: (seed) => {
      const at = site(seed, 'two-nights-churn-then-close-wait', { perSecond: 0.2 });
      const [churning, leaking] = at.images;
      const clients = [
        caller('calls', { image: churning }, spell(3_600, about(at, 185)), [at.backend(1_433)]),
        caller('steady', { image: leaking }, constantRate(0.3), [at.backend(8_080)], { ending: 'peer-closes' }),
        caller(
          'leak',
          { image: leaking },
          [
            [0, 0],
            [NIGHT, 0],
            [NIGHT + 1, about(at, 3.6)],
          ],
          [at.backend(8_080)],
          { ending: 'close-wait-for-ever', lifetime: { kind: 'exponential', meanSeconds: 30 } },
        ),
      ];
      const first = [3_400, 3_640, 3_720, 3_950, 4_150, 4_900];
      const second = [1_000, 2_200, 3_400, 4_400, 5_400, 6_200].map((seconds) => NIGHT + seconds);
      const scenario = scenarioOn(at, NIGHT + 6_400, [...first, ...second], clients);
      const right: RightAnswer = {
        mechanisms: ['close-wait-leak', 'time-wait-churn'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['shown'],
        culprit: null,
        destination: null,
        settingsHelp: ['no', 'yes'],
        incidents: [['time-wait-churn'], ['close-wait-leak']],
      };
      return label(scenario, seed, 'close-wait-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
];
