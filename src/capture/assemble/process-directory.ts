import { smallest } from '../../model/extremes.js';
import { imageKey, SYSTEM_PID } from '../../model/process.js';
import { findStamp } from '../../parsers/text/parse-stamp.js';
import type { DateOrder } from '../../model/stamp.js';
import type { HostClock } from '../clock/host-clock.js';
import type { SeenProcess } from '../survey/seen-processes.js';

/** The two times may come from stamps with and without an offset: summer time may stand between them. */
const START_TOLERANCE_MS = 3_600_000;

/** What is known of the process behind a PID. */
export interface KnownProcess {
  readonly pid: number;
  readonly image: string;
  readonly services: readonly string[];
  readonly user: string | null;
  readonly commandLine: string | null;
  readonly startedMs: number | null;
  readonly file: string;
  readonly line: number;
  readonly firstSeenMs: number | null;
  readonly lastSeenMs: number | null;
}

/** Finds the process behind a PID at a moment; a PID may have been used by several processes one after another. */
export class ProcessDirectory {
  /** By PID, then image. */
  readonly #byPid = new Map<number, Map<string, KnownProcess>>();
  readonly #bootsMs: readonly number[];

  /** `bootsMs`: when the host started, where its log says so; every PID is given anew then. */
  constructor(
    seen: readonly (SeenProcess & { readonly file: string; readonly order: DateOrder })[],
    clock: HostClock,
    bootsMs: readonly number[] = [],
  ) {
    this.#bootsMs = bootsMs;
    for (const { record, firstStamp, lastStamp, file, order } of seen) {
      const time = (stamp: SeenProcess['firstStamp']): number | null => {
        const ms = stamp === null ? NaN : clock.toUtc(stamp, order);
        return Number.isNaN(ms) ? null : ms;
      };
      const known: KnownProcess = {
        pid: record.pid,
        image: record.image,
        services: record.services,
        user: record.user,
        commandLine: record.commandLine,
        startedMs: time(record.startedAt),
        file,
        line: record.line,
        firstSeenMs: time(firstStamp ?? findStamp(file)),
        lastSeenMs: time(lastStamp ?? findStamp(file)),
      };
      this.#add(known);
    }
  }

  /** Every image that a list names. */
  images(): string[] {
    return [...this.#byPid.values()].flatMap((listed) => [...listed.values()].map(({ image }) => image));
  }

  /** One process named by several lists (`tasklist` and `tasklist /svc`) is one. */
  #add(known: KnownProcess): void {
    let listed = this.#byPid.get(known.pid);
    if (listed === undefined) {
      listed = new Map();
      this.#byPid.set(known.pid, listed);
    }
    const key = imageKey(known.image);
    const same = listed.get(key);
    listed.set(key, same === undefined ? known : merged(same, known));
  }

  /**
   * The process of a PID at a moment (or at any time), of an image where one is given; null when no list names it or the one named had
   * not started yet, or has ended with the host. A list without a time, of its own or in the name of its file, gives way to one with a time; images that
   * nothing puts in an order are all named.
   */
  find(pid: number, atMs: number | null, image: string | null = null): KnownProcess | null {
    const named = this.#named(pid, image);
    const all =
      atMs === null
        ? named
        : named.filter(
            (process) =>
              (process.startedMs === null || process.startedMs <= atMs + START_TOLERANCE_MS) &&
              !this.#isOfAnotherBoot(process, atMs),
          );
    const least = smallest(all.map((process) => distance(process, atMs)));
    const [nearest, ...others] = all.filter((process) => distance(process, atMs) === least);
    return nearest === undefined || others.length === 0 ? (nearest ?? null) : oneOf([nearest, ...others]);
  }

  /** The host was started between the lists that name a process and this moment. The kernel is PID 4 after every start. */
  #isOfAnotherBoot({ pid, firstSeenMs, lastSeenMs }: KnownProcess, atMs: number): boolean {
    if (pid === SYSTEM_PID || firstSeenMs === null || lastSeenMs === null) return false;
    return this.#bootsMs.some((boot) => (lastSeenMs < boot && boot <= atMs) || (atMs < boot && boot <= firstSeenMs));
  }

  #named(pid: number, image: string | null): readonly KnownProcess[] {
    const listed = this.#byPid.get(pid);
    if (listed === undefined) return [];
    if (image === null) return [...listed.values()];
    const process = listed.get(imageKey(image));
    return process === undefined ? [] : [process];
  }

  /** The first process of one of these images (by `imageKey`) or services (in lower case); null where no list names one. */
  first(images: readonly string[], services: readonly string[]): KnownProcess | null {
    for (const listed of this.#byPid.values()) {
      for (const [image, known] of listed) {
        if (images.includes(image) || known.services.some((service) => services.includes(service.toLowerCase())))
          return known;
      }
    }
    return null;
  }

  get size(): number {
    return this.#byPid.size;
  }
}

/** The fuller facts win. */
function merged(same: KnownProcess, next: KnownProcess): KnownProcess {
  return {
    ...same,
    image: next.image.length > same.image.length ? next.image : same.image,
    services: [...new Set([...same.services, ...next.services])].sort(),
    user: same.user ?? next.user,
    commandLine: same.commandLine ?? next.commandLine,
    startedMs: same.startedMs ?? next.startedMs,
    firstSeenMs: least(same.firstSeenMs, next.firstSeenMs),
    lastSeenMs: most(same.lastSeenMs, next.lastSeenMs),
  };
}

/** Several images of which none is likelier: what only one of them has is not said of it. */
function oneOf(processes: readonly [KnownProcess, ...KnownProcess[]]): KnownProcess {
  const image = processes
    .map((process) => process.image)
    .sort()
    .join(' / ');
  return { ...processes[0], image, services: [], user: null, commandLine: null, startedMs: null };
}

/** Further than any list with a time, and as far as every other without one. */
const UNDATED = Number.MAX_SAFE_INTEGER;

/** How badly a process fits a moment: one that has not started yet cannot own anything then. */
function distance(process: KnownProcess, atMs: number | null): number {
  if (atMs === null) return UNDATED;
  if (process.startedMs !== null && atMs < process.startedMs) return Infinity;
  const from = process.startedMs ?? process.firstSeenMs;
  const to = process.lastSeenMs;
  if (from === null && to === null) return UNDATED;
  if (from !== null && atMs < from) return from - atMs;
  if (to !== null && atMs > to) return atMs - to;
  return 0;
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function most(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
