import { heldMoments, type HeldMoment } from './held-ports.js';
import { leakTruths, refusedAfter, type LeakTruths } from './leak-truth.js';
import { poolMoments, type PoolMoment } from './pool-moments.js';
import { rateTruths, type RateTruths } from './rate-truth.js';
import type { DynamicRange, Scenario } from './scenario.js';
import { simulate, type Outcome } from './simulation.js';
import { withoutBound, type Ledger, type Snapshot, type UdpLedger } from './snapshot.js';

export type Mechanism =
  | 'time-wait-churn'
  | 'endpoint-collision'
  | 'bound-leak'
  | 'close-wait-leak'
  | 'established-leak'
  | 'connection-saturation'
  | 'syn-sent-pileup'
  | 'undersized-range'
  | 'stuck-time-wait'
  | 'udp-exhaustion'
  | 'undetermined'
  | 'none';
export type Confidence = 'high' | 'medium' | 'low';
export type SettingsHelp = 'not-needed' | 'yes' | 'buys-time' | 'no' | 'cannot-tell';

export interface CaptureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** When it was last written (UTC milliseconds); not known when absent. */
  readonly modifiedMs?: number;
}

/** What an expert who saw the capture, and nothing else, may say without being wrong. */
export interface RightAnswer {
  /** Main mechanisms that count as right. */
  readonly mechanisms: readonly Mechanism[];
  /** True where `undetermined` is honest, though not the best answer. */
  readonly undeterminedIsHonest: boolean;
  readonly highestConfidence: Confidence;
  readonly exhaustion: readonly ('shown' | 'refuted' | 'cannot-tell')[];
  /** Image of the process at fault; null where nobody is, or the capture cannot show it. */
  readonly culprit: string | null;
  /** `10.1.7.31:1433`; null where no single destination matters. */
  readonly destination: string | null;
  readonly settingsHelp: readonly SettingsHelp[];
  readonly contributing?: readonly Mechanism[];
  /** Images that contribute to it beside those at fault, all of them. */
  readonly contributingProcesses?: readonly string[];
  /** Images at fault beside the culprit. */
  readonly alsoAtFault?: readonly string[];
  /** Mechanisms that may be named beside the main one and need not be. */
  readonly mayContribute?: readonly Mechanism[];
  /** Image at fault in each incident of the folder, in time order. */
  readonly incidentCulprits?: readonly string[];
  /** What the advice must hold: part of the id of an action. */
  readonly advised?: string;
  /** What the first action must be: part of its id. */
  readonly advisedFirst?: string;
  /** What stands in no action: a command, or a way to treat a process that Windows cannot lose. */
  readonly forbidden?: readonly string[];
  /** Images that must not be blamed. */
  readonly innocent?: readonly string[];
  /** True where naming nobody is honest, though not the best answer. */
  readonly unnamedIsHonest?: boolean;
  /** Main mechanisms that count as right for each incident of the folder, in time order. */
  readonly incidents?: readonly (readonly Mechanism[])[];
  /** What a log of connections may say of the rate: an interval where it is complete, else at least so many. */
  readonly logRate?: 'interval' | 'at-least';
  /** Ids of messages that the verdict, the answers or the other explanations must hold. */
  readonly explanations?: readonly string[];
  /** Ids of what the missing evidence must ask for. */
  readonly missing?: readonly string[];
  /** A delay that is in the registry and comes into force with the next restart. */
  readonly pendingDelaySeconds?: number;
  /** How many seconds the interval of TIME_WAIT may be wide: so much can be told from the tables. */
  readonly widestDelaySeconds?: number;
  /** The range whose ports it is about, where the host has an auto-reuse range too; the dynamic one when absent. */
  readonly range?: 'dynamic' | 'auto-reuse';
}

/** How much of the port table a file of a moment shows. */
export type SnapshotKind = 'full' | 'without-bound' | 'time-wait-only' | 'udp-only' | 'cut';

export interface SnapshotTruth {
  readonly at: string;
  readonly file: string;
  readonly kind: SnapshotKind;
  /** The port table as it was. */
  readonly ledger: Ledger;
  /** The same as the file can show it at best; null where the file is a filtered list. */
  readonly shown: Ledger | null;
  /** As `shown`, of the auto-reuse range. */
  readonly autoReuse?: Ledger | null;
  readonly udp: UdpLedger;
}

