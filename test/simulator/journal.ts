import { Failures, type FailureId } from './failures.js';
import { MinuteCounts } from './minute-counts.js';
import type { LogSpec, ProcessSpec, SymptomSpec } from './scenario.js';

export interface LoggedEvent {
  readonly seconds: number;
  readonly kind: FailureId | SymptomSpec['kind'];
}

/** A port handed out: an outgoing connection, or a bind that never becomes one (`remote` is then empty). */
export interface Opening {
  readonly seconds: number;
  readonly pid: number;
  readonly process: ProcessSpec;
  readonly localAddress: string;
  readonly localPort: number;
  readonly remote: { readonly address: string; readonly port: number } | null;
}

/** Counts of each minute by client and by remote endpoint (`10.1.7.31:1433`). */
export interface AttemptMinutes {
  readonly attempts: ReadonlyMap<string, readonly number[]>;
  readonly refusals: ReadonlyMap<string, readonly number[]>;
  readonly attemptsTowards: ReadonlyMap<string, readonly number[]>;
  readonly refusalsTowards: ReadonlyMap<string, readonly number[]>;
}

/** What happens to connects as the host notes it: every attempt, every refusal, and the few of them that reach the log. */
export class Journal {
  readonly failures = new Failures();
  readonly events: LoggedEvent[] = [];
  readonly #attempts = new MinuteCounts();
  readonly #attemptsTowards = new MinuteCounts();
  readonly #refusals = new MinuteCounts();
  readonly #refusalsTowards = new MinuteCounts();
  /** In time order; empty unless the scenario asks for them. */
  readonly openings: Opening[] = [];
  readonly #log: LogSpec;
  readonly #quietUntil = new Map<string, number>();

  constructor(log: LogSpec) {
    this.#log = log;
  }

  /** Attempts of each client. */
  get attemptsPerMinute(): ReadonlyMap<string, readonly number[]> {
    return this.#attempts.byKey;
  }

  /** The same by the remote endpoint, and those of both that found no port. */
  get minutes(): AttemptMinutes {
    return {
      attempts: this.#attempts.byKey,
      refusals: this.#refusals.byKey,
      attemptsTowards: this.#attemptsTowards.byKey,
      refusalsTowards: this.#refusalsTowards.byKey,
    };
  }

  /** `remote` is null where no connection comes of it: a bind alone, or a datagram socket. */
  attempt(client: string, remote: string | null, seconds: number): void {
    this.#attempts.add(client, seconds);
    if (remote !== null) this.#attemptsTowards.add(remote, seconds);
  }

  opened(opening: Opening): void {
    if (this.#log.openings === true) this.openings.push(opening);
  }

  refused(
    id: FailureId,
    client: string,
    remote: string | null,
    seconds: number,
    symptom: SymptomSpec | undefined,
  ): void {
    this.failures.record(id, client, seconds);
    this.#refusals.add(client, Math.max(seconds, 0));
    if (remote !== null) this.#refusalsTowards.add(remote, Math.max(seconds, 0));
    const { throttleSeconds, perProvider } = this.#log;
    this.#write(id, perProvider === true ? 'Tcpip' : String(id), seconds, throttleSeconds);
    if (symptom !== undefined) this.#write(symptom.kind, symptom.kind, seconds, symptom.throttleSeconds);
  }

  #write(kind: LoggedEvent['kind'], throttleKey: string, seconds: number, throttleSeconds: number): void {
    if (seconds < (this.#quietUntil.get(throttleKey) ?? -Infinity)) return;
    this.#quietUntil.set(throttleKey, seconds + throttleSeconds);
    this.events.push({ seconds, kind });
  }
}
