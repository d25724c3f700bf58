import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitOf } from '../../../src/advice/plan/demand-to-carry.js';
import { settingsPlan } from '../../../src/advice/plan/settings-plan.js';
import { recommend } from '../../../src/advice/recommendation.js';
import { phrase } from '../../../src/messages/phrase.js';
import type { HostFacts } from '../../../src/measure/facts.js';
import { MECHANISM_RECORDS } from '../../../src/mechanisms/mechanisms.js';
import { MAX_PORT } from '../../../src/model/port.js';
import { MECHANISMS, type VerdictMechanism } from '../../../src/model/report-judgement.js';
import type { Recommendation } from '../../../src/model/report-advice.js';
import { conclusionOf } from '../../support/a-conclusion.js';
import { someFacts } from '../../support/host-facts.js';

let facts: HostFacts;
beforeAll(async () => {
  facts = await someFacts();
});

/** A host with this range, load, rate and delay: what the solver sees of a capture. */
interface World {
  readonly start: number;
  readonly count: number;
  readonly excluded: readonly (readonly [number, number])[];
  readonly listeners: readonly number[];
  readonly fill: number;
  readonly rateLow: number;
  readonly rateSpread: number | null;
  readonly lifetime: number;
  readonly delayLow: number;
  readonly delaySpread: number;
  readonly mechanism: VerdictMechanism;
  readonly headroom: number;
}

const worlds: fc.Arbitrary<World> = fc
  .record({
    start: fc.oneof(fc.constantFrom(1024, 1025, 6005, 10_000, 33_000, 49_152), fc.integer({ min: 1024, max: 65_280 })),
    wantedCount: fc.oneof(fc.constantFrom(255, 1000, 13_977, 16_384, 59_530), fc.integer({ min: 255, max: 64_512 })),
    excluded: fc.array(fc.tuple(fc.integer({ min: 1025, max: MAX_PORT }), fc.integer({ min: 0, max: 4096 })), {
      maxLength: 4,
    }),
    listeners: fc.array(fc.integer({ min: 80, max: MAX_PORT }), { maxLength: 12 }),
    fill: fc.double({ min: 0, max: 1, noNaN: true }),
    rateLow: fc.double({ min: 0.1, max: 5000, noNaN: true }),
    rateSpread: fc.option(fc.double({ min: 0, max: 1000, noNaN: true })),
    lifetime: fc.double({ min: 0, max: 60, noNaN: true }),
    delayLow: fc.integer({ min: 2, max: 300 }),
    delaySpread: fc.integer({ min: 0, max: 120 }),
    mechanism: fc.constantFrom(...MECHANISMS, 'undetermined' as const, 'none' as const),
    headroom: fc.double({ min: 0.1, max: 1, noNaN: true }),
  })
  .map(({ wantedCount, excluded, ...world }) => ({
    ...world,
    count: Math.min(wantedCount, MAX_PORT - world.start + 1),
    excluded: excluded.map(([first, more]) => [first, Math.min(first + more, MAX_PORT)] as const),
  }));

function factsIn(world: World): HostFacts {
  const { start, count } = world;
  const inside = (port: number): boolean => port >= start && port < start + count;
  const gone = (port: number): boolean => world.excluded.some(([first, last]) => port >= first && port <= last);
  let excluded = 0;
  let listening = 0;
  for (let port = start; port < start + count; port += 1) if (gone(port)) excluded += 1;
  for (const port of new Set(world.listeners)) if (inside(port) && !gone(port)) listening += 1;
  const usable = count - excluded - listening;
  const inUse = Math.floor(usable * world.fill);
  const timeWait = Math.floor(inUse * 0.9);
  const full = usable > 0 && inUse / usable >= 0.9;
  if (facts.peak === null) throw new Error('the capture has a table');
  const high = world.rateSpread === null || full ? null : world.rateLow + world.rateSpread;
  return {
    ...facts,
    evidence: {
      ...facts.evidence,
      settings: world.excluded.map(([first, last]) => ({
        file: 'excluded.txt',
        record: {
          kind: 'exclusion',
          transport: 'tcp',
          family: 'ipv4',
          start: first,
          end: last,
          administered: true,
          line: 1,
          text: '',
        },
      })),
    },
    pool: { ...facts.pool, range: { start, count }, rangeSource: 'netsh', excluded },
    pools: facts.pools.map((pool) => (pool.transport === 'tcp' ? { ...pool, range: { start, count } } : pool)),
    listeners: [...new Set(world.listeners)]
      .sort((a, b) => a - b)
      .map((port) => ({ port, process: null, ref: { file: 'netstat.txt', line: 5, record: null, row: null } })),
    peak: { ...facts.peak, usable, inUse, free: usable - inUse, timeWait, established: inUse - timeWait },
    demand: {
      connectionsPerSecond: { low: world.rateLow, best: null, high },
      observedClosesPerSecond: null,
      meanLifetimeSeconds: { low: world.lifetime, best: world.lifetime, high: world.lifetime },
      methods: [],
      censored: full,
    },
    timeWaitDelay: {
      ...facts.timeWaitDelay,
      effective: {
        low: world.delayLow,
        best: world.delaySpread === 0 ? world.delayLow : null,
        high: world.delayLow + world.delaySpread,
        source: world.delaySpread === 0 ? 'measured' : 'assumed',
      },
    },
  };
}

