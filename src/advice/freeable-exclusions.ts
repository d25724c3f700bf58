import { inRange } from '../model/port.js';
import type { AdviceInput } from './action.js';

/** Blocks this small were put there for one service on purpose. */
const SMALLEST_BLOCK = 100;

/**
 * Large administered exclusions that reach into the range, where exclusions are what makes the pool too small. Each as it was
 * listed, not as far as the range goes: netsh deletes a block only by its own start and length.
 */
export function freeableExclusions({ facts, conclusion }: AdviceInput): [number, number][] {
  if (conclusion.verdict.mechanism !== 'undersized-range') return [];
  const blocks = new Map<string, [number, number]>();
  for (const { record } of facts.evidence.settings) {
    if (record.kind !== 'exclusion' || !record.administered || (record.transport ?? 'tcp') !== 'tcp') continue;
    const { start, end } = record;
    const reachesIn = inRange(facts.pool.range, start) || inRange(facts.pool.range, end);
    const spans = start < facts.pool.range.start && end >= facts.pool.range.start;
    if (end - start + 1 < SMALLEST_BLOCK || !(reachesIn || spans)) continue;
    blocks.set(`${String(start)}-${String(end)}`, [start, end]);
  }
  return [...blocks.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
