import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../messages/say.js';
import type { Message } from '../model/report-message.js';
import { RENDERINGS } from '../render/renderings.js';
import { systemErrorCode } from './system-error.js';

/** A folder named on the command line, or one below it. */
export interface Folder {
  /** As typed. */
  readonly named: string;
  /** The names on the way down from it, empty for itself. */
  readonly below: readonly string[];
  readonly at: string;
}

/** What a walk meets: files, links, what is neither, and what the system refuses to show. */
export type Met =
  | { readonly kind: 'file'; readonly below: readonly string[]; readonly at: string; readonly stats: BigIntStats }
  | { readonly kind: 'link'; readonly shown: string; readonly at: string; readonly target: string }
  | { readonly kind: 'left-out'; readonly why: Message }
  | { readonly kind: 'unreadable'; readonly why: Message };

/** The program's own renderings lie beside the evidence; only a walk leaves them out, naming one is the user's decision. */
const OWN_ENDINGS = RENDERINGS.map(({ suffix }) => `.portmortem${suffix}`);

/**
 * Everything below a folder in the order of the names' code units. No link is followed, so a walk ends and never leaves the
 * folder; what a link leads to inside the folder is met under its own name.
 */
export async function* walkFolder(folder: Folder): AsyncGenerator<Met, void, undefined> {
  const shown = [folder.named, ...folder.below].join('/');
  try {
    const entries = await readdir(folder.at, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = path.join(folder.at, entry.name);
      const below = [...folder.below, entry.name];
      if (entry.isDirectory()) yield* walkFolder({ named: folder.named, below, at });
      else if (!isOwnOutput(entry.name)) yield await meet(`${shown}/${entry.name}`, below, at);
    }
  } catch (error) {
    yield unreadable(shown, error);
  }
}

function isOwnOutput(name: string): boolean {
  return OWN_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
}

async function meet(shown: string, below: readonly string[], at: string): Promise<Met> {
  try {
    const stats = await lstat(at, { bigint: true });
    if (stats.isSymbolicLink()) return { kind: 'link', shown, at, target: await realpath(at) };
    if (stats.isFile()) return { kind: 'file', below, at, stats };
    return { kind: 'left-out', why: say('left-out.not-a-file', { path: shown }) };
  } catch (error) {
    return unreadable(shown, error);
  }
}

function unreadable(path: string, error: unknown): Met {
  const reason = systemErrorCode(error);
  if (reason === null) throw error;
  return { kind: 'unreadable', why: say('left-out.unreadable', { path, reason }) };
}
