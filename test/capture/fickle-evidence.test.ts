import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { NothingUsableError } from '../../src/model/analysis.js';
import { UnreadableFileError, type EvidenceFile } from '../../src/model/input.js';
import { phrase } from '../../src/messages/phrase.js';
import type { Report, ReportDocument } from '../../src/model/report.js';
import { everySource } from '../../src/model/source-ref.js';
import { reportDocument } from '../../src/render/report-document.js';
import { connections, evidenceFiles, LISTENERS, netstat, OPTIONS, systemLog, tcpCsv } from '../support/capture.js';

const CHUNK = 100;

/** What one opening of a file gives: these bytes, then its end or an error. */
interface Opening {
  readonly content: string;
  readonly error?: Error;
}

/** A file that may be another at each opening: 1 recognises it, 2 surveys it, 3 reads its snapshots, 4 quotes its rows. */
function fickle(path: string, listed: string, opening: (nth: number) => Opening): EvidenceFile & { opened: number } {
  const file = {
    path,
    bytes: listed.length,
    modifiedMs: null,
    opened: 0,
    open: async function* () {
      file.opened += 1;
      const { content, error } = opening(file.opened);
      const bytes = new TextEncoder().encode(content);
      for (let at = 0; at < bytes.length; at += CHUNK) yield await Promise.resolve(bytes.subarray(at, at + CHUNK));
      if (error !== undefined) throw error;
    },
  };
  return file;
}

/** As it was listed, but for openings from the `nth` on. */
const from = (nth: number, listed: string, other: Opening) => (at: number) => (at < nth ? { content: listed } : other);

const EIO = new UnreadableFileError('EIO');
const GONE = new UnreadableFileError('ENOENT');

const dump = (time: string, count: number): string =>
  netstat(time, [...LISTENERS, ...connections('ESTABLISHED', 50_000, count)]);
const DUMPS = ['09:14:40', '09:15:10', '09:15:40'].map((time, index) => dump(time, 20 + index));
const LOOP = DUMPS.join('\r\n');
const SECOND = LOOP.indexOf('09:15:10');

async function reportOf(...files: readonly EvidenceFile[]): Promise<ReportDocument> {
  return reportDocument(await analyze(files, nodePlatform, OPTIONS), 'en');
}

/** The first input: its problems by code, and in which state its snapshots came to the ledger. */
function told({ inputs, hosts }: Report) {
  return {
    problems: inputs[0]?.problems.map(({ code }) => code),
    inUse: hosts[0]?.ledger.flatMap(({ poolId, inUse }) => (poolId === 'tcp' ? [inUse] : [])),
  };
}

