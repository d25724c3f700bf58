import { describe, expect, it } from 'vitest';
import type { HostReport } from '../../src/model/report.js';
import {
  bound,
  connections,
  hostOf,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  outcomeOf,
  reportOf,
  SQL,
  systemLog,
  TASKS,
  tcpCsv,
  udp,
  type LogLine,
  type TableRow,
} from '../support/capture.js';

const COLLISION = { time: '09:14:38', id: 4227 };
const EXHAUSTED = { time: '09:15:10', id: 4231 };
/** The default range, captured with its exclusions: nothing is left to assume but the delay. */
const SETTINGS = { 'netsh.txt': netshRange(), 'excluded.txt': netshExclusions(), 'tasklist.csv': TASKS };
const FULL = [...connections('ESTABLISHED', 49_152, 40), ...connections('TIME_WAIT', 49_192, 16_300)];

function capture(rows: readonly TableRow[], log?: readonly LogLine[], time = '09:14:40') {
  const table = { 'netstat.txt': netstat(time, [...LISTENERS, ...rows]), ...SETTINGS };
  return log === undefined ? table : { ...table, 'System.xml': systemLog(log) };
}

function brief({ verdict, recommendation, consumers }: HostReport) {
  const { mechanism, confidence, exhaustion } = verdict;
  const atFault = consumers.filter((consumer) => consumer.atFault === 'yes').map(({ process }) => process);
  return { mechanism, confidence, exhaustion, settingsHelp: recommendation.settingsHelp, atFault };
}

describe('churn', () => {
  it('is high when events, a full pool and the owners of its TIME_WAIT agree', async () => {
    const host = await hostOf(capture(FULL, [COLLISION]));
    expect(brief(host)).toEqual({
      mechanism: 'time-wait-churn',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'yes',
      atFault: ['Contoso.Sync.exe'],
    });
    expect(host.destinations[0]?.remote).toBe(SQL);
  });

  it('stays churn when 4231 is logged too: programs that bind first find no port then', async () => {
    const without = brief(await hostOf(capture(FULL, [COLLISION])));
    expect(brief(await hostOf(capture(FULL, [COLLISION, EXHAUSTED])))).toEqual(without);
  });

  it('is not high from a full pool without events', async () => {
    for (const log of [[], undefined]) {
      const { mechanism, confidence, exhaustion } = brief(await hostOf(capture(FULL, log)));
      expect({ mechanism, confidence, exhaustion }).toEqual({
        mechanism: 'time-wait-churn',
        confidence: 'medium',
        exhaustion: 'shown',
      });
    }
  });

  it('is not high when the owners of most TIME_WAIT are unknown', async () => {
    const rows = connections('TIME_WAIT', 49_152, 16_340);
    const { mechanism, confidence, atFault } = brief(await hostOf(capture(rows, [COLLISION])));
    expect({ mechanism, confidence, atFault }).toEqual({
      mechanism: 'time-wait-churn',
      confidence: 'medium',
      atFault: [],
    });
  });

  it('is not high beside an empty non-paged pool, the other cause of error 10055', async () => {
    const shortage = { time: '09:14:30', id: 2019, provider: 'Srv' };
    expect(brief(await hostOf(capture(FULL, [COLLISION, shortage]))).confidence).toBe('medium');
  });

  it('is not 4227 without occupancy', async () => {
    const host = await hostOf(capture(connections('TIME_WAIT', 49_152, 100), [COLLISION]));
    expect(outcomeOf(host, 'time-wait-churn')).toBe('ruled-out');
    expect(brief(host)).toEqual({
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'cannot-tell',
      settingsHelp: 'cannot-tell',
      atFault: [],
    });
  });

  it('does not call a pool exhausted that was under pressure only', async () => {
    const rows = [...connections('ESTABLISHED', 49_152, 40), ...connections('TIME_WAIT', 49_192, 12_000)];
    const { verdict } = await hostOf(capture(rows, [COLLISION], '09:15:20'));
    expect({ mechanism: verdict.mechanism, exhaustion: verdict.exhaustion }).toEqual({
      mechanism: 'time-wait-churn',
      exhaustion: 'cannot-tell',
    });
    expect(verdict.summary.text).not.toContain('ran out');
  });

  it('is not told from a pool that had ports to spare seconds after the event', async () => {
    const rows = [...connections('ESTABLISHED', 49_152, 40), ...connections('TIME_WAIT', 49_192, 12_000)];
    expect((await hostOf(capture(rows, [COLLISION]))).verdict.mechanism).toBe('undetermined');
  });
});

