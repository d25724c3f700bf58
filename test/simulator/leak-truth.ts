import { rateAt, type RateCurve } from './rate-curve.js';
import { bareImage } from './rate-truth.js';
import type { ClientSpec, Scenario } from './scenario.js';
import { simulate, type Outcome } from './simulation.js';

/** Ports an hour that a program takes and never gives back, from the start of the run to its last table. */
export interface LeakTruth {
  readonly slowest: number;
  readonly fastest: number;
  readonly mean: number;
}

/** By image (see bareImage): those that leak TCP or UDP ports. */
export type LeakTruths = ReadonlyMap<string, LeakTruth>;

const LEAKING: readonly ClientSpec['ending'][] = ['bound-for-ever', 'close-wait-for-ever', 'never'];
/** Moments at which the curves are read. */
const READINGS = 200;

export function leakTruths({ scenario, snapshots }: Outcome): LeakTruths {
  const endMs = snapshots.at(-1)?.atMs ?? scenario.host.startMs + scenario.seconds * 1000;
  const seconds = (endMs - scenario.host.startMs) / 1000;
  const curves = new Map<string, RateCurve[]>();
  const note = (image: string, curve: RateCurve): void => {
    curves.set(bareImage(image), [...(curves.get(bareImage(image)) ?? []), curve]);
  };
  for (const { process, rate, ending } of scenario.clients) if (LEAKING.includes(ending)) note(process.image, rate);
  for (const { process, rate, lifetime, port } of scenario.udp ?? []) {
    if (rate !== undefined && lifetime === undefined && port === 'dynamic') note(process.image, rate);
  }
  const truths = [...curves].map(([image, own]): [string, LeakTruth] => {
    const perHour = Array.from({ length: READINGS }, (_, index) =>
      own.reduce((sum, curve) => sum + rateAt(curve, (seconds * (index + 0.5)) / READINGS) * 3_600, 0),
    );
    const mean = perHour.reduce((sum, rate) => sum + rate, 0) / READINGS;
    return [image, { slowest: Math.min(...perHour), fastest: Math.max(...perHour), mean }];
  });
  return new Map(truths.filter(([, { fastest }]) => fastest > 0));
}

/**
 * Seconds from the last table to the next minute in which a port is refused, while everybody goes on as before; null where that does
 * not come within `limitSeconds`. Whoever asks for one port of his own is refused for other reasons.
 */
export function refusedAfter(
  scenario: Scenario,
  seed: number,
  limitSeconds: number,
  transport: 'tcp' | 'udp',
): number | null {
  const from = Math.max(0, ...scenario.snapshotSeconds);
  const { minutes } = simulate({ ...scenario, snapshotSeconds: [], seconds: from + limitSeconds }, seed);
  const tcp = scenario.clients.filter(({ allocation }) => typeof allocation !== 'number').map(({ name }) => name);
  const names = transport === 'tcp' ? tcp : (scenario.udp ?? []).map(({ name }) => name);
  let first = Infinity;
  for (const name of names) {
    for (const [minute, count] of (minutes.refusals.get(name) ?? []).entries()) {
      if (count > 0 && minute >= Math.floor(from / 60)) first = Math.min(first, Math.max(minute * 60 - from, 0));
    }
  }
  return Number.isFinite(first) ? first : null;
}
