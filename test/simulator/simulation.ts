import type { ClientSpec, DynamicRange, ListenerSpec, ProcessSpec, Scenario, UdpSpec, HostSpec } from './scenario.js';
import { Arrivals } from './rate-curve.js';
import { ConnectionEndings } from './connection-endings.js';
import { Endpoints, endpointText, pickDestination } from './endpoints.js';
import { EventQueue } from './event-queue.js';
import type { Failures } from './failures.js';
import { heldPorts } from './held-ports.js';
import { Journal, type AttemptMinutes, type LoggedEvent, type Opening } from './journal.js';
import { ProcessTable } from './process-table.js';
import { drawLifetime } from './lifetime.js';
import { PortOrdering } from './port-ordering.js';
import { RandomStream } from './random.js';
import { COLLISION, SocketState, SocketTable, type Socket } from './socket-table.js';
import {
  autoReuseLedgerOf,
  familyLedgerOf,
  ledgerOf,
  ownAddress,
  tableRows,
  udpLedgerOf,
  type View,
} from './table-view.js';
import type { Snapshot } from './snapshot.js';

/** How long Windows tries to reach a host that never answers: three SYNs, 3 + 6 + 12 seconds. */
const SYN_TIMEOUT_SECONDS = 21;

function synTimeoutSeconds({ attempts }: HostSpec): number {
  if (attempts === undefined) return SYN_TIMEOUT_SECONDS;
  // Each wait is twice the one before.
  return (attempts.initialRtoMs / 1000) * (2 ** (attempts.retransmissions + 1) - 1);
}

/** What a run showed and what was true in it. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly snapshots: readonly Snapshot[];
  readonly events: readonly LoggedEvent[];
  readonly failures: Failures;
  /** Attempts a minute of each client, whether they found a port or not. */
  readonly attemptsPerMinute: ReadonlyMap<string, readonly number[]>;
  /** Attempts and refusals a minute, by client and by remote endpoint. */
  readonly minutes: AttemptMinutes;
  /** Ports handed out during the run, in time order; empty unless the scenario's log asks for them. */
  readonly openings: readonly Opening[];
  readonly peakInUse: number;
  readonly peakSeconds: number;
  readonly udpPeakInUse: number;
  readonly udpUsable: number;
  readonly usable: number;
  /** The most ports of the auto-reuse range in use towards one endpoint, since the last restart; null where there is no such range. */
  readonly autoReuse: { readonly usable: number; readonly mostTowardsOne: number } | null;
  readonly processes: ProcessTable;
}

const Due = {
  Socket: 0,
  Client: 1,
  Accept: 2,
  Udp: 3,
  UdpClose: 4,
  ProcessStart: 5,
  ProcessEnd: 6,
  Reboot: 7,
  Snapshot: 8,
} as const;

/** Plays a scenario through. The seed decides everything; the settings (range, delay) never shift an arrival. */
export function simulate(scenario: Scenario, seed: number): Outcome {
  return new Run(scenario, seed).play();
}

class Run {
  readonly #scenario: Scenario;
  readonly #queue = new EventQueue();
  readonly #endpoints = new Endpoints();
  readonly #processes: ProcessTable;
  readonly #specs: ProcessSpec[] = [];
  readonly #clients: Opener<ClientSpec>[];
  readonly #accepts: Opener<ListenerSpec>[];
  readonly #udpClients: Opener<UdpSpec>[];
  readonly #journal: Journal;
  readonly #snapshots: Snapshot[] = [];
  readonly #portStream: RandomStream;
  readonly #endings: ConnectionEndings;
  #udp: SocketTable;
  #boots = 0;
  #downUntil = -Infinity;
  #peak = 0;
  #peakSeconds = 0;
  #udpPeak = 0;

  constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario;
    this.#journal = new Journal(scenario.log ?? { throttleSeconds: 1_800 });
    this.#portStream = new RandomStream(seed, 'first port');
    this.#processes = new ProcessTable(seed, scenario.host.bootSeconds);
    this.#endings = new ConnectionEndings(this.#newTcp(), this.#queue, Due.Socket, this.#processes, scenario.host);
    this.#udp = this.#newUdp();
    const opener = <T>(spec: T, name: string, curve: ClientSpec['rate'] | undefined, regular = false): Opener<T> => ({
      spec,
      name,
      arrivals: curve && new Arrivals(curve, new RandomStream(seed, `${name} arrivals`), regular),
      random: new RandomStream(seed, `${name} connections`),
    });
    this.#clients = scenario.clients.map((spec) => opener(spec, spec.name, spec.rate, spec.regular));
    this.#accepts = scenario.listeners.map((spec) => opener(spec, `accept ${String(spec.port)}`, spec.accepts?.rate));
    this.#udpClients = (scenario.udp ?? []).map((spec) => opener(spec, spec.name, spec.rate));
  }

  play(): Outcome {
    const { host, seconds: end } = this.#scenario;
    for (const { spec } of [...this.#clients, ...this.#accepts, ...this.#udpClients]) this.#enlist(spec.process);
    this.#openStanding();
    for (const [index, reboot] of (this.#scenario.reboots ?? []).entries()) {
      this.#queue.push(reboot.atSeconds, Due.Reboot, index);
    }
    for (const [index, seconds] of this.#scenario.snapshotSeconds.entries()) {
      this.#queue.push(seconds, Due.Snapshot, index);
    }
    this.#clients.forEach((client, index) => {
      this.#queue.push(client.arrivals?.next() ?? Infinity, Due.Client, index);
    });
    this.#accepts.forEach((accept, index) => {
      this.#queue.push(accept.arrivals?.next() ?? Infinity, Due.Accept, index);
    });
    this.#udpClients.forEach((udp, index) => {
      this.#queue.push(udp.arrivals?.next() ?? Infinity, Due.Udp, index);
    });

    const stuckFrom = host.timeWaitStuckFromSeconds ?? Infinity;
    for (;;) {
      const waitEnds = this.#endings.nextRelease;
      const due = this.#queue.nextSeconds;
      if (waitEnds <= due && waitEnds < stuckFrom) {
        if (waitEnds > end) break;
        this.#endings.release();
        continue;
      }
      if (due > end) break;
      this.#queue.pop();
      this.#step(due, this.#queue.kind, this.#queue.subject, this.#queue.generation);
    }
    return {
      scenario: this.#scenario,
      snapshots: this.#snapshots,
      events: this.#journal.events,
      failures: this.#journal.failures,
      attemptsPerMinute: this.#journal.attemptsPerMinute,
      minutes: this.#journal.minutes,
      openings: this.#journal.openings,
      peakInUse: this.#peak,
      peakSeconds: this.#peakSeconds,
      udpPeakInUse: this.#udpPeak,
      udpUsable: this.#udp.usable,
      usable: this.#tcp.usable,
      autoReuse: this.#tcp.autoReuse,
      processes: this.#processes,
    };
  }

  #step(seconds: number, kind: number, subject: number, generation: number): void {
    switch (kind) {
      case Due.Socket: {
        const socket = this.#tcp.sockets[subject];
        if (socket?.generation === generation) this.#due(socket, seconds);
        break;
      }
      case Due.Client: {
        const client = this.#clients[subject];
        if (client === undefined) break;
        this.#connect(client, subject, seconds);
        this.#queue.push(client.arrivals?.next() ?? Infinity, Due.Client, subject);
        break;
      }
      case Due.Accept: {
        const accept = this.#accepts[subject];
        if (accept === undefined) break;
        this.#accept(accept, subject, seconds);
        this.#queue.push(accept.arrivals?.next() ?? Infinity, Due.Accept, subject);
        break;
      }
      case Due.Udp: {
        const udp = this.#udpClients[subject];
        if (udp === undefined) break;
        this.#openUdp(udp, subject, seconds);
        this.#queue.push(udp.arrivals?.next() ?? Infinity, Due.Udp, subject);
        break;
      }
      case Due.UdpClose: {
        const socket = this.#udp.sockets[subject];
        if (socket?.generation === generation) this.#udp.close(socket);
        break;
      }
      case Due.ProcessStart: {
        const spec = this.#specs[subject];
        if (spec !== undefined && seconds >= this.#downUntil) this.#processes.start(spec, seconds);
        break;
      }
      case Due.ProcessEnd: {
        const spec = this.#specs[subject];
        if (spec !== undefined) this.#endProcess(spec, seconds);
        break;
      }
      case Due.Reboot:
        this.#reboot(seconds, this.#scenario.reboots?.[subject]?.downSeconds ?? 60);
        break;
      default:
        this.#snapshots.push(this.#snapshot(seconds));
    }
  }

  #enlist(spec: ProcessSpec): void {
    if (this.#specs.includes(spec)) return;
    const index = this.#specs.push(spec) - 1;
    this.#processes.add(spec);
    if ((spec.startedSeconds ?? 0) > 0) this.#queue.push(spec.startedSeconds ?? 0, Due.ProcessStart, index);
    if (spec.endsSeconds !== undefined) this.#queue.push(spec.endsSeconds, Due.ProcessEnd, index);
    for (const restart of spec.restartsSeconds ?? []) {
      this.#queue.push(restart, Due.ProcessEnd, index);
      this.#queue.push(restart + 2, Due.ProcessStart, index);
    }
  }

  #openStanding(): void {
    const age = (random: RandomStream): number => -random.between(0, -this.#scenario.host.bootSeconds * 0.9);
    this.#clients.forEach((client, index) => {
      for (let opened = 0; opened < (client.spec.standing ?? 0); opened++) {
        this.#connect(client, index, age(client.random), false);
      }
    });
    this.#accepts.forEach((accept, index) => {
      for (let opened = 0; opened < (accept.spec.accepts?.standing ?? 0); opened++) {
        this.#accept(accept, index, age(accept.random));
      }
    });
    this.#udpClients.forEach((udp, index) => {
      for (let opened = 0; opened < (udp.spec.standing ?? 0); opened++) {
        this.#openUdp(udp, index, age(udp.random), false);
      }
    });
  }

  #connect({ spec, name, random }: Opener<ClientSpec>, client: number, seconds: number, counted = true): void {
    // Drawn whether or not a port is found: the next arrival meets the same numbers under other settings.
    const lifetime = drawLifetime(spec.lifetime, random);
    const destination = pickDestination(spec.destinations, random);
    const chance = random.next();
    if (destination === undefined || seconds < this.#downUntil) return;
    const process = this.#processes.opener(spec.process, seconds, chance);
    if (process < 0) return;
    const towards = spec.ending === 'bound-for-ever' ? null : endpointText(destination);
    if (counted) this.#journal.attempt(name, towards, seconds);
    const remote = this.#endpoints.indexOf(destination.address, destination.port);
    const port = this.#choosePort(spec, remote);
    if (port < 0) {
      this.#journal.refused(port === COLLISION ? 4227 : 4231, name, towards, seconds, spec.symptom);
      this.#processes.callEnded(process, seconds);
      return;
    }
    const state =
      spec.ending === 'bound-for-ever'
        ? SocketState.Bound
        : spec.ending === 'no-answer'
          ? SocketState.SynSent
          : SocketState.Established;
    const socket = this.#tcp.open(state, port, state === SocketState.Bound ? -1 : remote, false, seconds);
    socket.ipv6 = destination.address.includes(':');
    socket.loopback = isLoopback(destination.address);
    socket.process = process;
    socket.client = client;
    if (counted) {
      this.#journal.opened({
        seconds,
        pid: this.#processes.pidOf(process),
        process: spec.process,
        localAddress: ownAddress(socket, destination.address, this.#scenario),
        localPort: port,
        remote: state === SocketState.Bound ? null : destination,
      });
    }
    if (state !== SocketState.Bound) this.#openOtherEnd(socket, destination.address, destination.port, seconds);
    if (spec.ending === 'no-answer') this.#endings.later(socket, seconds + synTimeoutSeconds(this.#scenario.host));
    else if (state === SocketState.Established && spec.ending !== 'never')
      this.#endings.later(socket, Math.max(0, seconds) + lifetime);
    if (this.#tcp.inUse > this.#peak) {
      this.#peak = this.#tcp.inUse;
      this.#peakSeconds = seconds;
    }
  }

  #choosePort(spec: ClientSpec, remote: number): number {
    if (typeof spec.allocation === 'number') {
      return this.#tcp.pairExists(spec.allocation, remote) ? COLLISION : spec.allocation;
    }
    const { autoReuse } = this.#tcp;
    if (autoReuse !== null && spec.allocation !== 'bind-first') return this.#tcp.allocateReusable(remote, autoReuse);
    return spec.allocation === 'implicit-connect' ? this.#tcp.allocateFor(remote) : this.#tcp.allocateFree();
  }

  /** A connection of the host to itself has a second row, on the listener's port. */
  #openOtherEnd(socket: Socket, address: string, port: number, seconds: number): void {
    const { ipv4, ipv6 } = this.#scenario.host;
    if (!socket.loopback && address !== ipv4 && address !== ipv6) return;
    const index = this.#scenario.listeners.findIndex((listener) => listener.port === port);
    const listener = this.#scenario.listeners[index];
    if (listener === undefined) return;
    const other = this.#tcp.open(
      SocketState.Established,
      port,
      this.#endpoints.indexOf(address, socket.port),
      true,
      seconds,
    );
    other.ipv6 = socket.ipv6;
    other.loopback = socket.loopback;
    other.process = this.#processes.opener(listener.process, seconds, 0);
    other.peer = socket.id;
    socket.peer = other.id;
  }

  #accept({ spec, random }: Opener<ListenerSpec>, index: number, seconds: number): void {
    const { accepts } = spec;
    if (accepts === undefined) return;
    const lifetime = drawLifetime(accepts.lifetime, random);
    const remote = random.pick(accepts.remotes);
    const remotePort = 49_152 + random.below(16_384);
    const process = this.#processes.opener(spec.process, seconds, random.next());
    if (seconds < this.#downUntil || process < 0) return;
    const socket = this.#tcp.open(
      SocketState.Established,
      spec.port,
      this.#endpoints.indexOf(remote, remotePort),
      true,
      seconds,
    );
    socket.ipv6 = remote.includes(':');
    socket.process = process;
    socket.client = -2 - index;
    if (accepts.ending !== 'never') this.#endings.later(socket, Math.max(0, seconds) + lifetime);
  }

  #openUdp({ spec, name, random }: Opener<UdpSpec>, index: number, seconds: number, counted = true): void {
    const lifetime = spec.lifetime && drawLifetime(spec.lifetime, random);
    const process = this.#processes.opener(spec.process, seconds, random.next());
    if (seconds < this.#downUntil || process < 0) return;
    if (counted) this.#journal.attempt(name, null, seconds);
    const port = spec.port === 'dynamic' ? this.#udp.allocateFree() : spec.port;
    if (port < 0) {
      this.#journal.refused(4266, name, null, seconds, spec.symptom);
      return;
    }
    const remote = spec.remote ? this.#endpoints.indexOf(spec.remote.address, spec.remote.port) : -1;
    const socket = this.#udp.open(SocketState.Udp, port, remote, false, seconds);
    socket.ipv6 = spec.address.includes(':');
    socket.process = process;
    socket.client = index;
    if (lifetime !== undefined)
      this.#queue.push(Math.max(0, seconds) + lifetime, Due.UdpClose, socket.id, socket.generation);
    this.#udpPeak = Math.max(this.#udpPeak, this.#udp.inUse);
  }

  #due(socket: Socket, seconds: number): void {
    const client = this.#clients[socket.client]?.spec;
    const ending = client?.ending ?? this.#accepts[-2 - socket.client]?.spec.accepts?.ending ?? 'we-close';
    this.#endings.next(socket, ending, client?.closingSeconds ?? 0, seconds);
  }

  #endProcess(spec: ProcessSpec, seconds: number): void {
    const ended = new Set(this.#processes.end(spec, seconds));
    for (const socket of [...this.#tcp.all()]) {
      if (!ended.has(socket.process) || socket.port < 0) continue;
      if (socket.state === SocketState.Established && socket.client !== -1) this.#endings.wait(socket, seconds);
      else if (socket.client !== -1) this.#endings.close(socket, seconds);
    }
    for (const socket of [...this.#udp.all()]) if (ended.has(socket.process)) this.#udp.close(socket);
  }

  #reboot(seconds: number, downSeconds: number): void {
    this.#downUntil = seconds + downSeconds;
    this.#boots++;
    this.#endings.restart(this.#newTcp());
    this.#udp = this.#newUdp();
    for (const [index, spec] of this.#specs.entries()) {
      this.#processes.end(spec, seconds);
      if (spec.perCall !== true && (spec.endsSeconds ?? Infinity) > this.#downUntil) {
        this.#queue.push(this.#downUntil + 15 + (index % 20), Due.ProcessStart, index);
      }
    }
  }

  get #tcp(): SocketTable {
    return this.#endings.table;
  }

  #newTcp(): SocketTable {
    const { host, listeners } = this.#scenario;
    const taken = new Set(listeners.map((listener) => listener.port));
    const order = this.#orderFrom(host.range);
    const table = new SocketTable(host.range, host.exclusions ?? [], taken, order, this.#boots, host.autoReuse ?? null);
    table.handsOutClosingPorts = host.handsOutClosingPorts ?? false;
    return table;
  }

  #newUdp(): SocketTable {
    const { host, udp } = this.#scenario;
    const range = host.udpRange ?? { start: 49_152, count: 16_384 };
    const taken = new Set((udp ?? []).flatMap(({ port }) => (port === 'dynamic' ? [] : [port])));
    return new SocketTable(range, host.udpExclusions ?? [], taken, this.#orderFrom(range), this.#boots);
  }

  #orderFrom(range: DynamicRange): PortOrdering {
    return new PortOrdering(this.#scenario.host.portOrder ?? 'rolling', range, this.#portStream);
  }

  #snapshot(seconds: number): Snapshot {
    const view: View = {
      scenario: this.#scenario,
      tcp: this.#tcp,
      udp: this.#udp,
      endpoints: this.#endpoints,
      processes: this.#processes,
    };
    return {
      atMs: this.#scenario.host.startMs + Math.round(seconds * 1000),
      rows: tableRows(view),
      processes: this.#processes.runningAt(seconds),
      ledger: ledgerOf(this.#tcp, this.#scenario),
      autoReuseLedger: autoReuseLedgerOf(this.#tcp, this.#scenario),
      familyLedgers: {
        ipv4: familyLedgerOf(this.#tcp, this.#scenario, 'ipv4'),
        ipv6: familyLedgerOf(this.#tcp, this.#scenario, 'ipv6'),
      },
      udpLedger: udpLedgerOf(this.#udp),
      held: heldPorts(this.#tcp, this.#scenario),
    };
  }
}

interface Opener<T> {
  readonly spec: T;
  readonly name: string;
  readonly arrivals: Arrivals | undefined;
  readonly random: RandomStream;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
