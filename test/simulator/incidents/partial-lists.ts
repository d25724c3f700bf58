import { label, type CaptureFile, type Incident, type RightAnswer, type Written } from '../incident.js';
import type { Outcome } from '../simulation.js';
import { constantRate, ramp } from '../rate-curve.js';
import { address, caller } from './clients.js';
import { collect } from './collect.js';
import { churn, NOT_SHOWN } from './right-answers.js';
import { about, every, scenarioOn, site, type Site } from './site.js';

/** Nothing can be ruled out, and no log tells of an outage. */
const NOTHING_TO_TELL: RightAnswer = {
  ...NOT_SHOWN,
  highestConfidence: 'low',
  exhaustion: ['cannot-tell'],
};

/** What a console shows where somebody filtered the dump: the prompt, and the rows in which `wanted` stands. */
interface Filter {
  readonly prompt: string | null;
  readonly keeps: (row: string) => boolean;
  readonly keepsHeading?: boolean;
}

/** The dumps of a capture as a filter left them. */
function filtered(written: Written, { prompt, keeps, keepsHeading = false }: Filter): Written {
  const tables = new Set(written.shown.map(({ file }) => file));
  const cut = (file: CaptureFile): CaptureFile => {
    if (!tables.has(file.name)) return file;
    const lines = Buffer.from(file.bytes).toString('latin1').split('\r\n');
    const isRow = (line: string): boolean => /^\s*(?:TCP|UDP)\s/.test(line);
    const isTime = (line: string): boolean => !isRow(line) && /\d\d:\d\d/.test(line);
    const kept = lines.filter((line) => (isRow(line) ? keeps(line) : keepsHeading || isTime(line)));
    // A time above each dump stays above it: the prompt stands between the two.
    const shown = kept.flatMap((line) => (prompt !== null && isTime(line) ? [line, prompt] : [line]));
    const text = prompt !== null && !shown.includes(prompt) ? [prompt, ...shown] : shown;
    return { ...file, bytes: Buffer.from(text.join('\r\n') + '\r\n', 'latin1') };
  };
  return {
    files: written.files.map(cut),
    shown: written.shown.map((one) => ({ ...one, kind: 'cut' })),
    datagrams: [],
  };
}

const pidOf = (outcome: Outcome, image: string): number =>
  outcome.snapshots.flatMap(({ processes }) => processes).find(({ spec }) => spec.image === image)?.pid ?? 0;

/** A program that churns until the pool is full, and one that does nothing wrong. */
function busyHost(at: Site, seconds: number, snapshotSeconds: readonly number[]) {
  const remote = at.backend(1_433);
  const scenario = scenarioOn(at, seconds, snapshotSeconds, [
    caller('calls', { image: at.images[0] }, ramp(5, about(at, 160, 0.05), 60, 120), [remote]),
    caller('quiet', { image: at.images[1] }, constantRate(0.2), [at.backend(443)], {
      standing: 3,
      lifetime: { kind: 'exponential', meanSeconds: 60 },
    }),
  ]);
  return { scenario, remote };
}

const NETSTAT = { as: 'netstat', switches: '-ano' } as const;