export interface IncidentTruth extends RightAnswer {
  readonly host: string;
  /** What really happened, whether or not the capture shows it. */
  readonly cause: Mechanism;
  readonly snapshots: readonly SnapshotTruth[];
  readonly failures: {
    readonly count: number;
    readonly byId: Readonly<Record<'4227' | '4231' | '4266', number>>;
    readonly firstAt: string | null;
    readonly lastAt: string | null;
  };
  readonly timeWaitSeconds: { readonly ipv4: number; readonly ipv6: number };
  /** Attempts a second that need a dynamic TCP port: of everybody, in the busiest minute and five minutes. */
  readonly demand: {
    readonly busiestMinute: number;
    readonly busiestFiveMinutes: number;
    readonly culprit: number | null;
  };
  readonly peakInUse: number;
  readonly usable: number;
}

export interface ReplaySettings {
  readonly range?: DynamicRange;
  /** null switches it off. */
  readonly autoReuse?: DynamicRange | null;
  readonly udpRange?: DynamicRange;
  readonly exclusions?: readonly (readonly [number, number])[];
  /** Blocks that are excluded no longer. */
  readonly freed?: readonly (readonly [number, number])[];
  readonly timeWaitSeconds?: number;
}

export interface Replay {
  readonly failures: number;
  readonly peakInUse: number;
  readonly usable: number;
  /** The most ports of the auto-reuse range that one remote endpoint had; absent without such a range. */
  readonly autoReuse?: NonNullable<Outcome['autoReuse']>;
  readonly udp: { readonly peakInUse: number; readonly usable: number };
}

/** What is true of one host of a capture. */
export interface LabelledHost {
  readonly truth: IncidentTruth;
  /** Every pool in every table that shows one. */
  readonly pools: readonly PoolMoment[];
  /** What every program held in every table that shows it. */
  readonly held: readonly HeldMoment[];
  readonly rates: RateTruths;
  readonly leaks: LeakTruths;
  /** Seconds from the last table to the next refusal (see refusedAfter). */
  readonly refusedAfter: (limitSeconds: number, transport: 'tcp' | 'udp') => number | null;
  /** The same arrivals on the same host under other settings. */
  readonly replay: (settings: ReplaySettings) => Replay;
}

export interface LabelledCapture extends LabelledHost {
  readonly files: readonly CaptureFile[];
  /** The other hosts whose evidence lies in the same folder. */
  readonly others?: readonly LabelledHost[];
}

export interface Incident {
  readonly id: string;
  /** One sentence: what happened, and what makes it hard. */
  readonly story: string;
  readonly make: (seed: number) => LabelledCapture;
}

export interface Shown {
  readonly file: string;
  readonly kind: SnapshotKind;
  readonly snapshot: Snapshot;
}

/** The files of a capture, and which moment stands in which of them. */
export interface Written {
  readonly files: readonly CaptureFile[];
  /** Tables of connections. */
  readonly shown: readonly Shown[];
  /** Tables of datagram sockets, which may stand in the same files; none when absent. */
  readonly datagrams?: readonly Shown[];
}

/** Plays a scenario and labels it. `write` turns what was seen into files. */
export function label(
  scenario: Scenario,
  seed: number,
  cause: Mechanism,
  right: RightAnswer,
  write: (outcome: Outcome) => Written,
): LabelledCapture {
  const outcome = simulate(scenario, seed);
  const { files, shown, datagrams } = write(outcome);
  return {
    files,
    truth: truthOf(outcome, cause, right, shown),
    pools: poolMoments(shown, datagrams ?? []),
    held: heldMoments(shown),
    rates: rateTruths(outcome),
    leaks: leakTruths(outcome),
    refusedAfter: (limitSeconds, transport) => refusedAfter(scenario, seed, limitSeconds, transport),
    replay: (settings) => replay(scenario, seed, settings),
  };
}

