import { describe, expect, it } from 'vitest';
import { PortOrdering } from './port-ordering.js';
import { PortSet } from './port-set.js';
import { RandomStream } from './random.js';
import type { PortOrder } from './scenario.js';

const RANGE = { start: 50_000, count: 1_000 };

/** The next ports after one of a thousand came free again, each taken at once. */
function handedOut(order: PortOrder, count: number): number[] {
  const free = new PortSet();
  for (let port = RANGE.start; port < RANGE.start + RANGE.count; port++) free.add(port);
  const ordering = new PortOrdering(order, RANGE, new RandomStream(1, 'ports'));
  const take = (): number => {
    const port = ordering.next(free, ordering.start());
    ordering.handedOut(port);
    free.delete(port);
    return port;
  };
  const first = take();
  take();
  free.add(first);
  ordering.freed(first);
  return Array.from({ length: count }, () => take() - first);
}

describe('free ports are handed out', () => {
  it('in rolling sequence, in which a freed one comes last', () => {
    expect(handedOut('rolling', 3)).toEqual([2, 3, 4]);
  });

  it('the latest freed one first', () => {
    expect(handedOut('most-recently-freed', 3)).toEqual([0, 2, 3]);
  });

  it('at random over the whole range', () => {
    const ports = handedOut('random', 900);
    expect(new Set(ports).size).toBe(900);
    expect(Math.max(...ports) - Math.min(...ports)).toBeGreaterThan(950);
  });
});
