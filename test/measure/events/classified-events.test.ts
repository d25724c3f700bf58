import { describe, expect, it } from 'vitest';
import { classifyEvents, onsets, type ClassifiedEvents } from '../../../src/measure/events/classified-events.js';
import type { EventGroup } from '../../../src/model/event-group.js';
import { eventRole } from '../../../src/model/event-role.js';
import { bareHost, measuresOf } from '../../support/table-host.js';

const EVENT_LOG = 'EventLog';
const GROUP_POLICY = 'Microsoft-Windows-GroupPolicy';

/** Events of one second, in the role that the program knows them in. */
function group(provider: string, id: number, second: number, data: readonly string[] = []): EventGroup {
  const known = eventRole(provider, id);
  if (known === null) throw new Error(`${provider} ${String(id)} means nothing`);
  const atMs = second * 1000;
  const sample = {
    host: 'APP02',
    provider,
    id,
    atMs,
    recordId: 1,
    channel: 'System',
    data: data.map((value) => ({ name: null, value })),
    line: 1,
    text: '',
  };
  return {
    provider,
    id,
    ...known,
    file: 'System.xml',
    fromMs: atMs,
    toMs: atMs,
    clockErrorSeconds: 0,
    count: 1,
    sample,
  };
}

/** The kinds that hold something, each with its events as `id@second`. */
function sorted(events: ClassifiedEvents): Record<string, string> {
  const { all: _all, uptimeSeconds: _seconds, uptimeEvent: _event, ...kinds } = events;
  const texts = Object.entries(kinds).map(([kind, groups]) => [
    kind,
    groups.map(({ id, fromMs }) => `${String(id)}@${String(fromMs / 1000)}`).join(' '),
  ]);
  return Object.fromEntries(texts.filter(([, text]) => text !== '')) as Record<string, string>;
}

describe('the events of a host', () => {
  it('may be 150,000 that say no port was left', () => {
    const events = Array.from({ length: 150_000 }, (_, minute) => group('Tcpip', 4231, minute * 60));
    expect(measuresOf([], { ...bareHost(), events }).tables.snapshots).toBe(0);
  });

  it('are sorted by what they mean', () => {
    const all = [
      group('Tcpip', 4227, 1),
      group('Tcpip', 4231, 2),
      group('TCPIP', 4266, 3),
      group('NETLOGON', 5719, 4),
      group('Microsoft-Windows-DNS-Client', 1014, 5),
      group('Service Control Manager', 7045, 6),
      group('Contoso.Agent', 4227, 7),
      group('Srv', 2019, 8),
      group('Srv', 2020, 9),
      group(EVENT_LOG, 6006, 10),
      group(EVENT_LOG, 6005, 11),
      group(EVENT_LOG, 6009, 12),
      group('Microsoft-Windows-Kernel-General', 12, 13),
      group('Microsoft-Windows-Kernel-General', 13, 14),
      group('Microsoft-Windows-Kernel-Power', 41, 15),
    ];
    expect(sorted(classifyEvents(all))).toEqual({
      collisions: '4227@1',
      tcpExhausted: '4231@2',
      udpExhausted: '4266@3',
      symptoms: '5719@4 1014@5',
      changes: '7045@6',
      lookAlikes: '4227@7',
      poolShortages: '2019@8 2020@9',
      boots: '6005@11 6009@12 12@13',
    });
    expect(classifyEvents(all).all).toBe(all);
  });

  it('are none where there is no log', () => {
    const events = classifyEvents([]);
    expect([sorted(events), events.uptimeSeconds, events.uptimeEvent]).toEqual([{}, null, null]);
  });

  it('say that no port was to be had in the order of their first moment', () => {
    const all = [group('Tcpip', 4266, 30), group('Tcpip', 4227, 20), group('Tcpip', 4231, 10), group('Srv', 2019, 5)];
    expect(onsets(classifyEvents(all)).map(({ id }) => id)).toEqual([4231, 4227, 4266]);
  });
});

describe('a symptom while the network comes up', () => {
  it.each([
    ['at the start', 1000, true],
    ['ten minutes after it', 1600, true],
    ['later than that', 1600.001, false],
    ['before the start', 999, false],
  ])('means nothing %s', (_name, second, means) => {
    const events = classifyEvents([group(EVENT_LOG, 6005, 1000), group('NETLOGON', 5719, second)]);
    const at = `5719@${String(second)}`;
    expect(sorted(events)).toEqual({ boots: '6005@1000', [means ? 'bootRace' : 'symptoms']: at });
  });

  it.each([
    [6005, EVENT_LOG],
    [6009, EVENT_LOG],
    [12, 'Microsoft-Windows-Kernel-General'],
  ])('is one after %i, which says that Windows has started', (id, provider) => {
    expect(classifyEvents([group(provider, id, 0), group(GROUP_POLICY, 1129, 60)]).bootRace).toHaveLength(1);
  });

  it.each([
    [6006, EVENT_LOG],
    [6008, EVENT_LOG],
    [6013, EVENT_LOG],
    [13, 'Microsoft-Windows-Kernel-General'],
    [41, 'Microsoft-Windows-Kernel-Power'],
  ])('is not one after %i, which says something else', (id, provider) => {
    expect(classifyEvents([group(provider, id, 0), group(GROUP_POLICY, 1129, 60)]).symptoms).toHaveLength(1);
  });

  it('is 5719, 1129 or 1055, and no other', () => {
    const boot = group(EVENT_LOG, 6005, 0);
    const all = [
      group('NETLOGON', 5719, 60),
      group('NETLOGON', 5783, 61),
      group(GROUP_POLICY, 1129, 62),
      group(GROUP_POLICY, 1055, 63),
      group(GROUP_POLICY, 1054, 64),
    ];
    expect(sorted(classifyEvents([boot, ...all]))).toEqual({
      boots: '6005@0',
      bootRace: '5719@60 1129@62 1055@63',
      symptoms: '5783@61 1054@64',
    });
  });

  it('is never an onset: ports that run out after a start have run out', () => {
    expect(sorted(classifyEvents([group(EVENT_LOG, 6005, 0), group('Tcpip', 4231, 60)]))).toEqual({
      boots: '6005@0',
      tcpExhausted: '4231@60',
    });
  });
});

describe('the uptime', () => {
  const uptime = (...data: readonly (readonly string[])[]): (number | null)[] => {
    const groups = data.map((strings, index) => group(EVENT_LOG, 6013, index, strings));
    const { uptimeSeconds, uptimeEvent } = classifyEvents(groups);
    return [uptimeSeconds, uptimeEvent === null ? null : groups.indexOf(uptimeEvent)];
  };

  it('is what the latest EventLog 6013 states, though the host was up longer before a restart, and its event', () => {
    expect(
      uptime(['', '', '', '', '86400', '60'], ['', '', '', '', '172800', '60'], ['', '', '', '', '900', '60']),
    ).toEqual([900, 2]);
    expect(uptime(['0'])).toEqual([0, 0]);
  });

  it('is unknown where no string is a number', () => {
    expect(uptime(['', '-60 Romance Standard Time'], ['12345678901'])).toEqual([null, null]);
    expect(uptime(['1234567890'])).toEqual([1_234_567_890, 0]);
  });
});
