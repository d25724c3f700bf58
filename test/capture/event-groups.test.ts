import { describe, expect, it } from 'vitest';
import { EventGroups } from '../../src/capture/event-groups.js';
import { LogCoverageTracker } from '../../src/capture/log-coverage.js';
import type { LogEvent } from '../../src/model/log-event.js';

function event(second: number, id = 4227, provider = 'Tcpip', host: string | null = 'APP02'): LogEvent {
  return { host, provider, id, atMs: second * 1000, recordId: 1, channel: 'System', data: [], line: 1, text: '' };
}

const change = (second: number): LogEvent => event(second, 7036, 'Service Control Manager');

/** Groups as `id from–to ×count`. */
function grouped(events: readonly LogEvent[]): string[] {
  const groups = new EventGroups('System.xml');
  for (const one of events) groups.add(one);
  return groups
    .list()
    .map(
      ({ id, fromMs, toMs, count }) =>
        `${String(id)} ${String(fromMs / 1000)}–${String(toMs / 1000)} ×${String(count)}`,
    );
}

describe('events of one kind', () => {
  it('within one minute of the clock are one group, whatever their order', () => {
    expect(grouped([event(61), event(119), event(60), event(120)])).toEqual(['4227 60–119 ×3', '4227 120–120 ×1']);
  });

  it('differ by provider, id and host', () => {
    expect(
      grouped([event(0), event(1, 4231), event(2, 4227, 'Microsoft-Windows-TCPIP'), event(3, 4227, 'Tcpip', 'APP07')]),
    ).toHaveLength(4);
    expect(grouped([event(0), event(1, 4227, 'TCPIP')])).toEqual(['4227 0–1 ×2']);
  });

  it('that mean nothing here are left out', () => {
    expect(grouped([event(0, 16, 'Microsoft-Windows-Kernel-General')])).toEqual([]);
  });

  it('beyond 20,000 groups are counted only', () => {
    const groups = new EventGroups('System.xml');
    for (let minute = 0; minute < 20_010; minute += 1) groups.add(event(minute * 60));
    expect([groups.list().length, groups.overflow]).toEqual([20_000, 10]);
  });
});

describe('changes (a service started, an update)', () => {
  const changes = (from: number, count: number): LogEvent[] =>
    Array.from({ length: count }, (_, index) => change((from + index) * 60));
  const kept = (events: readonly LogEvent[]): number[] =>
    grouped(events)
      .filter((text) => text.startsWith('7036'))
      .map((text) => Number(/ (\d+)–/.exec(text)?.[1]) / 60);

  it('are left out of a log without an onset', () => {
    expect(kept(changes(0, 100))).toEqual([]);
  });

  it('are kept as the forty before an onset and the forty after it', () => {
    const around = kept([...changes(0, 100), event(100 * 60), ...changes(101, 100)]);
    expect([around.length, around[0], around[39], around[40], around.at(-1)]).toEqual([80, 60, 99, 101, 140]);
  });
});

describe('the coverage of a log', () => {
  const HEADER = { provider: 'Tcpip', id: 4227, host: 'APP02', channel: 'System', line: 1 };

  function covered(records: readonly (readonly [record: number, second: number, channel?: string])[]): unknown {
    const tracker = new LogCoverageTracker();
    for (const [recordId, second, channel = 'System'] of records) {
      tracker.add({ ...HEADER, recordId, channel, atMs: second * 1000 });
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