describe('a table filtered to TIME_WAIT minutes after an event', () => {
  it('is undetermined, and churn cannot be told rather than ruled out', async () => {
    const files = {
      'tcp.csv': tcpCsv('09:24:38', connections('TIME_WAIT', 49_152, 200)),
      'System.xml': systemLog([COLLISION]),
      ...SETTINGS,
    };
    const host = await hostOf(files);
    expect(brief(host)).toEqual({
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'cannot-tell',
      settingsHelp: 'cannot-tell',
      atFault: [],
    });
    for (const id of [
      'time-wait-churn',
      'bound-leak',
      'close-wait-leak',
      'established-leak',
      'connection-saturation',
    ]) {
      expect([id, outcomeOf(host, id)]).toEqual([id, 'cannot-tell']);
    }
    expect(host.missingEvidence[0]?.what.id).toBe('lacking.all-states');
  });
});

describe('none', () => {
  const few = connections('ESTABLISHED', 49_152, 20);

  it('is high with tables of all states and a log that covers them', async () => {
    expect(brief(await hostOf(capture(few, [])))).toEqual({
      mechanism: 'none',
      confidence: 'high',
      exhaustion: 'refuted',
      settingsHelp: 'not-needed',
      atFault: [],
    });
  });

  it('is never high without a log that covers the tables', async () => {
    const withoutLog = brief(await hostOf(capture(few)));
    expect([withoutLog.mechanism, withoutLog.confidence]).toEqual(['none', 'medium']);
    const logElsewhere = brief(await hostOf(capture(few, [], '14:00:00')));
    expect([logElsewhere.mechanism, logElsewhere.confidence]).toEqual(['none', 'medium']);
  });

  it('is low from a log alone, and says nothing of how full the pool was', async () => {
    const host = await hostOf({ 'System.xml': systemLog([]) });
    expect([host.verdict.mechanism, host.verdict.confidence]).toEqual(['none', 'low']);
    const reasons = [
      host.recommendation.tcpTimedWaitDelay.reason,
      ...host.recommendation.dynamicPortRanges.map(({ reason }) => reason),
    ];
    for (const { text } of reasons) expect(text).not.toContain('never near its limit');
  });

  it('is not concluded from a filtered table without a log', async () => {
    const host = await hostOf({ 'tcp.csv': tcpCsv('09:24:38', connections('TIME_WAIT', 49_152, 200)), ...SETTINGS });
    expect([host.verdict.mechanism, host.verdict.exhaustion]).toEqual(['undetermined', 'cannot-tell']);
  });
});

describe('events that are no onset', () => {
  const few = connections('ESTABLISHED', 49_152, 20);

  it.each(['Microsoft-Windows-TCPIP', 'ContosoBackup', 'Tcpip6'])('4227 of %s is a look-alike', async (provider) => {
    const host = await hostOf(capture(few, [{ ...COLLISION, provider }]));
    expect(host.verdict.mechanism).toBe('none');
    expect(host.events.filter(({ id }) => id === 4227).map(({ role, provider: name }) => [role, name])).toEqual([
      ['look-alike', provider],
    ]);
    expect(host.incidents).toEqual([]);
  });

  it('the provider is compared whole and in any case', async () => {
    const host = await hostOf(capture(few, [{ ...COLLISION, provider: 'TCPIP' }]));
    expect(host.events.filter(({ id }) => id === 4227).map(({ role }) => role)).toEqual(['onset']);
  });

  it('NETLOGON 5719 within ten minutes after a start is no symptom, a second later it is one', async () => {
    const boot = { time: '09:00:00', id: 6005, provider: 'EventLog' };
    const netlogon = (time: string): LogLine => ({ time, id: 5719, provider: 'NETLOGON' });
    const host = await hostOf(capture(few, [boot, netlogon('09:10:00'), netlogon('09:30:01')]));
    expect(host.events.filter(({ id }) => id === 5719).map(({ at, role, message }) => [at, role, message.id])).toEqual([
      ['2026-03-03T09:10:00Z', 'context', 'event.boot-race'],
      ['2026-03-03T09:30:01Z', 'symptom', 'event.symptom'],
    ]);
    expect(host.verdict.mechanism).toBe('none');
  });
});

