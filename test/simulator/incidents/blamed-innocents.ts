import { label, type Incident } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { ClientSpec, Destination, ProcessSpec } from '../scenario.js';
import { encodeText } from '../writers/encode.js';
import { fileNameTime } from '../writers/host-clock.js';
import { tasklistTable } from '../writers/process-list.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { churn, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** Connections opened two hours ago that stay: the same rows in every table. */
function pool(process: ProcessSpec, remote: Destination): ClientSpec {
  return caller('pool', process, constantRate(0), [remote], { standing: 60, ending: 'never' });
}

/** Somebody else stands where the one at fault is looked for. */
export const BLAMED_INNOCENTS: readonly Incident[] = [
  {
    id: 'churn-unseen-beside-pool-csv',
    story:
      'Each connection lives a thousandth of a second, so that no table shows one; the only live rows to that server are the old pool of another program.',
    make: (seed) => {
      const at = site(seed, 'churn-unseen-beside-pool-csv');
      const [image, innocent] = at.images;
      const remote = at.backend(1_433);
      const clients = [
        caller('calls', { image }, ramp(3, about(at, 172), 300, 600), [remote], {
          lifetime: { kind: 'constant', seconds: 0.0002 },
        }),
        pool({ image: innocent }, remote),
      ];
      const scenario = scenarioOn(at, 1_200, [280, 400, 500, 700, 1_000], clients);
      const right = churn(image, address(remote), {
        unnamedIsHonest: true,
        innocent: [innocent],
        highestConfidence: 'medium',
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'churn-beside-pool-netstat',
    story:
      'The same from netstat, with a few of the short connections met alive: never the same ones, while the pool is always the same.',
    make: (seed) => {
      const at = site(seed, 'churn-beside-pool-netstat');
      const [image, innocent] = at.images;
      const remote = at.backend(1_433);
      const clients = [
        caller('calls', { image }, ramp(3, about(at, 172), 300, 600), [remote], {
          lifetime: { kind: 'exponential', meanSeconds: 0.025 },
        }),
        pool({ image: innocent }, remote),
      ];
      const scenario = scenarioOn(at, 1_200, [280, 400, 500, 600, 700, 850, 1_000], clients);
      const right = churn(image, address(remote), { innocent: [innocent] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  ...[
    { id: 'churn-unseen-beside-two-rows', at: [700], seen: 'in the only table there is' },
    { id: 'churn-unseen-beside-two-rows-series', at: [100, 400, 700, 1_000], seen: 'the same in every table' },
  ].map(({ id, at: seconds, seen }): Incident => ({
    id,
    story: `Calls of half a millisecond, which no table meets; a console keeps two connections to that server, ${seen}.`,
    make: (seed) => {
      const at = site(seed, id);
      const [image, innocent] = at.images;
      const remote = at.backend(1_433);
      const clients = [
        caller('calls', { image }, ramp(3, about(at, 150), 150, 300), [remote], {
          lifetime: { kind: 'constant', seconds: 0.0005 },
        }),
        caller('console', { image: innocent }, constantRate(0), [remote], { standing: 2, ending: 'never' }),
      ];
      const scenario = scenarioOn(at, 1_200, seconds, clients);
      const right = churn(image, address(remote), {
        unnamedIsHonest: true,
        innocent: [innocent],
        highestConfidence: 'medium',
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  })),
  {
    id: 'churn-pid-reuse-overlap',
    story:
      'The culprit ends and its PID goes to a program that calls the same server at once, while thousands of its ports still wait.',
    make: (seed) => {
      const at = site(seed, 'churn-pid-reuse-overlap');
      const [image, heir] = at.images;
      const remote = at.backend(1_521);
      const pid = 4 * (600 + at.random.below(900));
      const clients = [
        caller('calls', { image, pid, endsSeconds: 1_000 }, ramp(2, about(at, 200), 300, 600), [remote]),
        caller('heir', { image: heir, pid, startedSeconds: 1_015 }, constantRate(0.8), [remote], {
          lifetime: { kind: 'exponential', meanSeconds: 5 },
        }),
      ];
      const scenario = scenarioOn(at, 1_400, [290, 400, 500, 600, 800, 990, 1_030, 1_060, 1_350], clients);
      const right = churn(image, address(remote), { innocent: [heir] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) => {
        const tables = { as: 'csv', columns: STAMPED_COLUMNS } as const;
        const before = collect(outcome, seed, { clock: at.clock, tables, processes: 'get-process', processesOf: 0 });
        const later = collect(outcome, seed, {
          clock: at.clock,
          tables: false,
          log: false,
          netsh: false,
          processes: 'get-process',
          processesOf: 8,
        });
        const renamed = later.files.map((file) => ({ ...file, name: `later-${file.name}` }));
        return { ...before, files: [...before.files, ...renamed] };
      });
    },
  },
  {
    id: 'churn-pid-inherited',
    story:
      'The PID of the culprit was a mailer\u2019s until minutes before; two process lists, dated in their file names, name one each.',
    make: (seed) => {
      const at = site(seed, 'churn-pid-inherited');
      const [image, mailer] = at.images;
      const remote = at.backend(8_080);
      const pid = 4 * (600 + at.random.below(900));
      const clients = [
        caller('mails', { image: mailer, pid, endsSeconds: 120 }, constantRate(0.3), [at.backend(25)]),
        caller('calls', { image, pid, startedSeconds: 150 }, ramp(2, about(at, 190), 320, 600), [remote]),
      ];
      const scenario = scenarioOn(at, 1_300, [100, 310, 420, 520, 650, 800, 1_000], clients);
      const right = churn(image, address(remote), { innocent: [mailer] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) => {
        const written = collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-ano' },
          processes: false,
        });
        const lists = [0, 5].flatMap((index) => outcome.snapshots[index] ?? []);
        const files = lists.map((snapshot) => ({
          name: `tasklist_${fileNameTime(at.clock, snapshot.atMs)}.txt`,
          bytes: encodeText(tasklistTable(snapshot), 'cp850'),
        }));
        return { ...written, files: [...written.files, ...files] };
      });
    },
  },
  {
    id: 'quiet-peer-closes',
    story:
      'A hundred connections a second live two seconds and are closed by the server: few ports, no TIME_WAIT here, and no small rate.',
    make: (seed) => {
      const at = site(seed, 'quiet-peer-closes');
      const clients = [
        caller('calls', { image: at.images[0] }, constantRate(about(at, 110)), [at.backend(443)], {
          ending: 'peer-closes',
          lifetime: { kind: 'exponential', meanSeconds: 2 },
        }),
      ];
      const scenario = scenarioOn(at, 1_200, every(90, 300, 8), clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true } }),
      );
    },
  },
];
