import { describe, expect, it } from 'vitest';
import {
  effectiveTimeWait,
  type MeasuredDelay,
  type TimeWaitInput,
} from '../../../src/measure/time-wait/effective-time-wait.js';
import { registryDword, settingsOf } from '../../support/port-table.js';

const NOT_MEASURED: MeasuredDelay = { low: null, best: null, high: null };
const IPV4_ONLY = { ipv4: 1000, ipv6: 0 };
const delay = (seconds: number | null): TimeWaitInput['settings'] =>
  settingsOf(registryDword('TcpTimedWaitDelay', seconds));

/** The delay in force, as `low–best–high source`, with the configured one where a restart is pending. */
function effective(input: { option?: number; settings?: TimeWaitInput['settings']; measured?: MeasuredDelay }): string {
  const { option = null, settings = [], measured = NOT_MEASURED } = input;
  const facts = effectiveTimeWait({
    option,
    settings,
    measured: { ipv4: measured, ipv6: NOT_MEASURED },
    waiting: IPV4_ONLY,
  });
  const { low, best, high, source } = facts.effective;
  const pending = facts.pendingRestart ? `, ${String(facts.configuredSeconds)} after a restart` : '';
  return `${String(low)}–${String(best)}–${String(high)} ${source}${pending}`;
}

describe('the TIME_WAIT in force', () => {
  it('is what the option says before anything else', () => {
    const measured = { low: 118, best: 120, high: 122 };
    expect(effective({ option: 60, settings: delay(30), measured })).toBe('60–60–60 option, 30 after a restart');
  });

  it('is what was measured where the registry says nothing', () => {
    expect(effective({ measured: { low: 118, best: 120, high: 122 } })).toBe('118–120–122 measured');
  });

  it('is what the registry says once the sockets exclude the default beside it', () => {
    const measured = (high: number): MeasuredDelay => ({ low: null, best: null, high });
    expect(effective({ settings: delay(30), measured: measured(117) })).toBe('30–30–30 registry');
    expect(effective({ settings: delay(30), measured: measured(118) })).toBe('30–30–120 registry');
    expect(effective({ settings: delay(30), measured: { low: 25, best: null, high: 35 } })).toBe('30–30–30 registry');
  });

  it('may still be the default beside a value that nothing has measured, for that takes a restart', () => {
    expect(effective({ settings: delay(30) })).toBe('30–30–240 registry');
    expect(effective({ settings: delay(240) })).toBe('120–240–240 registry');
    expect(effective({ settings: delay(60), measured: { low: 61, best: null, high: 121 } })).toBe(
      '60–null–121 registry',
    );
  });

  it('is unknown between 120 and 240 s, the two defaults that Microsoft names, where nothing tells', () => {
    expect(effective({})).toBe('120–null–240 assumed');
  });

  it.each([
    [{ low: null, best: null, high: 180 }, '30–null–180'],
    [{ low: null, best: null, high: 239 }, '30–null–239'],
    [{ low: null, best: null, high: 240 }, '120–null–240'],
    [{ low: null, best: null, high: 117 }, '2–null–117'],
    [{ low: null, best: null, high: 118 }, '30–null–120'],
    [{ low: 150, best: null, high: null }, '150–null–240'],
    [{ low: 60, best: null, high: null }, '120–null–240'],
    [{ low: 250, best: null, high: null }, '250–null–300'],
    [{ low: 600, best: null, high: 2220 }, '120–null–240'],
    [{ low: 600, best: null, high: null }, '120–null–240'],
  ])('is the assumption cut to one measured bound: %j gives %s', (measured, expected) => {
    expect(effective({ measured })).toBe(`${expected} assumed`);
  });

  it('keeps the shorter default under an upper bound only where the registry was read and says nothing', () => {
    const measured = { low: null, best: null, high: 124 };
    expect(effective({ measured })).toBe('30–null–124 assumed');
    expect(effective({ settings: settingsOf(registryDword('MaxUserPort', 5000)), measured })).toBe(
      '120–null–124 assumed',
    );
  });

  it('reaches from the shortest usual delay to the longest legal one where the measured bounds go beyond', () => {
    expect(effective({ measured: { low: 20, best: null, high: 140 } })).toBe('30–null–140 measured');
    expect(effective({ measured: { low: 15, best: null, high: 40 } })).toBe('15–null–40 measured');
    expect(effective({ measured: { low: 65, best: null, high: 766 } })).toBe('65–null–300 measured');
  });

  it('has no upper end where TIME_WAIT never expires', () => {
    expect(effective({ measured: { low: 19_600, best: null, high: null, neverExpires: true } })).toBe(
      '19600–null–null measured',
    );
  });

  it.each([
    [1, '120–null–240 assumed'],
    [2, '2–2–240 registry'],
    [300, '120–300–300 registry'],
    [301, '120–null–240 assumed'],
    [null, '120–null–240 assumed'],
  ])('does not come from a value of %s that Windows refuses or cannot read: %s', (value, expected) => {
    expect(effective({ settings: delay(value) })).toBe(expected);
  });

  it('does not come from a value below another key, nor from a misspelt one', () => {
    const wrongKey = settingsOf(registryDword('TcpTimedWaitDelay', 30, 'Tcpip6\\Parameters'));
    const misspelt = settingsOf(registryDword('TcpTimeWaitDelay', 30));
    expect([effective({ settings: wrongKey }), effective({ settings: misspelt })]).toEqual([
      '120–null–240 assumed',
      '120–null–240 assumed',
    ]);
  });
});

