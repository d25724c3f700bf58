import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/messages/languages.js';
import { phrase } from '../../../src/messages/phrase.js';
import { say } from '../../../src/messages/say.js';
import { exactly } from '../../../src/model/estimate.js';
import type { HostReport } from '../../../src/model/report.js';
import { hostContext } from '../../../src/render/html/view/context.js';
import { pageContext } from '../../../src/render/html/view/page-context.js';
import { factsView } from '../../../src/render/html/view/facts-view.js';
import { capacityPanel } from '../../../src/render/html/view/capacity-panel.js';
import { eventsView } from '../../../src/render/html/view/events-view.js';
import { ledgerView } from '../../../src/render/html/view/ledger-table.js';
import { whatIfView } from '../../../src/render/html/view/what-if-view.js';
import { at, report } from '../../report/samples/build.js';
import { churnHost } from '../../report/samples/churn-host.js';
import { eventsOnlyHost } from '../../report/samples/events-only-host.js';
import { healthyHost } from '../../report/samples/healthy-host.js';
import { undeterminedHost } from '../../report/samples/undetermined-host.js';

const contextOf = (host: HostReport) => hostContext(host, 0, report([host]), pageContext(languageOf('en')));
const facts = (host: HostReport) =>
  factsView(contextOf(host)).map(({ figure, label, assumptions }) => [figure, label, ...assumptions]);

describe('the key facts', () => {
  it('of a filtered table say so, show the events and how long after them it was taken', () => {
    const host = undeterminedHost();
    host.demand.connectionsPerSecond = { low: 0.8, best: null, high: 1.7 };
    expect(facts(host)).toEqual([
      [
        '203 of 16,384',
        'usable ports in the fullest list, 10:05:20',
        'table filtered: only TIME_WAIT',
        'range assumed',
      ],
      [
        '1 event',
        'Tcpip 4227; how often Windows logs them is not documented, so their count is not that of the failures',
      ],
      ['20 s', 'between the last event and the port table'],
    ]);
    for (const entry of host.ledger) entry.at = at(1500 + 3 * 3600 + 60);
    expect(facts(host)[2]?.[0]).toBe('3 h 1 min');
    for (const entry of host.ledger) entry.at = at(1499);
    expect(facts(host)).toHaveLength(2);
  });

  it('without a table are the events alone', () => {
    expect(facts(eventsOnlyHost()).map(([figure]) => figure)).toEqual(['not known', '15 events']);
  });

  it('of a pool that is hardly used show the state as a share of the pool', () => {
    expect(facts(healthyHost())[1]).toEqual([
      '1.9 % ESTABLISHED',
      'of the usable ports at the peak, the largest state',
    ]);
  });

  it('of churn are the peak, its state and the rate', () => {
    expect(facts(churnHost()).map(([figure]) => figure)).toEqual([
      '16,374 of 16,379',
      '99.7 % TIME_WAIT',
      'at least 136/s',
    ]);
  });

  it('of a leak end with how fast it grows, and with the events where that is not known', () => {
    const leak = churnHost();
    leak.verdict = { ...leak.verdict, mechanism: 'bound-leak', ports: 'bound', isLeak: true, filledByRate: false };
    const [worst] = leak.consumers;
    if (worst === undefined) throw new Error('the churn sample has a consumer at fault');
    worst.trendPortsPerHour = { low: 1361, best: 1440, high: 1440 };
    expect(facts(leak)[2]).toEqual(['+ 1,440 ports an hour', 'gained by Contoso.Sync.exe']);
    worst.trendPortsPerHour = { low: -2, best: 5, high: 9 };
    expect(facts(leak)[2]?.[0]).toBe('4 events');
  });

  it('of a healthy host end with the events that are not there', () => {
    expect(facts(healthyHost())[2]).toEqual(['0 events', 'Tcpip 4227, 4231 or 4266 in the logs read']);
  });

  it('name the naive count only where it is twice as large and a visible part of the pool', () => {
    const host = healthyHost();
    const [pool] = host.pools;
    if (pool === undefined) throw new Error('the healthy sample has a pool');
    const label = (naive: number): string => {
      pool.rowsCountedNaively = naive;
      return facts(host)[0]?.[1] ?? '';
    };
    expect(label(10_152)).toContain('counted naively it is 10,152 rows');
    expect(label(1192)).not.toContain('naively');
    pool.peakInUse = 3;
    expect(label(700)).not.toContain('naively');
    host.attribution.serverSide = 10_094;
    host.attribution.clientTimeWait = 58;
    expect(label(700)).toContain(
      '10,152 rows in TIME_WAIT were listed, 62 % of the range if each were a port; 10,094 of them are on the server side and take none',
    );
  });

  it('cite the snapshot of the peak beside the range, the snapshots behind a rate, and the log with the time it covers', () => {
    const cited = (host: HostReport) =>
      factsView(contextOf(host)).map(({ sources }) => [sources.summary, ...sources.items.map(({ place }) => place)]);
    const peak = ['2 sources', 'netstat-08.txt:5', 'netsh.txt:4'];
    const series = ['netstat-01.txt:5', 'netstat-02.txt:5', 'netstat-03.txt:5', 'netstat-04.txt:5', 'netstat-05.txt:5'];
    expect(cited(churnHost())).toEqual([peak, peak, ['12 snapshots', ...series]]);
    expect(cited(healthyHost())[2]).toEqual(['1 log', 'System.xml']);
    expect(cited(eventsOnlyHost())[1]?.[0]).toBe('4 sources, 1 log');
  });

  it('carry the error of the clock where the peak is', () => {
    const host = healthyHost();
    for (const entry of host.ledger) entry.clockErrorSeconds = 86_400;
    expect(facts(host)[0]?.[1]).toMatch(/peak, \d\d:\d\d:\d\d ±\u00a024\u00a0h$/);
  });
});

