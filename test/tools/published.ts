import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineRegistry } from './command-line-registry.js';
import { messageRegistry } from './message-registry.js';

/** The first version whose published names stay for good. */
export const FIRST_STABLE = '0.2.0';
const FOLDER = join('test', 'contracts', 'published');

/** A list of names that others rely on, kept as a golden. */
export interface Registry {
  readonly path: string;
  readonly lines: () => string[] | Promise<string[]>;
  /** Lines of options that the version before has warned of: these may go. */
  readonly warnedOf: readonly string[];
}

export const REGISTRIES: readonly Registry[] = [
  { path: join(FOLDER, 'messages.txt'), lines: messageRegistry, warnedOf: [] },
  { path: join(FOLDER, 'command-line.txt'), lines: commandLineRegistry, warnedOf: [] },
];

export function publishedLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}

/** Lines that must not have gone: none before the first stable version, and from then on all but those that were warned of. */
export function brokenPromises(
  before: readonly string[],
  after: readonly string[],
  version: string,
  warnedOf: readonly string[] = [],
): string[] {
  if (version.localeCompare(FIRST_STABLE, 'en', { numeric: true }) < 0) return [];
  return before.filter((line) => !after.includes(line) && !warnedOf.includes(line));
}