function replay(scenario: Scenario, seed: number, settings: ReplaySettings): Replay {
  const { autoReuse: captured, ...host } = scenario.host;
  const autoReuse = settings.autoReuse === undefined ? captured : (settings.autoReuse ?? undefined);
  const delay = settings.timeWaitSeconds;
  const isFreed = ([first, last]: readonly [number, number]): boolean =>
    (settings.freed ?? []).some(([from, to]) => first >= from && last <= to);
  const outcome = simulate(
    {
      ...scenario,
      snapshotSeconds: [],
      host: {
        ...host,
        range: settings.range ?? host.range,
        ...(autoReuse === undefined ? {} : { autoReuse }),
        ...(settings.udpRange === undefined ? {} : { udpRange: settings.udpRange }),
        exclusions: (settings.exclusions ?? host.exclusions ?? []).filter((block) => !isFreed(block)),
        timeWaitSeconds: delay === undefined ? host.timeWaitSeconds : { ipv4: delay, ipv6: delay },
      },
    },
    seed,
  );
  const { failures, peakInUse, usable, udpPeakInUse, udpUsable, autoReuse: reused } = outcome;
  return {
    failures: failures.count,
    peakInUse,
    usable,
    udp: { peakInUse: udpPeakInUse, usable: udpUsable },
    ...(reused === null ? {} : { autoReuse: { usable: reused.usable, mostTowardsOne: reused.mostTowardsOne } }),
  };
}

function truthOf(outcome: Outcome, cause: Mechanism, right: RightAnswer, shown: readonly Shown[]): IncidentTruth {
  const { host } = outcome.scenario;
  const { failures } = outcome;
  const instant = (seconds: number): string | null =>
    Number.isFinite(seconds) ? new Date(host.startMs + Math.round(seconds * 1000)).toISOString() : null;
  const culprits = new Set(
    outcome.scenario.clients.filter(({ process }) => process.image === right.culprit).map(({ name }) => name),
  );
  const udp = new Set((outcome.scenario.udp ?? []).map(({ name }) => name));
  const elsewhere = new Set(
    host.autoReuse === undefined
      ? []
      : outcome.scenario.clients
          .filter(({ allocation }) => (allocation === 'bind-first') === (right.range === 'auto-reuse'))
          .map(({ name }) => name),
  );
  const everybody = perMinute(outcome, (name) => !udp.has(name) && !elsewhere.has(name));
  const shownOf = (kind: SnapshotKind, ledger: Ledger | null): Ledger | null =>
    ledger === null ? null : kind === 'full' ? ledger : kind === 'without-bound' ? withoutBound(ledger) : null;
  return {
    ...right,
    host: host.name,
    cause,
    snapshots: shown.map(({ file, kind, snapshot }) => ({
      at: new Date(snapshot.atMs).toISOString(),
      file,
      kind,
      ledger: snapshot.ledger,
      shown: shownOf(kind, snapshot.ledger),
      ...(host.autoReuse === undefined ? {} : { autoReuse: shownOf(kind, snapshot.autoReuseLedger ?? null) }),
      udp: snapshot.udpLedger,
    })),
    failures: {
      count: failures.count,
      byId: failures.byId,
      firstAt: instant(failures.firstSeconds),
      lastAt: instant(failures.lastSeconds),
    },
    timeWaitSeconds: host.timeWaitSeconds,
    demand: {
      busiestMinute: busiest(everybody, 1),
      busiestFiveMinutes: busiest(everybody, 5),
      culprit:
        culprits.size === 0
          ? null
          : busiest(
              perMinute(outcome, (name) => culprits.has(name)),
              5,
            ),
    },
    peakInUse: outcome.peakInUse,
    usable: outcome.usable,
  };
}

function perMinute(outcome: Outcome, wanted: (client: string) => boolean): number[] {
  const sums: number[] = [];
  for (const [client, minutes] of outcome.attemptsPerMinute) {
    if (!wanted(client)) continue;
    for (const [minute, count] of minutes.entries()) {
      while (sums.length <= minute) sums.push(0);
      sums[minute] = (sums[minute] ?? 0) + count;
    }
  }
  return sums;
}

/** Mean a second over the busiest `width` minutes in a row, two decimals. */
function busiest(minutes: readonly number[], width: number): number {
  let most = 0;
  for (let from = 0; from < minutes.length; from++) {
    let sum = 0;
    for (let minute = from; minute < from + width; minute++) sum += minutes[minute] ?? 0;
    most = Math.max(most, sum);
  }
  return Math.round((most / (width * 60)) * 100) / 100;
}
