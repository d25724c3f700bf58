import type { Estimate } from '../model/estimate.js';
import type { Step } from './steps.js';

/**
 * Connections closed a second in the busiest gap, from TIME_WAIT alone: what was waiting more than in the snapshot before, and what
 * expired in between (closed one delay earlier). The first snapshot's stock is taken as evenly closed over one delay. Computed for
 * the shortest and the longest delay possible; a full pool at the end leaves only the lower bound. null with fewer than two gaps.
 */
export function rampRate(steps: readonly Step[], delay: Estimate): Estimate | null {
  const rates = [delay.low, delay.high ?? delay.low].map((seconds) => closedPerSecond(steps, seconds));
  let best: Estimate | null = null;
  steps.forEach((step, index) => {
    const values = rates.flatMap((perGap) => perGap[index] ?? []);
    if (values.length < rates.length) return;
    const low = Math.min(...values);
    const high = step.full ? null : Math.max(...values);
    if (low > (best?.low ?? 0)) best = { low, best: null, high };
  });
  return best;
}

/** For each step the closes a second in the gap before it; undefined for the first and for gaps that hide whole lifetimes of TIME_WAIT. */
function closedPerSecond(steps: readonly Step[], delaySeconds: number): (number | undefined)[] {
  const delayMs = delaySeconds * 1000;
  const [first] = steps;
  if (first === undefined || steps.length < 3) return [];
  const closed: number[] = [0];
  return steps.map((step, index) => {
    const before = steps[index - 1];
    if (before === undefined) return undefined;
    const gap = step.atMs - before.atMs;
    const from = before.atMs - delayMs;
    const to = step.atMs - delayMs;
    let expired = (first.waiting * overlap(from, to, first.atMs - delayMs, first.atMs)) / delayMs;
    for (let earlier = 1; earlier < index; earlier += 1) {
      const start = steps[earlier - 1]?.atMs ?? 0;
      const end = steps[earlier]?.atMs ?? 0;
      expired += ((closed[earlier] ?? 0) * overlap(from, to, start, end)) / Math.max(end - start, 1);
    }
    closed[index] = Math.max(step.waiting - before.waiting + expired, 0);
    return gap > delayMs ? undefined : (closed[index] * 1000) / gap;
  });
}

function overlap(fromA: number, toA: number, fromB: number, toB: number): number {
  return Math.max(0, Math.min(toA, toB) - Math.max(fromA, fromB));
}
