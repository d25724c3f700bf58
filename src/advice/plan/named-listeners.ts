import type { HostFacts } from '../../measure/facts.js';
import { LOWEST_START } from './usable-ports.js';

/** The listener that a range starting here stops short of: `5985 (System, netstat.txt:9)`; null where there is none. */
export function listenerBelow(facts: HostFacts, start: number): string | null {
  const below = facts.listeners.filter(({ port }) => port < start && port >= LOWEST_START).at(-1);
  if (below === undefined) return null;
  const { port, process, ref } = below;
  const source = `${ref.file}:${String(ref.line)}`;
  return `${String(port)} (${process === null ? source : `${process}, ${source}`})`;
}

const MOST_LISTENERS_NAMED = 10;

/** Listeners for a sentence: `5985 (System)`, at most ten of them, and how many more there are. */
export function namedListeners(facts: HostFacts, ports: readonly number[]): { listeners: string[]; more: number } {
  const listeners = facts.listeners
    .filter(({ port }) => ports.includes(port))
    .slice(0, MOST_LISTENERS_NAMED)
    .map(({ port, process }) => (process === null ? String(port) : `${String(port)} (${process})`));
  return { listeners, more: ports.length - listeners.length };
}
