import type { HostFacts } from '../correlation/host-facts.js';

const MOST_NAMED = 10;

/** Listeners for a sentence: `5985 (System)`, at most ten of them, and how many more there are. */
export function namedListeners(facts: HostFacts, ports: readonly number[]): { listeners: string[]; more: number } {
  const listeners = facts.listeners
    .filter(({ port }) => ports.includes(port))
    .slice(0, MOST_NAMED)
    .map(({ port, process }) => (process === null ? String(port) : `${String(port)} (${process})`));
  return { listeners, more: ports.length - listeners.length };
}
