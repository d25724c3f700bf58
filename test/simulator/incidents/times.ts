import { label, type CaptureFile, type Incident, type RightAnswer, type Written } from '../incident.js';
import { burst, constantRate } from '../rate-curve.js';
import type { HostClock } from '../writers/host-clock.js';
import { caller } from './clients.js';
import { collect } from './collect.js';
import { NOT_SHOWN, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** The night in which central Europe sets its clocks back: 02:00 to 03:00 comes twice. */
const BACK_MS = Date.UTC(2026, 9, 25, 1);
const AUTUMN: HostClock = {
  culture: 'de-DE',
  standardMinutes: 60,
  zoneName: 'W. Europe Standard Time',
  changes: [
    { fromMs: 0, offsetMinutes: 120 },
    { fromMs: BACK_MS, offsetMinutes: 60 },
  ],
};
/** A firewall lets so many ports through. */
const SMALL = { start: 50_000, count: 3_000 } as const;
/** Noons of two days and two nights. */
const NOONS = { fromSeconds: -2 * 86_400, toSeconds: 86_400 } as const;

/** Every file as its script wrote it, a few seconds after the moment it shows. */
function writtenThen({ shown, files, ...rest }: Written): Written {
  const momentOf = new Map(shown.map(({ file, snapshot }) => [file, snapshot.atMs]));
  const dated = files.map((file): CaptureFile => {
    const atMs = momentOf.get(file.name);
    return atMs === undefined ? file : { ...file, modifiedMs: atMs + 3_000 };
  });
  return { ...rest, shown, files: dated };
}

/** A leak of Bound ports that goes on while the clock goes back. */
function leakInAutumn(id: string, story: string, series: boolean): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const startMs = BACK_MS - 2_700_000;
      const at = site(seed, id, { clock: AUTUMN, perSecond: 0.1, host: { startMs, range: SMALL } });
      const image = at.images[0];
      const leaking = { allocation: 'bind-first', ending: 'bound-for-ever' } as const;
      const clients = [caller('leak', { image }, constantRate(about(at, 0.4)), [at.backend(443)], leaking)];
      const scenario = scenarioOn(at, 5_500, every(290, 300, 18), clients);
      const right: RightAnswer = {
        ...NOTHING_WRONG,
        mechanisms: ['bound-leak'],
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
        culprit: image,
        settingsHelp: ['no'],
        mayContribute: ['undersized-range'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        writtenThen(
          collect(outcome, seed, {
            clock: AUTUMN,
            tables: { as: 'netstat', switches: '-anoq', language: 'de', series },
            log: NOONS,
          }),
        ),
      );
    },
  };
}

/** A copy of the first event of a log, written at another time as the newest record. */
function withEventAt(file: CaptureFile, time: string): CaptureFile {
  const text = new TextDecoder().decode(file.bytes);
  const newest = Math.max(...[...text.matchAll(/<EventRecordID>(\d+)/g)].map(([, record]) => Number(record)));
  const [event = ''] = /<Event[ >][^]*?<\/Event>/.exec(text) ?? [];
  const other = event
    .replace(/SystemTime=(['"])[^'"]*/, `SystemTime=$1${time}`)
    .replace(/<EventRecordID>\d+/, `<EventRecordID>${String(newest + 1)}`);
  return { ...file, bytes: new TextEncoder().encode(text.replace(event, other + event)) };
}

/** Clocks and stamps that say less, or something else, than they seem to. */
export const TIMES: readonly Incident[] = [
  leakInAutumn(
    'leak-autumn-series',
    'The clock goes back while a leak grows; one file holds tables of both passes through the hour, in order.',
    true,
  ),
  leakInAutumn(
    'leak-autumn-files',
    'The clock goes back while a leak grows; the names of the files say 02:50 twice, and when each was written tells which is which.',
    false,
  ),
  {
    id: 'burst-after-a-named-table',
    story:
      'The file of the only table near the event is named half a minute before it; the burst came in between, and was over before the next.',
    make: (seed) => {
      const at = site(seed, 'burst-after-a-named-table');
      const clients = [
        caller('calls', { image: at.images[0] }, burst(0, about(at, 1_000), 935, 960), [at.backend(443)]),
      ];
      const scenario = scenarioOn(at, 3_400, [300, 600, 920, 2_400, 3_000], [], { clients });
      const right: RightAnswer = {
        ...NOT_SHOWN,
        mechanisms: ['undetermined', 'time-wait-churn'],
        exhaustion: ['cannot-tell'],
        settingsHelp: ['cannot-tell'],
      };
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq' } }),
      );
    },
  },
  {
    id: 'healthy-with-copied-tables',
    story:
      'Half of the pool waits, as on every day; one table was also kept under names of another year and of another day, and nothing waits for ten years.',
    make: (seed) => {
      const at = site(seed, 'healthy-with-copied-tables');
      const clients = [caller('calls', { image: at.images[0] }, constantRate(about(at, 60)), [at.backend(1_433)])];
      const scenario = scenarioOn(at, 3_000, every(100, 900, 20), clients);
      return label(scenario, seed, 'none', NOTHING_WRONG, (outcome) => {
        const written = collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq' } });
        const [table] = written.files.filter(({ name }) => name === written.shown[1]?.file);
        if (table === undefined) return written;
        const year = table.name.replace('2026-', '2016-');
        const day = table.name.replace(/_2026-(\d\d)-(\d\d)/, '_2026-$1-28');
        return { ...written, files: [...written.files, { ...table, name: year }, { ...table, name: day }] };
      });
    },
  },
  {
    id: 'leak-that-stopped-alike',
    story:
      'A leak of CLOSE_WAIT stopped with its source, and on an idle host every table of the night is equal to the one before.',
    make: (seed) => {
      const at = site(seed, 'leak-that-stopped-alike', { host: { range: SMALL } });
      const image = at.images[0];
      const clients = [
        caller('leak', { image }, burst(0, about(at, 1, 0.05), 100, 2_500), [at.backend(8_080)], {
          ending: 'close-wait-for-ever',
          lifetime: { kind: 'exponential', meanSeconds: 5 },
        }),
      ];
      const scenario = scenarioOn(at, 30_000, every(3_600, 5_000, 7), [], { clients });
      const right: RightAnswer = {
        ...NOT_SHOWN,
        mechanisms: ['close-wait-leak'],
        undeterminedIsHonest: false,
        exhaustion: ['refuted', 'cannot-tell'],
        culprit: image,
        settingsHelp: ['no'],
        mayContribute: ['undersized-range'],
      };
      return label(scenario, seed, 'close-wait-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano' } }),
      );
    },
  },
  {
    id: 'healthy-event-of-year-9999',
    story: 'The log ends before the first table, but for one event of the year 9999 and one of 1601.',
    make: (seed) => {
      const at = site(seed, 'healthy-event-of-year-9999');
      const clients = [caller('calls', { image: at.images[0] }, constantRate(about(at, 4)), [at.backend(443)])];
      const scenario = scenarioOn(at, 9_000, every(300, 7_200, 5), clients);
      const right = { ...NOTHING_WRONG, highestConfidence: 'medium', exhaustion: ['cannot-tell'] } as const;
      return label(scenario, seed, 'none', right, (outcome) => {
        const written = collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-anoq', series: true },
          log: { toSeconds: 3_600 },
        });
        const odd = ['9999-12-31T23:59:59.999999900Z', '1601-01-01T00:00:00.000000000Z'];
        const files = written.files.map((file) => (file.name === 'System.xml' ? odd.reduce(withEventAt, file) : file));
        return { ...written, files };
      });
    },
  },
];