describe('evidence that cannot be read', () => {
  it('is named with the reason, beside what can be read', async () => {
    const report = await reportOf(
      fickle('gone.txt', LOOP, () => ({ content: '', error: GONE })),
      ...evidenceFiles({ 'good.txt': LOOP }),
    );
    expect(told(report)).toEqual({ problems: ['unreadable-file'], inUse: [20, 21, 22] });
    const problem = report.inputs[0]?.problems[0]?.message;
    expect(problem?.text).toBe('The file could not be read: no such file or folder.');
    expect(problem?.params).toEqual({ count: 1, reason: 'ENOENT' });
  });

  it('is no copy of another file that cannot be read', async () => {
    const gone = ['a.txt', 'b.txt'].map((name) => fickle(name, LOOP, () => ({ content: '', error: GONE })));
    const { inputs } = await reportOf(...gone, ...evidenceFiles({ 'good.txt': LOOP }));
    expect(inputs.map(({ duplicateOf }) => duplicateOf)).toEqual([null, null, null]);
  });

  it('ends in the answer that nothing is usable, with the reason of each file, where it is all there is', async () => {
    const run = reportOf(
      fickle('gone.txt', LOOP, () => ({ content: '', error: GONE })),
      fickle('bad.txt', LOOP, from(2, LOOP, { content: '', error: EIO })),
    );
    const error = await run.catch((caught: unknown) => caught);
    if (!(error instanceof NothingUsableError)) throw error;
    expect(
      error.inputs.map(({ file, problems }) => [file, ...problems.map(({ message }) => phrase(message, 'en'))]),
    ).toEqual([
      ['gone.txt', 'The file could not be read: no such file or folder.'],
      ['bad.txt', 'The file could not be read: the disk reports an error.'],
    ]);
  });

  it('breaks nothing off silently: what was read before is kept, the table it broke off in counts as at least', async () => {
    // In the middle of a row, which is none then.
    const read = LOOP.slice(0, LOOP.indexOf(':50010', SECOND) + 3);
    const report = await reportOf(
      fickle('loop.txt', LOOP, (nth) => (nth === 1 ? { content: LOOP } : { content: read, error: EIO })),
    );
    expect(told(report)).toEqual({ problems: ['partly-read', 'truncated-table'], inUse: [20, 10] });
    expect(report.inputs[0]?.format).toBe('netstat');
    expect(report.inputs[0]?.problems[0]?.message.text).toContain('the disk reports an error');
  });

  it('is read no further the second time than the first, though it could be', async () => {
    const read = LOOP.slice(0, LOOP.indexOf(':50010', SECOND) + 3);
    const once = fickle('loop.txt', LOOP, (nth) => (nth === 2 ? { content: read, error: EIO } : { content: LOOP }));
    expect(told(await reportOf(once))).toEqual({ problems: ['partly-read', 'truncated-table'], inUse: [20, 10] });
  });

  it('keeps the events of a log up to where reading it broke off', async () => {
    const log = systemLog([
      { time: '09:14:38', id: 4227 },
      { time: '09:15:10', id: 4231 },
    ]);
    const read = log.slice(0, log.indexOf('4231'));
    const report = await reportOf(fickle('System.xml', log, from(2, log, { content: read, error: EIO })));
    expect(told(report).problems).toEqual(['partly-read']);
    expect(report.hosts[0]?.events.filter(({ role }) => role === 'onset').map(({ id }) => id)).toEqual([4227]);
  });
});

describe('evidence that changes while it is read', () => {
  it('is told to have shrunk since it was listed', async () => {
    const report = await reportOf(fickle('loop.txt', LOOP, () => ({ content: LOOP.slice(0, SECOND) })));
    expect(told(report)).toEqual({ problems: ['truncated-table', 'file-shrank'].toSorted(inOrder), inUse: [20] });
  });

  it.each([
    ['since it was listed', () => ({ content: LOOP + dump('09:16:10', 30) })],
    ['since it was surveyed', from(3, LOOP, { content: LOOP + dump('09:16:10', 30) })],
  ])('is told to have grown %s, and read as it was listed', async (_when, opening) => {
    expect(told(await reportOf(fickle('loop.txt', LOOP, opening)))).toEqual({
      problems: ['file-grew'],
      inUse: [20, 21, 22],
    });
  });

  it.each([
    ['its snapshots are read', 3],
    ['its rows are quoted', 4],
  ])('is told to have changed when it has other bytes of the same length as %s', async (_when, nth) => {
    const other = LOOP.replaceAll('10.20.7.31', '10.20.7.32');
    const report = await reportOf(fickle('loop.txt', LOOP, from(nth, LOOP, { content: other })));
    const cited = Math.max(...[...everySource(report.hosts)].map(({ line }) => line ?? 0));
    // Quoting ends at the last cited row: what is changed behind it nobody reads again.
    expect(cited).toBeGreaterThan(0);
    expect(told(report)).toEqual({ problems: nth === 3 ? ['file-changed'] : [], inUse: [20, 21, 22] });
  });

  it('leaves out the tables that are gone from it, and counts one that is cut as at least', async () => {
    const left = LOOP.slice(0, LOOP.indexOf('\n', LOOP.indexOf(':50009', SECOND)) + 1);
    const report = await reportOf(fickle('loop.txt', LOOP, from(3, LOOP, { content: left })));
    expect(told(report)).toEqual({ problems: ['file-changed'], inUse: [20, 10] });
  });

  it('is told to have changed though it is read again in part only, where the rows of a table differ in number', async () => {
    const fewer = LOOP.replace(/ {2}TCP.*:50009.*\r\n/, '');
    const file = fickle('loop.txt', LOOP, from(3, LOOP, { content: fewer }));
    const { inputs } = await analyze([file], nodePlatform, { ...OPTIONS, toMs: Date.parse('2026-03-03T09:15:00Z') });
    expect(inputs[0]?.problems.map(({ code }) => code)).toEqual(['file-changed', 'outside-window']);
  });
});

