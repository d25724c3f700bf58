const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 365].map((n) => n * DAY),
];

/** One mark of the time axis. */
export interface TimeTick {
  readonly ms: number;
  /** The clock of the host, standing for UTC. */
  readonly local: Date;
  /** As fine as the marks are apart. */
  readonly unit: 'second' | 'minute' | 'day';
  /** True where the day begins or changes. */
  readonly newDay: boolean;
}

/** At most `limit` marks on round times of the host's clock, from `fromMs` to `toMs` (UTC milliseconds). */
export function timeTicks(fromMs: number, toMs: number, offsetMs: number, limit: number): TimeTick[] {
  const step =
    STEPS.find((candidate) => (toMs - fromMs) / candidate <= limit) ?? Math.ceil((toMs - fromMs) / limit / DAY) * DAY;
  const ticks: TimeTick[] = [];
  let lastDay = '';
  for (let local = Math.ceil((fromMs + offsetMs) / step) * step; local <= toMs + offsetMs; local += step) {
    const date = new Date(local);
    const day = date.toISOString().slice(0, 10);
    ticks.push({
      ms: local - offsetMs,
      local: date,
      unit: step >= DAY ? 'day' : step < MINUTE ? 'second' : 'minute',
      newDay: day !== lastDay,
    });
    lastDay = day;
  }
  return ticks;
}