describe('undersized', () => {
  it('is the verdict for Microsoft’s sample num=1000 when it is full, whatever fills it', async () => {
    const rows = [...connections('ESTABLISHED', 10_000, 20), ...connections('TIME_WAIT', 10_020, 980)];
    const host = await hostOf({ ...capture(rows, [COLLISION]), 'netsh.txt': netshRange(10_000, 1000) });
    const { mechanism, confidence, exhaustion, settingsHelp } = brief(host);
    expect({ mechanism, confidence, exhaustion, settingsHelp }).toEqual({
      mechanism: 'undersized-range',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'yes',
    });
    expect(host.incidents.map(({ contributing }) => contributing)).toEqual([['time-wait-churn']]);
    expect(host.settings.map(({ message }) => message.id)).toEqual(['lint.sample-range']);
  });

  it('is a finding of the settings, not the verdict, while that range has ports to spare', async () => {
    const files = capture(connections('ESTABLISHED', 10_000, 20), []);
    const host = await hostOf({ ...files, 'netsh.txt': netshRange(10_000, 1000) });
    expect(host.verdict.mechanism).toBe('none');
    expect(host.settings.map(({ finding, message }) => [finding, message.id])).toEqual([['ok', 'lint.sample-range']]);
  });

  it('cannot be ruled out after an event when nobody captured what is excluded', async () => {
    const { 'excluded.txt': _left, ...files } = capture(connections('ESTABLISHED', 49_152, 20), [EXHAUSTED]);
    expect(outcomeOf(await hostOf(files), 'undersized-range')).toBe('cannot-tell');
    expect(outcomeOf(await hostOf(capture(FULL, [EXHAUSTED])), 'undersized-range')).toBe('ruled-out');
  });
});

describe('a leak in a small range', () => {
  it('is the verdict: it fills a range of any size, and the small one contributes', async () => {
    const leaking = [300, 500, 700, 995].map((ports, index) =>
      netstat(`0${String(6 + index)}:14:40`, [...LISTENERS, ...bound(10_000, ports)]),
    );
    const host = await hostOf({
      ...capture([], [EXHAUSTED]),
      'netstat.txt': leaking.join('\r\n'),
      'netsh.txt': netshRange(10_000, 1000),
    });
    expect(brief(host)).toEqual({
      mechanism: 'bound-leak',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'no',
      atFault: ['FabrikamAgent.exe'],
    });
    expect(host.incidents.map(({ contributing }) => contributing)).toEqual([['undersized-range']]);
  });
});

describe('two mechanisms that hold ports of two kinds', () => {
  it('are the main one and one that contributes; a small share of the other does not', async () => {
    const beside = async (waiting: number) =>
      (
        await hostOf(
          capture(
            [...bound(49_152, 16_384 - waiting), ...connections('TIME_WAIT', 65_536 - waiting, waiting)],
            [EXHAUSTED],
          ),
        )
      ).incidents[0];
    expect(await beside(4200)).toMatchObject({ mechanism: 'bound-leak', contributing: ['time-wait-churn'] });
    expect(await beside(4000)).toMatchObject({ mechanism: 'bound-leak', contributing: [] });
  });
});