function recommended(world: World): { facts: HostFacts; recommendation: Recommendation } {
  const seen = factsIn(world);
  return { facts: seen, recommendation: recommend(seen, conclusionOf(world.mechanism, [0]), world.headroom) };
}

function forEachWorld(check: (world: World) => void): void {
  fc.assert(fc.property(worlds, check), { numRuns: 300, seed: 20_260_303 });
}

function changes({ tcpTimedWaitDelay, maxUserPort, dynamicPortRanges }: Recommendation): boolean {
  return tcpTimedWaitDelay.change || maxUserPort.change || dynamicPortRanges.some(({ change }) => change);
}

describe('any recommendation', () => {
  it('sustains usable × headroom ÷ (lifetime + TIME_WAIT), in whole connections', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const plan = settingsPlan(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      const delay = plan.delaySeconds ?? plan.need.timeWaitSeconds;
      const { lifetimeSeconds } = plan.need;
      const sustained = Math.floor((plan.usable * world.headroom) / (lifetimeSeconds + waitOf(plan.need, delay)));
      expect(plan.sustains).toBe(sustained);
    });
  });

  it('counts the usable ports of its range as range − excluded − listeners', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const plan = settingsPlan(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      const { start, count } = plan.range ?? plan.current;
      const off = new Set<number>(world.listeners);
      for (const [first, last] of world.excluded) for (let port = first; port <= last; port += 1) off.add(port);
      const inside = [...off].filter((port) => port >= start && port < start + count).length;
      expect(plan.usable).toBe(count - inside);
    });
  });

  it('names a range that netsh accepts, the same for IPv4 and IPv6, wherever it changes one', () => {
    forEachWorld((world) => {
      const { recommendation } = recommended(world);
      const changed = recommendation.dynamicPortRanges.filter(({ change }) => change);
      for (const { transport, recommended: range } of changed) {
        expect(transport).toBe('tcp');
        expect(range.start).toBeGreaterThanOrEqual(1025);
        expect(range.count).toBeGreaterThanOrEqual(255);
        expect(range.start + range.count - 1).toBeLessThanOrEqual(MAX_PORT);
      }
      expect([0, 2]).toContain(changed.length);
      expect(new Set(changed.map((advice) => JSON.stringify(advice.recommended))).size).toBeLessThanOrEqual(1);
    });
  });

  it('names the smaller step and the largest beside a range that it changes, each within the next, and neither where it changes none', () => {
    forEachWorld((world) => {
      const plan = settingsPlan(factsIn(world), conclusionOf(world.mechanism, [0]), world.headroom);
      const { range, needed, upTo, offer } = plan;
      if (range === null) {
        expect([needed, upTo]).toEqual([null, null]);
        return;
      }
      if (needed !== null) expect(offer.usable(needed)).toBeLessThanOrEqual(offer.usable(range));
      expect(upTo === null ? 0 : offer.usable(upTo)).toBeGreaterThanOrEqual(offer.usable(range));
      // Where the demand is known to its upper end nothing is planned beyond it.
      if (!plan.need.censored && plan.why === 'widen') expect(needed).toEqual(range);
    });
  });

  it('never offers fewer usable ports than the range has now', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const plan = settingsPlan(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      if (plan.range === null) expect(plan.usable).toBe(plan.currentUsable);
      else expect(plan.usable).toBeGreaterThan(plan.currentUsable);
    });
  });

  it('shortens the delay to 30 s or more, never above what may be in force, and only where the range alone does not carry', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const plan = settingsPlan(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      if (plan.delaySeconds === null) return;
      expect(plan.delaySeconds).toBeGreaterThanOrEqual(30);
      expect(plan.delaySeconds).toBeLessThanOrEqual(seen.timeWaitDelay.effective.low);
      const rate = plan.need.rate;
      const wanted =
        (rate?.high ?? rate?.low ?? 0) * (plan.need.lifetimeSeconds + plan.need.timeWaitSeconds) + plan.need.rest;
      expect(plan.offer.usable(plan.offer.widest) * world.headroom).toBeLessThan(wanted);
    });
  });

  it('is tried against the capture only where it is of TIME_WAIT, which is what is replayed', () => {
    const replay = { snapshots: 6, medianErrorPorts: 120, observedPorts: 9800, onsetErrorSeconds: 40 };
    forEachWorld((world) => {
      const conclusion = conclusionOf(world.mechanism, [0]);
      const { backTest } = recommend({ ...factsIn(world), replay }, conclusion, world.headroom);
      const isOfTimeWait = ['time-wait-churn', 'undersized-range', 'none', 'undetermined'].includes(world.mechanism);
      expect(backTest).toEqual(isOfTimeWait ? replay : null);
    });
  });

  it('calls what there is enough only where it is', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const plan = settingsPlan(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      if (plan.why !== 'already-enough') return;
      const { rate, lifetimeSeconds, timeWaitSeconds, rest, peakPorts } = plan.need;
      const churns = world.mechanism === 'time-wait-churn';
      const ports =
        churns && rate !== null ? (rate.high ?? rate.low) * (lifetimeSeconds + timeWaitSeconds) + rest : peakPorts;
      expect(plan.currentUsable * world.headroom).toBeGreaterThanOrEqual(ports - 1e-6);
    });
  });

  it('changes nothing where no setting helps, and none where nothing is known to be wrong', () => {
    forEachWorld((world) => {
      const { recommendation } = recommended(world);
      const help = MECHANISM_RECORDS.find(({ id }) => id === world.mechanism)?.settingsHelp;
      if (help === 'yes') return;
      expect(changes(recommendation)).toBe(false);
      // No UDP table of these worlds shows who held the UDP ports.
      const isOpen = world.mechanism === 'undetermined' || world.mechanism === 'udp-exhaustion';
      expect(recommendation.settingsHelp).toBe(
        world.mechanism === 'none' ? 'not-needed' : isOpen ? 'cannot-tell' : help,
      );
      const set = recommendation.actions
        .filter(({ id }) => id !== 'widen-in-emergency')
        .flatMap(({ apply }) => [...apply.cmd, ...apply.powershell]);
      expect(set.filter((command) => /^(?:netsh|reg )/.test(command))).toEqual([]);
    });
  });

  it('has no undefined, NaN, fraction of a port or negative number in a command, and a way back for every change', () => {
    forEachWorld((world) => {
      const { recommendation } = recommended(world);
      for (const { apply, verify, rollback } of recommendation.actions) {
        const commands = [...apply.cmd, ...apply.powershell, ...(apply.reg ?? []), ...verify, ...rollback];
        for (const command of commands) {
          expect(command).not.toMatch(/undefined|NaN|null|\[object|Infinity/);
          expect(command).not.toMatch(/(?:start|num|startport|numberofports)=(?!\d+(?:\s|$))/);
        }
        if (apply.cmd.some((command) => !command.startsWith('shutdown'))) expect(rollback.length).toBeGreaterThan(0);
      }
    });
  });

  it('shows arithmetic that adds up', () => {
    forEachWorld((world) => {
      const { recommendation } = recommended(world);
      const usable = recommendation.arithmetic.find(({ id }) => id === 'arithmetic.usable');
      const of = (name: string): number => Number(usable?.params[name]);
      expect(of('count') - of('excluded') - of('listening')).toBe(of('usable'));
      for (const step of recommendation.arithmetic)
        expect(phrase(step, 'en')).not.toMatch(/undefined|NaN|Infinity|unknown/);
    });
  });

  it('has a what-if for the plan itself that agrees with it', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const plan = settingsPlan(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      const { whatIf, predicted } = recommend(seen, conclusionOf(world.mechanism, [0]), world.headroom);
      const range = plan.range ?? plan.current;
      const rated = ['time-wait-churn', 'undersized-range', 'connection-saturation'].includes(world.mechanism);
      if (!rated) {
        expect(whatIf).toEqual([]);
        expect(predicted.sustainsConnectionsPerSecond).toBe(world.mechanism === 'none' ? plan.sustains : null);
        return;
      }
      const same = whatIf.filter(({ start, count }) => start === range.start && count === range.count);
      const now = same.find(({ timeWaitSeconds }) => timeWaitSeconds === plan.need.timeWaitSeconds);
      if (plan.delaySeconds === null)
        expect(now?.sustainsConnectionsPerSecond).toBe(predicted.sustainsConnectionsPerSecond);
      for (const { exhausts, peakUtilisation } of whatIf)
        if (exhausts === false) expect(peakUtilisation).toBeLessThan(1);
    });
  });

  it('of a range that is too small only buys time where a leak contributes, and nothing else of it changes', () => {
    forEachWorld((world) => {
      const seen = factsIn(world);
      const range = conclusionOf('undersized-range');
      const beside = { ...range, faults: [...range.faults, ...conclusionOf('bound-leak', [0]).faults] };
      const { settingsHelp, ...plan } = settingsPlan(seen, range, world.headroom);
      const help = settingsHelp === 'yes' ? 'buys-time' : settingsHelp;
      expect(settingsPlan(seen, beside, world.headroom)).toEqual({ ...plan, settingsHelp: help });
    });
  });
});