/** Lists of which somebody has taken a part away, and lists that do not tell whether somebody has. */
export const PARTIAL_LISTS: readonly Incident[] = [
  {
    id: 'filtered-to-innocent-pid',
    story: '`netstat -ano | findstr PID` of a program that does nothing wrong, while another one has filled the pool.',
    make: (seed) => {
      const at = site(seed, 'filtered-to-innocent-pid');
      const { scenario } = busyHost(at, 420, [400]);
      return label(scenario, seed, 'time-wait-churn', NOTHING_TO_TELL, (outcome) => {
        const pid = String(pidOf(outcome, at.images[1]));
        return filtered(collect(outcome, seed, { clock: at.clock, log: false, tables: NETSTAT }), {
          prompt: `C:\\Users\\admin>netstat -ano | findstr ${pid}`,
          keeps: (row) => row.includes(pid),
        });
      });
    },
  },
  {
    id: 'filtered-to-listener-pid-without-prompt',
    story:
      'The rows of one program that also listens, cut out of a dump without its heading; another one has filled the pool.',
    make: (seed) => {
      const at = site(seed, 'filtered-to-listener-pid-without-prompt');
      const { scenario } = busyHost(at, 420, [400]);
      return label(scenario, seed, 'time-wait-churn', NOTHING_TO_TELL, (outcome) => {
        const pid = String(pidOf(outcome, 'lsass.exe'));
        return filtered(collect(outcome, seed, { clock: at.clock, log: false, tables: NETSTAT }), {
          prompt: null,
          keeps: (row) => row.trimEnd().endsWith(` ${pid}`),
        });
      });
    },
  },
  {
    id: 'filtered-to-listeners',
    story:
      '`netstat -ano | findstr LISTENING` lists every listener of the host, 135 among them, and not one connection of a full pool.',
    make: (seed) => {
      const at = site(seed, 'filtered-to-listeners');
      const { scenario } = busyHost(at, 420, [400]);
      return label(scenario, seed, 'time-wait-churn', NOTHING_TO_TELL, (outcome) =>
        filtered(collect(outcome, seed, { clock: at.clock, log: false, tables: NETSTAT }), {
          prompt: null,
          keeps: (row) => row.includes('LISTENING'),
        }),
      );
    },
  },
  {
    id: 'filtered-without-established',
    story:
      '`netstat -ano | findstr /v ESTABLISHED` under the heading of netstat: the crowd that fills the pool is taken away.',
    make: (seed) => {
      const at = site(seed, 'filtered-without-established');
      const crowd = caller('crowd', { image: at.images[0] }, constantRate(0), [at.backend(5_432)], {
        standing: Math.round(about(at, 15_500, 0.02)),
        lifetime: { kind: 'constant', seconds: 100_000 },
        ending: 'never',
      });
      const scenario = scenarioOn(at, 120, [100], [crowd]);
      return label(scenario, seed, 'connection-saturation', NOTHING_TO_TELL, (outcome) =>
        filtered(collect(outcome, seed, { clock: at.clock, log: false, tables: NETSTAT }), {
          prompt: 'C:\\>netstat -ano | findstr /v ESTABLISHED',
          keeps: (row) => !row.includes('ESTABLISHED'),
          keepsHeading: true,
        }),
      );
    },
  },
  {
    id: 'filtered-to-tcp',
    story: '`netstat -ano | findstr TCP` takes no TCP row away: the full pool of TIME_WAIT is shown whole.',
    make: (seed) => {
      const at = site(seed, 'filtered-to-tcp');
      const { scenario, remote } = busyHost(at, 420, every(60, 240, 3));
      const right = churn(at.images[0], address(remote), { unnamedIsHonest: true });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) => {
        const written = collect(outcome, seed, { clock: at.clock, tables: { ...NETSTAT, series: true } });
        const shown = filtered(written, {
          prompt: 'C:\\>netstat -ano | findstr TCP',
          keeps: (row) => row.includes('TCP'),
        });
        return { ...shown, shown: written.shown };
      });
    },
  },
  {
    id: 'full-pool-without-listeners',
    story:
      '`netstat -no` lists no listener and is not known to be whole; what it shows, a pool full of TIME_WAIT, it shows all the same.',
    make: (seed) => {
      const at = site(seed, 'full-pool-without-listeners');
      const { scenario, remote } = busyHost(at, 420, every(60, 240, 3));
      const right = churn(at.images[0], address(remote), { unnamedIsHonest: true });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        filtered(collect(outcome, seed, { clock: at.clock, tables: { ...NETSTAT, series: true } }), {
          prompt: 'C:\\>netstat -no',
          keeps: (row) => row.includes('TCP') && !row.includes('LISTENING'),
          keepsHeading: true,
        }),
      );
    },
  },
  {
    id: 'container-table',
    story:
      'The table of a container, which has neither 135 nor a second program, while the host outside has run out of ports.',
    make: (seed) => {
      const at = site(seed, 'container-table');
      const { scenario } = busyHost(at, 420, [400]);
      return label(scenario, seed, 'time-wait-churn', NOTHING_TO_TELL, (outcome) => {
        const pid = String(pidOf(outcome, at.images[1]));
        const listener = `  TCP    0.0.0.0:8080           0.0.0.0:0              LISTENING       ${pid}`;
        const written = filtered(collect(outcome, seed, { clock: at.clock, log: false, tables: NETSTAT }), {
          prompt: null,
          keeps: (row) => row.trimEnd().endsWith(` ${pid}`),
          keepsHeading: true,
        });
        const files = written.files.map((file) => {
          const text = Buffer.from(file.bytes).toString('latin1');
          const isTable = text.includes('Active Connections');
          return isTable ? { ...file, bytes: Buffer.from(`${text}${listener}\r\n`, 'latin1') } : file;
        });
        return { ...written, files };
      });
    },
  },
];
