import { describe, expect, it } from 'vitest';
import { actionsFor } from '../../../src/advice/actions/actions.js';
import { settingsPlan, type SettingsPlan } from '../../../src/advice/plan/settings-plan.js';
import type { HostFacts } from '../../../src/measure/facts.js';
import { conclusionOf } from '../../support/a-conclusion.js';
import { MECHANISMS, type VerdictMechanism } from '../../../src/model/report-judgement.js';
import type { Action } from '../../../src/model/report-advice.js';
import {
  bound,
  connections,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  TASKS,
  tcpCsv,
} from '../../support/capture.js';
import { factsOf, someFacts } from '../../support/host-facts.js';
import { hostOf } from '../../support/capture.js';
import { listener } from '../a-capture.js';

/** What the action makes of a host under this verdict. */
function widened(facts: HostFacts, mechanism: VerdictMechanism, changed: Partial<SettingsPlan> = {}): Action | null {
  const conclusion = conclusionOf(mechanism);
  const plan = { ...settingsPlan(facts, conclusion, 0.7), ...changed };
  return actionsFor({ facts, conclusion, plan }).find(({ id }) => id === 'widen-in-emergency') ?? null;
}

function host(range: string, excluded = netshExclusions()): Promise<HostFacts> {
  return factsOf({
    'netstat.txt': netstat('09:10:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]),
    'netsh.txt': range,
    'excluded.txt': excluded,
  });
}

describe('the widest range as an emergency measure', () => {
  it('is offered for every leak of TCP ports and for nothing else', async () => {
    const facts = await someFacts();
    const offered = [...MECHANISMS, 'undetermined' as const, 'none' as const].filter(
      (mechanism) => widened(facts, mechanism) !== null,
    );
    expect(offered).toEqual(['bound-leak', 'close-wait-leak', 'established-leak']);
  });

  it('says how many ports it gains, takes effect at once and can be put back', async () => {
    const facts = await someFacts();
    const show = ['ipv4', 'ipv6'].map((family) => `netsh int ${family} show dynamicport tcp`);
    const set = ['ipv4', 'ipv6'].map((family) => `netsh int ${family} set dynamicport tcp start=1025 num=64511`);
    const {
      title: _title,
      why,
      risks,
      workedWhen,
      duration: _duration,
      who: _who,
      ...rest
    } = widened(facts, 'bound-leak') ?? {};
    expect(rest).toEqual({
      id: 'widen-in-emergency',
      when: 'now',
      planned: false,
      restartRequired: 'no',
      apply: { cmd: [...show, ...set], powershell: [...show, ...set], reg: null },
      verify: show,
      rollback: [
        'netsh int ipv4 set dynamicport tcp start=49152 num=16384',
        'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
      ],
    });
    // 64,511 ports but the excluded 5985, less the 16,384 there are.
    expect(why?.params).toEqual({ gained: 64_511 - 1 - 16_384, free: 64_490, perHour: null, lasts: null });
    expect(risks?.map(({ id }) => id)).toEqual([
      'action.range.risk-unseen',
      'action.widen-in-emergency.risk-firewall',
      'action.range.risk-assumed-ipv6',
      'action.range.risk-wrong',
    ]);
    expect(workedWhen?.params).toEqual({ range: '1025–65535' });
  });

  it('is not offered where it gains no port, and is for one', async () => {
    expect(widened(await host(netshRange(1025, 64_511)), 'bound-leak')).toBeNull();
    expect(widened(await host(netshRange(1026, 64_510)), 'bound-leak')?.why.params).toMatchObject({ gained: 1 });
    expect(widened(await host(netshRange(1026, 64_510), netshExclusions([1025, 1025])), 'bound-leak')).toBeNull();
  });

  it('starts above the listeners where twice the ports can be had there, and names what it takes in where not', async () => {
    const above = async (...ports: readonly number[]): Promise<unknown> => {
      const rows = [
        ...LISTENERS,
        ...ports.map((port) => listener(port, 5000)),
        ...connections('ESTABLISHED', 50_000, 20),
      ];
      const facts = await factsOf({
        'netstat.txt': netstat('09:10:00', rows),
        'netsh.txt': netshRange(),
        'tasklist.csv': TASKS,
      });
      const { apply, risks } = widened(facts, 'bound-leak') ?? {};
      const taken = risks?.find(({ id }) => id === 'action.range.risk-listeners')?.params['listeners'] ?? [];
      return [/start=(\d+)/.exec(apply?.cmd.at(-1) ?? '')?.[1], taken];
    };
    expect(await above(3389, 5985)).toEqual(['6000', []]);
    expect(await above(5985, 47_001)).toEqual(['6000', ['47001 (w3wp.exe)']]);
  });

  it('says how long the ports gained last', async () => {
    const tables = ['09:00:00', '09:30:00', '10:00:00', '10:30:00'].map((time, at) =>
      tcpCsv(time, [...LISTENERS, ...bound(49_152, 2000 + at * 720)]),
    );
    const files = { 'tcp.csv': tables.join(''), 'netsh.txt': netshRange(), 'tasklist.csv': TASKS };
    const { recommendation, verdict } = await hostOf(files);
    expect(verdict.mechanism).toBe('bound-leak');
    const { why } = recommendation.actions.find(({ id }) => id === 'widen-in-emergency') ?? {};
    expect(why?.params).toEqual({
      gained: 64_511 - 16_384,
      free: 60_351,
      perHour: { low: 1378, best: 1440, high: 1502 },
      lasts: { low: 144_650, best: 150_878, high: 157_666 },
    });
    expect(why?.text).toContain(
      '48,127 ports more, so that 60,351 are free: at about 1,440 (1,378–1,502) an hour the leak has filled those after about 42 h (40 h to 44 h).',
    );
  });

  it('says so as well of a leak that was seen in a full pool only, by the ages of its sockets', async () => {
    const full = ['09:00:00', '09:15:00', '09:30:00'].map((time): [string, string] => [
      `${time.replaceAll(':', '')}.csv`,
      tcpCsv(time, [...LISTENERS, ...bound(50_000, 4000)]),
    ]);
    // Half a port a second from midnight on, until none was left.
    const created = (index: number): string => new Date(Date.UTC(2026, 2, 3) + index * 2000).toISOString();
    const aged = (csv: string): string =>
      csv
        .split('\r\n')
        .map((line, index) => (line === '' ? line : `${line},"${index === 0 ? 'CreationTime' : created(index)}"`))
        .join('\r\n');
    const files: Record<string, string> = Object.fromEntries(full.map(([name, csv]) => [name, aged(csv)]));
    const settings = { 'netsh.txt': netshRange(50_000, 4000), 'tasklist.csv': TASKS };
    const { recommendation } = await hostOf({ ...files, ...settings });
    const { why } = recommendation.actions.find(({ id }) => id === 'widen-in-emergency') ?? {};
    expect(why?.params).toMatchObject({ gained: 60_511, free: 60_511, perHour: { best: 1800 } });
    expect(why?.text).toMatch(/an hour the leak has filled those after about 34 h \(.+ h to .+ h\)\./);
    // Of the range as it is no rate says anything: it is full.
    expect(recommendation.predicted.secondsToExhaustion).toEqual({ low: 0, best: 0, high: 0 });
  });

  it('is not offered beside a range that the plan itself recommends', async () => {
    expect(widened(await someFacts(), 'bound-leak', { range: { start: 9000, count: 56_536 } })).toBeNull();
  });

  it('puts the range of IPv6 back to what that was', async () => {
    const facts = await host(netshRange(50_000, 15_536));
    const pools = facts.pools.map((pool) =>
      pool.id === 'tcp-ipv6' ? { ...pool, range: { start: 49_152, count: 16_384 } } : pool,
    );
    expect(widened({ ...facts, pools }, 'close-wait-leak')?.rollback).toEqual([
      'netsh int ipv4 set dynamicport tcp start=50000 num=15536',
      'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
    ]);
  });
});

describe('a leak that is over', () => {
  const tables = (last: number) =>
    Object.fromEntries(
      [5000, 10_000, 16_300, last].map((held, index) => [
        `${String(index)}.csv`,
        tcpCsv(`0${String(index + 3)}:00:00`, [...LISTENERS, ...bound(49_152, held)]),
      ]),
    );
  const offered = async (last: number) => {
    const { recommendation } = await hostOf({ ...tables(last), 'tasklist.csv': TASKS, 'netsh.txt': netshRange() });
    return recommendation.actions.map(({ id }) => id).includes('widen-in-emergency');
  };

  it('needs no wider range: the process has ended, and the ports are back', async () => {
    expect(await offered(0)).toBe(false);
    expect(await offered(16_370)).toBe(true);
  });
});
