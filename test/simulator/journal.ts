import { Failures, type FailureId } from './failures.js';
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

/** What happens to connects as the host notes it: every attempt, every refusal, and the few of them that reach the log. */
export class Journal {
  readonly failures = new Failures();
  readonly events: LoggedEvent[] = [];
  readonly attemptsPerMinute = new Map<string, number[]>();
  /** In time order; empty unless the scenario asks for them. */
  readonly openings: Opening[] = [];
  readonly #log: LogSpec;
  readonly #quietUntil = new Map<string, number>();

  constructor(log: LogSpec) {
    this.#log = log;
  }

  attempt(client: string, seconds: number): void {
    const minutes = this.attemptsPerMinute.get(client) ?? [];
    if (minutes.length === 0) this.attemptsPerMinute.set(client, minutes);
    const minute = Math.floor(seconds / 60);
    while (minutes.length <= minute) minutes.push(0);
    minutes[minute] = (minutes[minute] ?? 0) + 1;
  }

  opened(opening: Opening): void {
    if (this.#log.openings === true) this.openings.push(opening);
  }

  refused(id: FailureId, client: string, seconds: number, symptom: SymptomSpec | undefined): void {
    this.failures.record(id, client, seconds);
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
