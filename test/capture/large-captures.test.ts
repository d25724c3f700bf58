import { describe, expect, it } from 'vitest';
import { assemble, type Capture } from '../../src/capture/assemble/assemble.js';
import { foreignTables } from '../../src/capture/assemble/foreign-tables.js';
import { inputReport } from '../../src/report/input-report.js';
import { quoteRows } from '../../src/capture/replay/quote-rows.js';
import type { FileSurvey } from '../../src/capture/survey/survey-file.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { Source } from '../../src/model/report-message.js';
import { connections, LISTENERS, netstat, OPTIONS, systemLog } from '../support/capture.js';
import { surveysOf, watchedFile } from '../support/surveyed-capture.js';

/** More than a call takes arguments. */
const MANY = 150_000;
/** For a machine that others use too: nothing here depends on the time it takes. */
const LONG = 300_000;
const BEGIN_MS = Date.parse('2026-03-03T00:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000', '');

async function surveyOf(path: string, content: string): Promise<FileSurvey> {
  const [survey] = await surveysOf([watchedFile(path, content, { modifiedMs: BEGIN_MS })]);
  if (survey === undefined) throw new Error('no survey');
  return survey;
}

/** A log that was forwarded from so many hosts, an event a second. */
async function forwardedLog(): Promise<FileSurvey> {
  const survey = await surveyOf('Forwarded.xml', systemLog([{ time: '09:00:00', id: 4231 }]));
  const [log] = survey.coverage;
  const [event] = survey.events;
  if (log === undefined || event === undefined) throw new Error('no log');
  const hosts = Array.from({ length: MANY }, (_, index) => `SRV${String(index).padStart(6, '0')}`);
  return {
    ...survey,
    coverage: hosts.map((host, index) => {
      const atMs = BEGIN_MS + index * 1000;
      return { ...log, host, fromMs: atMs, toMs: atMs };
    }),
    events: hosts.map((host, index) => {
      const atMs = BEGIN_MS + index * 1000;
      return { ...event, fromMs: atMs, toMs: atMs, sample: { ...event.sample, host, atMs } };
    }),
  };
}

/** So many tables of one host without a time, each a file of its own. */
async function undatedTables(): Promise<FileSurvey[]> {
  const table = netstat('09:00:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 3)]).replace(/^.*\r\n/, '');
  const survey = await surveyOf('table.txt', table);
  return Array.from({ length: MANY }, (_, index) => ({
    ...survey,
    file: { ...survey.file, path: `${String(index)}.txt`, modifiedMs: BEGIN_MS + index * 1000 },
    sha256: String(index),
  }));
}

/** A loop that wrote a row every second. */
function longLoop(): string {
  const lines = Array.from(
    { length: MANY },
    (_, index) => `${iso(BEGIN_MS + index * 1000)},${String(1024 + (index % 60_000))},TimeWait`,
  );
  return ['Timestamp,LocalPort,State', ...lines, ''].join('\n');
}

const assembled = (files: readonly FileSurvey[]): Capture => assemble(files, OPTIONS);

describe('a capture', () => {
  it(
    'of 150,000 hosts gives each of them its own log and event',
    async () => {
      const log = await forwardedLog();
      const { hosts } = assembled([log]);
      expect(hosts).toHaveLength(MANY);
      expect(hosts.at(77)).toMatchObject({
        host: 'SRV000077',
        events: [{ fromMs: BEGIN_MS + 77_000 }],
        coverage: [{ fromMs: BEGIN_MS + 77_000, file: 'Forwarded.xml' }],
        snapshots: [],
      });
    },
    LONG,
  );

  it(
    'lists a file of 150,000 hosts with the time from the first to the last',
    async () => {
      const log = await forwardedLog();
      const { from, to, hosts } = inputReport(log, assembled([log]));
      expect([from, to, hosts.length]).toEqual([iso(BEGIN_MS), iso(BEGIN_MS + (MANY - 1) * 1000), MANY]);
    },
    LONG,
  );

  it(
    'of 150,000 files puts each where its modification time says',
    async () => {
      const { hosts, plannedIn } = assembled(await undatedTables());
      const [host] = hosts;
      expect(hosts).toHaveLength(1);
      expect(host?.snapshots.at(-1)).toMatchObject({ atMs: BEGIN_MS + (MANY - 1) * 1000, timeSource: 'modified-time' });
      expect(plannedIn.size).toBe(MANY);
    },
    LONG,
  );

  it(
    'takes 150,000 tables that share an address for one machine’s',
    async () => {
      const tables = await undatedTables();
      expect(foreignTables(tables, () => 'unknown').size).toBe(0);
    },
    LONG,
  );

  it(
    'of 150,000 snapshots in one file says from when to when it goes and how surely',
    async () => {
      const [survey, ...others] = await surveysOf([watchedFile('loop.csv', longLoop())]);
      if (survey === undefined || others.length > 0) throw new Error('one survey expected');
      const { from, to, clockErrorSeconds } = inputReport(survey, assembled([survey]));
      expect([from, to, clockErrorSeconds]).toEqual([iso(BEGIN_MS), iso(BEGIN_MS + (MANY - 1) * 1000), 2]);
    },
    LONG,
  );

  it(
    'gives each of 150,000 citations its row',
    async () => {
      const text = longLoop();
      const file = watchedFile('loop.csv', text);
      const sources = Array.from({ length: MANY }, (_, index): Source => ({
        file: 'loop.csv',
        line: index + 2,
        record: null,
        row: '',
      }));
      await quoteRows(sources, await surveysOf([file]), nodePlatform);
      expect(sources.map(({ row }) => row).join('\n')).toBe(text.trimEnd().split('\n').slice(1).join('\n'));
    },
    LONG,
  );
});