describe('the panel beside the recommendation', () => {
  const panel = (host: HostReport) =>
    capacityPanel(contextOf(host)).map(({ kind, label, figure, unit }) => [kind, label, `${figure} ${unit}`.trimEnd()]);
  const helped = (host: HostReport, settingsHelp: HostReport['recommendation']['settingsHelp']) => ({
    ...host,
    recommendation: { ...host.recommendation, settingsHelp },
  });

  it('predicts only where something is to change', () => {
    expect(panel(churnHost())).toEqual([['plan', 'predicted to sustain', '323 connections a second at 70 % fill']]);
    expect(panel(helped(churnHost(), 'not-needed'))).toEqual([
      ['present', 'the settings as they are sustain', '95 connections a second at 70 % fill'],
    ]);
  });

  it('says beside what is sustained how long a connection lives, where that is known', () => {
    const lives = (host: HostReport) =>
      capacityPanel(contextOf(host)).flatMap(({ lines }) =>
        lines.filter(({ name }) => name === 'a connection lives').map(({ value }) => value),
      );
    const untold = churnHost();
    untold.demand = { ...untold.demand, meanLifetimeSeconds: null };
    expect([lives(churnHost()), lives(untold)]).toEqual([['0.1–0.4 s'], []]);
    expect(lives(helped(churnHost(), 'not-needed'))).toEqual(['0.1–0.4 s']);
  });

  it('is left out where no rate of connections is the trouble', () => {
    const collision = helped(churnHost(), 'no');
    collision.verdict = { ...collision.verdict, mechanism: 'endpoint-collision', filledByRate: false };
    expect(panel(collision)).toEqual([]);
  });

  it('is left out where nothing can be told', () => {
    expect(panel(undeterminedHost())).toEqual([]);
    expect(panel(eventsOnlyHost())).toEqual([]);
  });

  it('says of a leak how long the pool lasts', () => {
    const leak = helped(churnHost(), 'no');
    leak.verdict = {
      ...leak.verdict,
      mechanism: 'close-wait-leak',
      ports: 'closeWait',
      isLeak: true,
      filledByRate: false,
    };
    leak.recommendation.predicted = { ...leak.recommendation.predicted, secondsToExhaustion: exactly(0) };
    expect(panel(leak)).toEqual([['present', 'the pool is', 'already full']]);
    leak.recommendation.predicted = { ...leak.recommendation.predicted, secondsToExhaustion: exactly(18_000) };
    expect(panel(leak)).toEqual([['present', 'the pool lasts', '5 h until it is full']]);
    leak.recommendation.predicted = { ...leak.recommendation.predicted, secondsToExhaustion: null };
    expect(panel(leak)).toEqual([]);
  });
});

