import { describe, expect, it } from 'vitest';
import { hostLogs, isWholeBetween } from '../../../src/capture/assemble/host-logs.js';
import { LogCoverageTracker, type LogCoverage } from '../../../src/capture/survey/log-coverage.js';

describe('the coverage of a log', () => {
  const HEADER = { provider: 'Tcpip', id: 4227, host: 'APP02', channel: 'System', line: 1 };

  function covered(records: readonly (readonly [record: number, second: number, channel?: string])[]): unknown {
    const tracker = new LogCoverageTracker();
    for (const [recordId, second, channel = 'System'] of records) {
      tracker.coverHeader({ ...HEADER, recordId, channel, atMs: second * 1000 });
    }
    return tracker.list().map(({ channel, fromMs, toMs, events, gaps }) => ({
      channel,
      seconds: [fromMs / 1000, toMs / 1000],
      events,
      gaps: gaps.map((gap) => [gap.fromMs / 1000, gap.toMs / 1000, gap.missingRecords]),
    }));
  }

  it('goes from its first to its last event, oldest or newest first, without a gap where records follow one another', () => {
    const whole = [{ channel: 'System', seconds: [10, 40], events: 3, gaps: [] }];
    expect(
      covered([
        [1, 10],
        [2, 20],
        [3, 40],
      ]),
    ).toEqual(whole);
    expect(
      covered([
        [3, 40],
        [2, 20],
        [1, 10],
      ]),
    ).toEqual(whole);
  });

  it('has a gap where records are missing', () => {
    const [gaps] = [[[20, 40, 5]]];
    const expected = [{ channel: 'System', seconds: [10, 40], events: 3, gaps }];
    expect(
      covered([
        [1, 10],
        [2, 20],
        [8, 40],
      ]),
    ).toEqual(expected);
    expect(
      covered([
        [8, 40],
        [2, 20],
        [1, 10],
      ]),
    ).toEqual(expected);
  });

  it('has none where the lines stand in disorder: the numbers tell, not the lines', () => {
    const whole = [{ channel: 'System', seconds: [1, 500], events: 500, gaps: [] }];
    const ids = Array.from({ length: 500 }, (_, index) => ((index * 173) % 500) + 1);
    expect(covered(ids.map((id) => [id, id]))).toEqual(whole);
    expect(covered(ids.filter((id) => id < 200 || id > 204).map((id) => [id, id]))).toEqual([
      { channel: 'System', seconds: [1, 500], events: 495, gaps: [[199, 205, 5]] },
    ]);
  });

  it('is kept apart by channel: each numbers its own records', () => {
    expect(
      covered([
        [1, 10],
        [900, 11, 'Application'],
        [2, 12],
      ]),
    ).toEqual([
      { channel: 'System', seconds: [10, 12], events: 2, gaps: [] },
      { channel: 'Application', seconds: [11, 11], events: 1, gaps: [] },
    ]);
  });

  it('leaves out events whose time cannot be read', () => {
    expect(
      covered([
        [1, NaN],
        [2, 20],
      ]),
    ).toEqual([{ channel: 'System', seconds: [20, 20], events: 1, gaps: [] }]);
  });
});

describe('the log of a host', () => {
  const HEADER = { provider: 'Tcpip', id: 4227, host: 'APP02', channel: 'System', line: 1 };
  const HOUR_MS = 3_600_000;

  /** A file with these records, one every ten seconds. */
  function file(records: readonly number[]): LogCoverage[] {
    const tracker = new LogCoverageTracker();
    for (const recordId of records) tracker.coverHeader({ ...HEADER, recordId, atMs: recordId * 10_000 });
    return tracker.list();
  }
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const system = (...files: readonly (readonly number[])[]) => {
    const [log] = hostLogs(files.flatMap((records) => file(records)));
    if (log === undefined) throw new Error('no log');
    return log;
  };

  it('is whole over a time that no missing record lies in', () => {
    const log = system([...numbers(1, 100), ...numbers(114, 200)]);
    expect(isWholeBetween(log, 100_000, 1_000_000)).toBe(true);
    expect(isWholeBetween(log, 1_140_000, 2_000_000)).toBe(true);
    expect(isWholeBetween(log, 100_000, 1_010_000)).toBe(false);
    expect(isWholeBetween(log, 100_000, 2_000_000)).toBe(false);
    expect(log.isFiltered).toBe(false);
  });

  it('is whole for half an hour beyond its last record, not before its first', () => {
    const log = system(numbers(10, 100));
    expect(isWholeBetween(log, 100_000, 1_000_000 + HOUR_MS / 2)).toBe(true);
    expect(isWholeBetween(log, 100_000, 1_000_001 + HOUR_MS / 2)).toBe(false);
    expect(isWholeBetween(log, 99_999, 1_000_000)).toBe(false);
  });

  it('is one where several exports overlap or follow one another, in any order', () => {
    for (const files of [
      [numbers(1, 60), numbers(40, 100)],
      [numbers(61, 100), numbers(1, 60)],
    ]) {
      expect(isWholeBetween(system(...files), 10_000, 1_000_000)).toBe(true);
    }
    expect(isWholeBetween(system(numbers(1, 60), numbers(62, 100)), 10_000, 1_000_000)).toBe(false);
  });

  it('is a filtered one where holes stand beside every few records', () => {
    const everyTenth = (count: number): number[] => Array.from({ length: count }, (_, at) => at * 10);
    expect(system(everyTenth(4)).isFiltered).toBe(true);
    expect(system(everyTenth(3)).isFiltered).toBe(false);
    const threeHoles = (length: number): number[] => numbers(1, length + 3).filter((at) => at % 5 !== 0 || at > 15);
    expect(system(threeHoles(30)).isFiltered).toBe(true);
    expect(system(threeHoles(31)).isFiltered).toBe(false);
  });

  it('that numbers no records is never whole', () => {
    expect(isWholeBetween(system([-1, -1]), -10_000, -10_000)).toBe(false);
  });
});