describe('what leaves an all-clear open', () => {
  const quiet = connections('ESTABLISHED', 49_152, 20);
  const version = (value: string): LogLine => ({ time: '06:00:00', id: 6009, provider: 'EventLog', data: [value] });

  it('is a symptom in the log, and a Windows that may not list all ports', async () => {
    expect(brief(await hostOf(capture(quiet, [])))).toMatchObject({ confidence: 'high', exhaustion: 'refuted' });
    for (const open of [{ time: '09:10:00', id: 5719, provider: 'NETLOGON' }, version('6.03.')]) {
      expect(brief(await hostOf(capture(quiet, [open])))).toMatchObject({
        mechanism: 'none',
        confidence: 'medium',
        exhaustion: 'cannot-tell',
      });
    }
    expect(brief(await hostOf(capture(quiet, [version('10.00.')])))).toMatchObject({ confidence: 'high' });
  });

  it('is a symptom without any port table', async () => {
    const log = systemLog([{ time: '09:10:00', id: 5719, provider: 'NETLOGON' }]);
    expect(brief(await hostOf({ 'System.xml': log })).mechanism).toBe('undetermined');
    expect(brief(await hostOf({ 'System.xml': systemLog([]) })).mechanism).toBe('none');
  });
});

describe('a pool under pressure', () => {
  it('has not run out while ports are free and no event says so', async () => {
    const rows = (ports: number): TableRow[] => [
      ...connections('ESTABLISHED', 49_152, 40),
      ...connections('TIME_WAIT', 49_192, ports - 40),
    ];
    expect(brief(await hostOf(capture(rows(16_200), [])))).toMatchObject({
      exhaustion: 'cannot-tell',
      confidence: 'low',
    });
    expect(brief(await hostOf(capture(rows(16_230), [])))).toMatchObject({ exhaustion: 'shown' });
    expect(brief(await hostOf(capture(rows(15_000), [COLLISION])))).toMatchObject({ exhaustion: 'shown' });
  });
});

describe('UDP exhaustion', () => {
  it('beside TCP events that nothing explains is not the whole story', async () => {
    const host = await hostOf({ 'System.xml': systemLog([COLLISION, EXHAUSTED, { time: '09:16:00', id: 4266 }]) });
    expect(brief(host)).toMatchObject({ mechanism: 'undetermined', exhaustion: 'shown', settingsHelp: 'cannot-tell' });
    expect(host.incidents[0]?.contributing).toEqual(['udp-exhaustion']);
  });

  it('blames nobody for the 2,500 ports a DNS server holds, nor where no table shows UDP', async () => {
    const ran: LogLine[] = [{ time: '09:14:38', id: 4266 }];
    expect(brief(await hostOf(capture(udp(49_152, 2500), ran)))).toEqual({
      mechanism: 'udp-exhaustion',
      confidence: 'medium',
      exhaustion: 'shown',
      settingsHelp: 'cannot-tell',
      atFault: [],
    });
  });

  it('is high when 4266 and a full UDP table agree', async () => {
    const host = await hostOf(capture(udp(49_152, 16_000), [{ time: '09:14:38', id: 4266 }]));
    expect(brief(host)).toEqual({
      mechanism: 'udp-exhaustion',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'no',
      atFault: ['dns.exe'],
    });
  });
});

describe('several hosts', () => {
  it('stand worst first: a mechanism, an undetermined one, a healthy one', async () => {
    const { hosts } = await reportOf({
      'a.csv': tcpCsv('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 49_152, 20)], 'APP01'),
      'b.csv': tcpCsv('09:24:40', connections('TIME_WAIT', 49_152, 20), 'APP03'),
      'c.csv': tcpCsv('09:14:40', [...LISTENERS, ...bound(49_152, 16_000)], 'APP04'),
      'System-b.xml': systemLog([COLLISION], 'APP03'),
      'System-c.xml': systemLog([EXHAUSTED], 'APP04'),
    });
    expect(hosts.map(({ host, verdict }) => [host, verdict.mechanism])).toEqual([
      ['APP04', 'bound-leak'],
      ['APP03', 'undetermined'],
      ['APP01', 'none'],
    ]);
  });
});
