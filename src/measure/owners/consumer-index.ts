import type { ProcessDirectory, KnownProcess } from '../../capture/assemble/process-directory.js';
import { Interner } from '../../model/connection.js';
import { hasOwner, nameIdOf, ownerOfText } from '../../model/owner-by-name.js';
import { imageKey, SYSTEM_PID } from '../../model/process.js';

/** A host that runs more different programs with network connections than this is not a host. */
const MAX_NUMBERED_CONSUMERS = 4096;

/** One program as holder of ports: all processes of one image, service and user. */
export interface ConsumerIdentity {
  /** Its number in the index, and its place in the list of all identities. */
  readonly id: number;
  readonly process: string;
  readonly services: readonly string[];
  readonly users: Set<string>;
  readonly pids: Set<number>;
  /** Of several processes the one that holds nearly all of the consumer's ports, in the latest table; null where none does. */
  mainPid: number | null;
  commandLine: string | null;
  startedMs: number | null;
  readonly known: KnownProcess | null;
}

/**
 * Numbers the consumers of a host. The rule: processes of one image and the same services are one consumer, so that sixty browsers
 * of sixty sessions, or a script that starts a process a call, are one. The user is a detail of it and does not divide it: those
 * sixty browsers have sixty users. Two application pools (w3wp.exe) are therefore one too, and the process that holds nearly all of
 * its ports is named by its PID. A PID that no list names is a consumer for itself, unless it is one of many that come and go
 * towards one destination. PID 0 never is.
 */
export class ConsumerIndex {
  readonly #processes: ProcessDirectory;
  readonly #names: Pick<Interner, 'valueOf'>;
  readonly #ids = new Map<string, number>();
  readonly #byPid = new Map<number, { atMs: number | null; image: string | null; id: number }>();
  readonly #identities: ConsumerIdentity[] = [];
  readonly #joined = new Map<number, number>();

  /** `names` are numbered like the addresses of the tables: those of owners without a PID. */
  constructor(processes: ProcessDirectory, names: Pick<Interner, 'valueOf'> = new Interner()) {
    this.#processes = processes;
    this.#names = names;
  }

  /**
   * The consumer that owns a PID at a moment, or bears the name that stands in its place; null for PID 0 and unknown owners. `image` is what a log calls the process: a PID
   * may have come round to another program within the second.
   */
  idOf(pid: number, atMs: number | null, image: string | null = null): number | null {
    if (!hasOwner(pid)) return null;
    const cached = this.#byPid.get(pid);
    if (cached !== undefined && cached.atMs === atMs && cached.image === image) return cached.id;
    const nameId = nameIdOf(pid);
    const known = nameId === null ? this.#processes.find(pid, atMs, image) : null;
    const { image: name, services } =
      nameId === null
        ? {
            image: known?.image ?? image ?? (pid === SYSTEM_PID ? 'System' : `PID ${String(pid)}`),
            services: known?.services ?? [],
          }
        : ownerOfText(this.#names.valueOf(nameId));
    const key = `${imageKey(name)}|${services.join(',')}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      if (this.#identities.length >= MAX_NUMBERED_CONSUMERS) return MAX_NUMBERED_CONSUMERS - 1;
      ({ id } = this.#addConsumer(name, known, services));
      this.#ids.set(key, id);
    }
    const identity = this.#identities[id];
    if (pid > 0) identity?.pids.add(pid);
    if (known?.user != null) identity?.users.add(known.user);
    this.#byPid.set(pid, { atMs, image, id });
    return id;
  }

  /** Makes one consumer of several; `process` names it, or it is one of them that is known already. */
  join(ids: readonly number[], process: string | ConsumerIdentity): void {
    const into = typeof process === 'string' ? this.#addConsumer(process, null, []) : process;
    for (const id of ids) {
      this.#joined.set(id, into.id);
      for (const pid of this.identity(id).pids) into.pids.add(pid);
    }
  }

  /** The consumer that this one has become part of, or itself. */
  joined(id: number): number {
    return this.#joined.get(id) ?? id;
  }

  #addConsumer(process: string, known: KnownProcess | null, services: readonly string[]): ConsumerIdentity {
    const identity = {
      id: this.#identities.length,
      process,
      services,
      users: new Set<string>(),
      pids: new Set<number>(),
      mainPid: null,
      commandLine: known?.commandLine ?? null,
      startedMs: known?.startedMs ?? null,
      known,
    };
    this.#identities.push(identity);
    return identity;
  }

  identity(id: number): ConsumerIdentity {
    const identity = this.#identities[id];
    if (identity === undefined) throw new Error(`no consumer ${String(id)}`);
    return identity;
  }

  get size(): number {
    return this.#identities.length;
  }
}