describe('the grid of what if', () => {
  const cells = (host: HostReport) =>
    whatIfView(contextOf(host)).rows.flatMap((row) => row.cells.map((cell) => ({ ...cell, delay: row.delay })));
  const tags = (host: HostReport) =>
    cells(host)
      .filter(({ tag }) => tag !== '')
      .map(({ delay, tag }) => [delay, tag]);

  it('tags the longest delay inside the interval of TIME_WAIT with the whole interval', () => {
    const host = churnHost();
    expect(tags(host)).toEqual([
      ['120 s', 'now (118–122 s)'],
      ['120 s', 'recommended'],
    ]);
    host.timeWait = { ...host.timeWait, effective: { low: 60, best: 60, high: 60, source: 'registry' } };
    expect(tags(host)).toEqual([
      ['60 s', 'now'],
      ['60 s', 'recommended'],
    ]);
  });

  it('leaves out delays longer than the one measured', () => {
    const host = churnHost();
    expect(whatIfView(contextOf(host)).rows.map(({ delay }) => delay)).toEqual(['120 s', '60 s', '30 s']);
    host.timeWait = { ...host.timeWait, effective: { ...host.timeWait.effective, source: 'assumed' } };
    expect(whatIfView(contextOf(host)).rows[0]?.delay).toBe('240 s');
  });

  it('says of the plan how full the pool gets at least where the full pool hid the demand', () => {
    const host = churnHost();
    for (const cell of host.recommendation.whatIf) Object.assign(cell, { exhausts: null, peakUtilisation: null });
    expect(
      cells(host)
        .filter(({ delay }) => delay === '120 s')
        .map(({ outcome }) => outcome),
    ).toEqual(['not known', 'at least 29.5 % full', 'not known']);
  });
});

describe('a host without a name', () => {
  it('is “this host” in the verdict', () => {
    const none = { host: 'unknown', inUse: null, usable: 0, scope: 'whole', snapshots: 0, logged: false } as const;
    expect(phrase(say('verdict.none', none), 'en')).toMatch(/^Nothing here shows that this host ran out/);
    expect(phrase(say('verdict.none', { ...none, host: 'APP02' }), 'en')).toContain('that APP02 ran out');
    const saturated = { host: 'unknown', processes: [], others: 0, ports: 1, usable: 2 };
    expect(phrase(say('verdict.connection-saturation', saturated), 'en')).toMatch(/^This host has/);
  });
});

describe('the table of snapshots', () => {
  it('stands open around the peak, with all rows one click away', () => {
    const host = healthyHost();
    const [last] = host.ledger.slice(-1);
    if (last === undefined) throw new Error('the healthy sample has snapshots');
    const entry = (minute: number) => ({ ...last, at: at(minute * 60), inUse: minute === 9 ? 900 : 100 });
    host.ledger = Array.from({ length: 12 }, (_, minute) => entry(minute));
    const shown = ledgerView(contextOf(host)).primary.map(({ openRows, allRows, allTitle }) => ({
      open: openRows.map((row) => row.inUse),
      all: allRows.length,
      allTitle,
    }));
    expect(shown).toEqual([{ open: ['100', '100', '100', '900', '100', '100'], all: 12, allTitle: 'All 12 rows' }]);
    host.ledger = host.ledger.slice(6);
    expect(ledgerView(contextOf(host)).primary[0]?.allRows).toEqual([]);
  });

  it('bounds what a filtered table cannot count', () => {
    const [row] = ledgerView(contextOf(undeterminedHost())).primary[0]?.openRows ?? [];
    expect([row?.inUse, row?.free]).toEqual(['≥ 203', '≤ 16,181']);
  });
});

describe('the events', () => {
  it('that the report leaves out are not promised to be in the JSON', () => {
    expect(eventsView(contextOf({ ...churnHost(), eventsOmitted: 32 })).more).toBe('32 more are only in the evidence.');
  });

  it('stand without the changes, which are counted and one click away', () => {
    const { rows, changes } = eventsView(contextOf(churnHost()));
    expect(rows.filter(({ kind }) => kind === 'change')).toEqual([]);
    expect(changes.map(({ summary, rows: inside }) => [summary, inside.map(({ message }) => message)])).toEqual([
      [
        '1 change: services started or stopped, updates and the like',
        ['The service Contoso Sync entered the running state.'],
      ],
    ]);
    expect(eventsView(contextOf(eventsOnlyHost())).changes).toEqual([]);
  });

  it('are told with how far their time may be off where only a text tells them, which is no log', () => {
    const host = eventsOnlyHost();
    const events = host.events.map((event) => ({ ...event, clockErrorSeconds: 50_401 }));
    const { rows, noCoverage } = eventsView(contextOf({ ...host, events, coverage: [] }));
    expect(rows[0]?.message).toMatch(/±\s14\sh: the zone is not known$/);
    expect(noCoverage).toMatch(/^Texts tell these events, no log/);
    expect(eventsView(contextOf({ ...host, coverage: [] })).noCoverage).toBe('No event log was captured.');
  });
});