describe('each address family', () => {
  const apart = {
    ipv4: { low: 118, best: 120, high: 122 },
    ipv6: { low: null, best: null, high: 242 },
  };

  const facts = (ipv4: number, ipv6: number) =>
    effectiveTimeWait({ option: null, settings: [], measured: apart, waiting: { ipv4, ipv6 } });

  it('keeps its own measure, and the one that most of TIME_WAIT is in is in force', () => {
    const families = [
      { family: 'ipv4', measured: { low: 118, best: 120, high: 122 } },
      { family: 'ipv6', measured: { low: 0, best: null, high: 242 } },
    ];
    expect(facts(100, 0)).toMatchObject({
      families,
      effective: { low: 118, best: 120, high: 122, source: 'measured' },
    });
    expect(facts(0, 100)).toMatchObject({
      families,
      effective: { low: 120, best: null, high: 240, source: 'assumed' },
    });
  });

  it('counts for the host from more than a tenth of TIME_WAIT on', () => {
    expect(facts(90, 10).effective).toEqual({ low: 118, best: 120, high: 122, source: 'measured' });
    expect(facts(89, 11).effective).toEqual({ low: 118, best: null, high: 240, source: 'assumed' });
  });

  it('without a measure is unknown', () => {
    const measured = { ipv4: apart.ipv4, ipv6: NOT_MEASURED };
    const { families } = effectiveTimeWait({ option: null, settings: [], measured, waiting: IPV4_ONLY });
    expect(families[1]).toEqual({ family: 'ipv6', measured: null });
  });
});

describe('a restart is pending', () => {
  it('when sockets wait more than ten seconds longer than configured', () => {
    const measured = (low: number): MeasuredDelay => ({ low, best: null, high: 122 });
    expect(effective({ settings: delay(30), measured: measured(40) })).toBe('30–null–122 registry');
    expect(effective({ settings: delay(30), measured: measured(41) })).toBe('41–null–122 measured, 30 after a restart');
  });

  it('while what is in force stays the assumption when only a lower bound was measured', () => {
    const measured = { low: 90, best: null, high: null };
    expect(effective({ settings: delay(30), measured })).toBe('120–null–240 assumed, 30 after a restart');
  });

  it('when sockets wait more than ten seconds shorter than configured; from three seconds on they count, not the registry', () => {
    const measured = (high: number): MeasuredDelay => ({ low: 110, best: null, high });
    expect(effective({ settings: delay(240), measured: measured(238) })).toBe('120–240–240 registry');
    expect(effective({ settings: delay(240), measured: measured(237) })).toBe('110–null–237 measured');
    expect(effective({ settings: delay(240), measured: measured(230) })).toBe('110–null–230 measured');
    expect(effective({ settings: delay(240), measured: measured(229) })).toBe(
      '110–null–229 measured, 240 after a restart',
    );
  });

  it('and the line of the registry leads to it', () => {
    const { configuredSeconds, sources, sourceCount } = effectiveTimeWait({
      option: null,
      settings: delay(30),
      measured: { ipv4: NOT_MEASURED, ipv6: NOT_MEASURED },
      waiting: IPV4_ONLY,
    });
    expect({ configuredSeconds, sources, sourceCount }).toEqual({
      configuredSeconds: 30,
      sources: [{ file: 'settings.txt', line: 1, record: null, row: 'TcpTimedWaitDelay' }],
      sourceCount: 1,
    });
  });
});
