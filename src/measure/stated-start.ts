import type { SettingRecord } from '../model/setting.js';
import type { HostFacts } from './facts.js';

type Started = Extract<SettingRecord, { kind: 'started' }>;

/** The start of the host, as a file other than its log states it. */
export interface StatedStart {
  readonly atMs: number;
  readonly file: string;
  readonly record: Started;
}

/** Two readings of one date that lie no further apart are the same start. */
const SAME_START_MS = 86_400_000;

/**
 * The last start before the fullest table. Null where none is stated, where day and month of one may stand either way, and where
 * the log has a start after it.
 */
export function statedStart({ evidence, events, peakMs }: HostFacts): StatedStart | null {
  if (peakMs === null) return null;
  const starts: StatedStart[] = [];
  for (const { file, record } of evidence.settings) {
    if (record.kind !== 'started') continue;
    const readings = (['month-first', 'day-first'] as const).map((order) => evidence.clock.toUtc(record.stamp, order));
    const [first, ...others] = readings.filter((ms) => ms <= peakMs).sort((a, b) => b - a);
    if (first === undefined || others.some((ms) => first - ms > SAME_START_MS)) continue;
    starts.push({ atMs: first, file, record });
  }
  const last = starts.sort((a, b) => b.atMs - a.atMs)[0] ?? null;
  const isOverruled = last !== null && events.boots.some(({ fromMs }) => fromMs > last.atMs && fromMs <= peakMs);
  return isOverruled ? null : last;
}
