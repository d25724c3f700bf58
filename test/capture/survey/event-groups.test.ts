import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMoments } from '../../../src/capture/survey/event-groups.js';
import { EventMoments } from '../../../src/capture/survey/event-moments.js';
import type { LogEvent } from '../../../src/model/log-event.js';

function event(second: number, id = 4227, provider = 'Tcpip', host: string | null = 'APP02'): LogEvent {
  const recordId = Math.round(second * 10) + 1;
  return {
    host,
    provider,
    id,
    atMs: Math.round(second * 1000),
    recordId,
    channel: 'System',
    data: [],
    line: 1,
    text: '',
  };
}

const change = (second: number): LogEvent => event(second, 7036, 'Service Control Manager');

/** Groups of what these files hold as `id from–to ×count`. */
function grouped(...files: readonly (readonly LogEvent[])[]): string[] {
  const moments = files.flatMap((events, index) => {
    const file = new EventMoments(`${String(index)}.xml`);
    for (const one of events) file.addEvent(one);
    return file.list();
  });
  return groupMoments(moments).map(
    ({ id, fromMs, toMs, count }) => `${String(id)} ${String(fromMs / 1000)}–${String(toMs / 1000)} ×${String(count)}`,
  );
}

describe('events of one kind', () => {
  it('are one group for a minute from the first of them, whatever their order', () => {
    const events = [event(61), event(119), event(60), event(120), event(121)];
    expect(grouped(events)).toEqual(['4227 60–120 ×4', '4227 121–121 ×1']);
  });

  it.each([20, 45, 59.9, 3600])(
    'fall into the same groups %d s later: the minutes of the clock mean nothing',
    (shift) => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 40 }), (seconds) => {
          const groupsFrom = (start: number): number[][] =>
            groupMoments(momentsAt(seconds.map((second) => start + second))).map(({ fromMs, toMs, count }) => [
              Math.round(fromMs / 1000 - start),
              Math.round(toMs / 1000 - start),
              count,
            ]);
          expect(groupsFrom(shift)).toEqual(groupsFrom(0));
        }),
      );
    },
  );

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
    const moments = new EventMoments('System.xml');
    for (let minute = 0; minute < 40_010; minute += 2) moments.addEvent(event(minute * 60));
    expect([groupMoments(moments.list()).length, moments.overflow]).toEqual([20_000, 5]);
  });

  it('in a flood become groups while the file is read, and all are counted', () => {
    const moments = new EventMoments('System.xml');
    for (let second = 0; second < 50_000; second += 1) moments.addEvent(event(second / 10));
    const groups = groupMoments(moments.list());
    expect([groups.length, groups.reduce((total, { count }) => total + count, 0), moments.overflow]).toEqual([
      Math.ceil(5000 / 60),
      50_000,
      0,
    ]);
  });
});

describe('exports of one log that overlap', () => {
  const log = [event(0), event(10), event(300), event(310, 4231)];

  it('count a record once, whichever order the files come in', () => {
    const expected = ['4227 0–10 ×2', '4227 300–300 ×1', '4231 310–310 ×1'];
    expect(grouped(log)).toEqual(expected);
    expect(grouped(log, log)).toEqual(expected);
    expect(grouped(log.slice(0, 3), log.slice(1))).toEqual(expected);
    expect(grouped(log.slice(1), log.slice(0, 3).reverse())).toEqual(expected);
  });

  it('count both records where two channels, or a log begun anew, number them alike', () => {
    const [first = event(0)] = log;
    expect(grouped([first], [{ ...first, channel: 'Application' }])).toEqual(['4227 0–0 ×2']);
    expect(grouped([first], [{ ...first, atMs: 5000 }])).toEqual(['4227 0–5 ×2']);
  });

  it('without record numbers count what they hold: nothing tells that they repeat one another', () => {
    const unnumbered = { ...event(0), recordId: null };
    expect(grouped([unnumbered], [unnumbered])).toEqual(['4227 0–0 ×2']);
  });
});

/** One moment each, whatever second they share. */
function momentsAt(seconds: readonly number[]): Parameters<typeof groupMoments>[0] {
  return seconds.flatMap((second, index) => {
    const moments = new EventMoments('System.xml');
    moments.addEvent({ ...event(second), recordId: index });
    return moments.list();
  });
}

describe('changes (a service started, an update)', () => {
  const changes = (from: number, count: number): LogEvent[] =>
    Array.from({ length: count }, (_, index) => change((from + index) * 61));
  const kept = (events: readonly LogEvent[]): number[] =>
    grouped(events)
      .filter((text) => text.startsWith('7036'))
      .map((text) => Number(/ (\d+)–/.exec(text)?.[1]) / 61);

  it('are left out of a log without an onset', () => {
    expect(kept(changes(0, 100))).toEqual([]);
  });

  it('are kept as the forty before an onset and the forty after it', () => {
    const around = kept([...changes(0, 100), event(100 * 61), ...changes(101, 100)]);
    expect([around.length, around[0], around[39], around[40], around.at(-1)]).toEqual([80, 60, 99, 101, 140]);
  });
});
