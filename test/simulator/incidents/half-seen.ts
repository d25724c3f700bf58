import { label, type CaptureFile, type Incident, type RightAnswer, type Written } from '../incident.js';
import { burst, constantRate, ramp } from '../rate-curve.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { churn, NOT_SHOWN } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

const BIND = { allocation: 'bind-first', ending: 'bound-for-ever' } as const;

/** The first part of the last table, broken off in the middle of a row. */
function cutLastTable(written: Written, share: number): Written {
  const last = written.shown.at(-1)?.file;
  const cut = (file: CaptureFile): CaptureFile =>
    file.name === last ? { ...file, bytes: file.bytes.subarray(0, Math.floor(file.bytes.length * share) + 7) } : file;
  return {
    files: written.files.map(cut),
    shown: written.shown.map((one) => (one.file === last ? { ...one, kind: 'cut' } : one)),
    datagrams: (written.datagrams ?? []).filter(({ file }) => file !== last),
  };
}

/** Evidence that ends too early, has a hole, or shows a limit nearly reached. */
export const HALF_SEEN: readonly Incident[] = [
  {
    id: 'leak-table-broken-off',
    story: 'The disk was full: the only dump breaks off after its first rows, and there is no log.',
    make: (seed) => {
      const at = site(seed, 'leak-table-broken-off');
      const clients = [caller('leak', { image: at.images[0] }, constantRate(about(at, 4)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 5_000, [4_900], clients);
      const right: RightAnswer = {
        ...NOT_SHOWN,
        mechanisms: ['undetermined', 'none'],
        highestConfidence: 'low',
        exhaustion: ['cannot-tell'],
        settingsHelp: ['cannot-tell', 'not-needed'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        cutLastTable(
          collect(outcome, seed, { clock: at.clock, log: false, tables: { as: 'netstat', switches: '-anoq' } }),
          0.003,
        ),
      );
    },
  },
  {
    id: 'leak-csv-broken-off',
    story: 'A third of the only CSV was saved; it ends inside a quoted value. The log says 4231.',
    make: (seed) => {
      const at = site(seed, 'leak-csv-broken-off');
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(about(at, 4)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 5_000, [4_900], clients);
      const right: RightAnswer = {
        mechanisms: ['bound-leak'],
        undeterminedIsHonest: true,
        highestConfidence: 'medium',
        exhaustion: ['shown', 'cannot-tell'],
        culprit: image,
        unnamedIsHonest: true,
        destination: null,
        settingsHelp: ['no', 'cannot-tell'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        cutLastTable(
          collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
          0.33,
        ),
      );
    },
  },
  {
    id: 'churn-log-gap-over-burst',
    story:
      'Ten minutes of exhaustion lie between two healthy dumps, and the records of just these minutes are missing from the log.',
    make: (seed) => {
      const at = site(seed, 'churn-log-gap-over-burst');
      const clients = [
        caller('calls', { image: at.images[0] }, burst(0, about(at, 230), 900, 1_500), [at.backend(443)]),
      ];
      const scenario = scenarioOn(at, 3_400, [300, 600, 2_400, 3_000], clients, { log: { throttleSeconds: 60 } });
      const right: RightAnswer = {
        ...NOT_SHOWN,
        mechanisms: ['undetermined', 'none'],
        exhaustion: ['cannot-tell'],
        settingsHelp: ['cannot-tell', 'not-needed'],
      };
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoq', series: true },
          log: { style: 'wevtutil', gap: [890, 1_800] },
        }),
      );
    },
  },
  {
    id: 'churn-nearly-full',
    story: 'TIME_WAIT holds 94 % of the pool for a quarter of an hour, and not one connection fails.',
    make: (seed) => {
      const at = site(seed, 'churn-nearly-full', { perSecond: 0.2 });
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [caller('calls', { image }, ramp(5, about(at, 127.5, 0.005), 300, 600), [remote])];
      const scenario = scenarioOn(at, 1_800, every(100, 290, 15), clients);
      const right = churn(image, address(remote), {
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'churn-longer-delay-pending',
    story:
      'Somebody has written 240 seconds into the registry; the sockets still wait 120, and the next restart makes it twice as bad.',
    make: (seed) => {
      const at = site(seed, 'churn-longer-delay-pending');
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(5, about(at, 152, 0.05), 300, 700), [remote])];
      const scenario = scenarioOn(at, 1_300, every(100, 330, 8), clients);
      const right = churn(image, address(remote), { pendingDelaySeconds: 240 });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoi', series: true },
          registry: { values: { TcpTimedWaitDelay: 240 }, as: 'query' },
        }),
      );
    },
  },
];
