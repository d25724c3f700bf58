import type { ProcessSpec } from './scenario.js';
import { RandomStream } from './random.js';

export interface SimulatedProcess {
  readonly pid: number;
  readonly spec: ProcessSpec;
  readonly startedSeconds: number;
  /** Infinity while it runs. */
  endedSeconds: number;
}

/** Who runs when, under which PID. */
export class ProcessTable {
  readonly processes: SimulatedProcess[] = [];
  readonly #current = new Map<ProcessSpec, number[]>();
  readonly #random: RandomStream;
  readonly #taken = new Set<number>([0, 4]);
  readonly #bootSeconds: number;

  constructor(seed: number, bootSeconds: number) {
    this.#random = new RandomStream(seed, 'pids');
    this.#bootSeconds = bootSeconds;
  }

  /** Registers a program; its processes start before second 0 unless it says otherwise. */
  add(spec: ProcessSpec): void {
    if (this.#current.has(spec)) return;
    this.#current.set(spec, []);
    if (spec.perCall === true) return;
    const started = spec.startedSeconds ?? this.#bootSeconds + 20 + this.#random.below(100);
    if (started <= 0) this.start(spec, started);
  }

  /** The programs with a start, end or restart inside the simulation. */
  get specs(): Iterable<ProcessSpec> {
    return this.#current.keys();
  }

  start(spec: ProcessSpec, seconds: number): void {
    const running: number[] = [];
    for (let instance = 0; instance < (spec.instances ?? 1); instance++) {
      const first = !this.processes.some((process) => process.spec === spec);
      const pid = spec.image === 'System' ? 4 : first && spec.pid !== undefined ? spec.pid : this.#newPid();
      running.push(this.#begin(spec, pid, seconds));
    }
    this.#current.set(spec, running);
  }

  /** Ends every process of a program and returns their indices. */
  end(spec: ProcessSpec, seconds: number): readonly number[] {
    const running = this.#current.get(spec) ?? [];
    for (const index of running) {
      const process = this.processes[index];
      if (process !== undefined) process.endedSeconds = seconds;
    }
    this.#current.set(spec, []);
    return running;
  }

  /** The process that opens the next connection, -1 when the program does not run. */
  opener(spec: ProcessSpec, seconds: number, chance: number): number {
    if (spec.perCall === true) return this.#begin(spec, this.#newPid(), seconds);
    const running = this.#current.get(spec) ?? [];
    return running[Math.floor(chance * running.length)] ?? -1;
  }

  /** A process started for one call ends with its connection. */
  callEnded(index: number, seconds: number): void {
    const process = this.processes[index];
    if (process?.spec.perCall !== true) return;
    process.endedSeconds = seconds;
    this.#taken.delete(process.pid);
  }

  pidOf(index: number): number {
    return index < 0 ? 0 : (this.processes[index]?.pid ?? 0);
  }

  runningAt(seconds: number): readonly SimulatedProcess[] {
    return this.processes
      .filter((process) => process.startedSeconds <= seconds && process.endedSeconds > seconds)
      .sort((left, right) => left.pid - right.pid);
  }

  #begin(spec: ProcessSpec, pid: number, startedSeconds: number): number {
    this.#taken.add(pid);
    return this.processes.push({ pid, spec, startedSeconds, endedSeconds: Infinity }) - 1;
  }

  #newPid(): number {
    for (;;) {
      const pid = 4 * (150 + this.#random.below(3_500));
      if (!this.#taken.has(pid)) return pid;
    }
  }
}