describe('evidence that cannot be read again', () => {
  it.each([
    ['netstat dumps', 'loop.txt', LOOP],
    ['tables one row of which stands out of place', 'loop.csv', outOfOrder()],
  ])('is named, and no table of it counts as one without a port in use: %s', async (_what, name, content) => {
    const log = systemLog([{ time: '09:14:38', id: 4231 }]);
    const report = await reportOf(
      fickle(name, content, from(3, content, { content: '', error: GONE })),
      ...evidenceFiles({ 'System.xml': log }),
    );
    expect(told(report)).toEqual({ problems: ['unreadable-again'], inUse: [] });
    expect(report.inputs[0]?.problems[0]?.message.text).toContain('no such file or folder');
    expect(report.hosts[0]?.verdict.mechanism).toBe('undetermined');
  });

  it('is still reported where it is all there is', async () => {
    const report = await reportOf(fickle('loop.txt', LOOP, from(3, LOOP, { content: '', error: GONE })));
    expect(told(report)).toEqual({ problems: ['unreadable-again'], inUse: [] });
    expect(report.hosts[0]?.verdict.mechanism).toBe('undetermined');
  });

  it('keeps the tables that were read before it failed, and does not try once more for each of the others', async () => {
    const read = LOOP.slice(0, LOOP.indexOf('\n', LOOP.indexOf(':50009', SECOND)) + 1);
    const file = fickle('loop.txt', LOOP, from(3, LOOP, { content: read, error: EIO }));
    expect(told(await reportOf(file))).toEqual({ problems: ['unreadable-again'], inUse: [20, 10] });
    expect(file.opened).toBe(4);
  });

  it('keeps its numbers where only the quotation of rows fails', async () => {
    const report = await reportOf(fickle('loop.txt', LOOP, from(4, LOOP, { content: '', error: EIO })));
    expect(told(report)).toEqual({ problems: ['unreadable-again'], inUse: [20, 21, 22] });
    const rows = [...everySource(report.hosts)].filter(({ file }) => file === 'loop.txt').map(({ row }) => row);
    expect(new Set(rows)).toEqual(new Set(['']));
  });
});

describe('an error that is no fault of the evidence', () => {
  it.each([1, 2, 3, 4])('is not taken for one, thrown at opening %d', async (nth) => {
    const bug = new TypeError('x is not a function');
    const file = fickle('loop.txt', LOOP, (at) => (at === nth ? { content: '', error: bug } : { content: LOOP }));
    await expect(reportOf(file)).rejects.toBe(bug);
  });

  it('is not taken for one, thrown while a chunk is worked on', async () => {
    const bug = new RangeError('out of range');
    let decoded = 0;
    const platform = {
      ...nodePlatform,
      indexOfByte: (...asked: Parameters<typeof nodePlatform.indexOfByte>): number => {
        decoded += 1;
        if (decoded > 40) throw bug;
        return nodePlatform.indexOfByte(...asked);
      },
    };
    await expect(analyze(evidenceFiles({ 'loop.txt': LOOP }), platform, OPTIONS)).rejects.toBe(bug);
  });
});

function inOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function outOfOrder(): string {
  const [header = '', ...rows] = ['09:14:40', '09:15:10']
    .flatMap((time) =>
      tcpCsv(time, [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)])
        .trimEnd()
        .split('\r\n'),
    )
    .filter((line, index) => index === 0 || !line.startsWith('"Timestamp"'));
  const [first = '', ...others] = rows;
  return [header, ...others, first, ''].join('\r\n');
}
