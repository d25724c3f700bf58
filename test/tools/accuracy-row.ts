import { analyze } from '../../src/index.js';
import type { HostReport } from '../../src/index.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { Estimate } from '../../src/model/estimate.js';
import { LEDGER_CLASSES, type LedgerClass } from '../../src/model/report.js';
import type { Incident, IncidentTruth, LabelledHost, Replay, SnapshotTruth } from '../simulator/incident.js';
import type { Ledger } from '../simulator/snapshot.js';

const RANK = { low: 0, medium: 1, high: 2 } as const;
const HEADROOM = 0.7;

/** One line of the accuracy table; `–` where the question does not arise. */
export interface Row {
  /** With the host's name where the folder holds several. */
  readonly incident: string;
  readonly seed: number;
  readonly verdict: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly right: 'yes' | 'honest' | 'no';
  readonly tooSure: boolean;
  readonly culprit: 'yes' | 'no' | '–';
  readonly destination: 'yes' | 'no' | '–';
  readonly rate: string;
  /** The same of what a log of connections says alone. */
  readonly logRate: string;
  /** Incidents whose own mechanism is right, of those that happened. */
  readonly incidents: string;
  readonly delay: string;
  /** Largest difference of any class of any snapshot, in ports. */
  readonly ledger: string;
  readonly settings: 'yes' | 'no';
  /** What the same arrivals do under the recommended settings. */
  readonly plan: string;
  /** Whether leaving out the last step of the plan would have broken the headroom. */
  readonly weaker: 'breaks' | 'would do' | '–';
  readonly misses: readonly string[];
}

/** Analyses the capture and compares every host in it with what is true of it: one row a host. */
export async function judgeIncident(incident: Incident, seed: number): Promise<Row[]> {
  const capture = incident.make(seed);
  const report = await analyze(
    capture.files.map(({ name, bytes }) => ({
      path: name,
      bytes: bytes.length,
      modifiedMs: null,
      async *open() {
        yield await Promise.resolve(bytes);
      },
    })),
    nodePlatform,
    {
      headroom: HEADROOM,
      range: null,
      timeWaitSeconds: null,
      timezone: null,
      host: null,
      fromMs: null,
      toMs: null,
      generatedAtMs: Date.UTC(2026, 11, 31),
      arguments: [],
    },
  );
  const labelled = [capture, ...(capture.others ?? [])];
  const several = labelled.length > 1;
  const rows = labelled.map((one) => {
    const named = report.hosts.find(({ host }) => host.toUpperCase() === one.truth.host.toUpperCase());
    // A capture that names no host is the report of its only host.
    const host = named ?? (several ? undefined : report.hosts[0]);
    if (host === undefined) throw new Error(`${incident.id}: no report of ${one.truth.host}`);
    return judgeHost(several ? `${incident.id} ${one.truth.host}` : incident.id, incident.story, seed, one, host);
  });
  const names = labelled.map(({ truth }) => truth.host.toUpperCase());
  const strangers = several ? report.hosts.filter(({ host }) => !names.includes(host.toUpperCase())) : [];
  const surplus = strangers.map(({ host }) => `evidence of the known hosts was booked on ${host}`);
  return rows.map((row, index) =>
    index > 0 || surplus.length === 0 ? row : { ...row, right: 'no', misses: [...row.misses, ...surplus] },
  );
}

function judgeHost(id: string, story: string, seed: number, labelled: LabelledHost, host: HostReport): Row {
  const { truth } = labelled;
  const { mechanism, confidence, exhaustion } = host.verdict;
  const right = truth.mechanisms.includes(mechanism)
    ? 'yes'
    : mechanism === 'undetermined' && truth.undeterminedIsHonest
      ? 'honest'
      : 'no';
  const tooSure = RANK[confidence] > RANK[truth.highestConfidence];
  const misses: string[] = [];
  if (right === 'no') misses.push(`verdict ${mechanism}, right ${truth.mechanisms.join('/')}: ${story}`);
  if (tooSure) misses.push(`confidence ${confidence}, at most ${truth.highestConfidence}`);
  if (!truth.exhaustion.includes(exhaustion))
    misses.push(`exhaustion ${exhaustion}, right ${truth.exhaustion.join('/')}`);
  const ledger = ledgerErrors(host, truth, misses);
  const settings = truth.settingsHelp.includes(host.recommendation.settingsHelp) ? 'yes' : 'no';
  if (settings === 'no') {
    misses.push(`settingsHelp ${host.recommendation.settingsHelp}, right ${truth.settingsHelp.join('/')}`);
  }
  const culprit = culpritRight(host, truth, right);
  if (culprit === 'no') {
    const named = host.consumers.filter(({ atFault }) => atFault === 'yes').map(({ process }) => process);
    misses.push(
      `culprit ${named.join() || 'nobody'}, right ${[truth.culprit ?? 'nobody', ...(truth.alsoAtFault ?? [])].join()}`,
    );
  }
  const destination = destinationRight(host, truth, right);
  if (destination === 'no')
    misses.push(`destination ${host.destinations[0]?.remote ?? 'none'}, right ${truth.destination ?? ''}`);
  const explained = host.otherExplanations.map(({ message }) => message.id);
  const unexplained = (truth.explanations ?? []).filter((wanted) => !explained.some((found) => found === wanted));
  if (unexplained.length > 0) misses.push(`other explanations lack ${unexplained.join()}`);
  return {
    incident: id,
    seed,
    verdict: mechanism,
    confidence,
    right: unexplained.length > 0 ? 'no' : right,
    tooSure,
    culprit,
    destination,
    rate: rateInside(host, truth, misses),
    logRate: logRateInside(host, truth, misses),
    incidents: incidentsRight(host, truth, misses),
    delay: delayInside(host, truth, misses),
    ledger,
    settings,
    plan: planHolds(host, labelled, misses),
    weaker: weakerBreaks(host, labelled, misses),
    misses,
  };
}

function culpritRight(host: HostReport, truth: IncidentTruth, right: Row['right']): Row['culprit'] {
  if (truth.culprit === null || right !== 'yes') return '–';
  const wanted = truth.culprit.toLowerCase().replace(/\.exe$/, '');
  const named = host.consumers
    .filter(({ atFault }) => atFault === 'yes')
    .map(({ process }) => process.toLowerCase().replace(/\.exe$/, ''));
  if (truth.alsoAtFault !== undefined) {
    const all = [wanted, ...truth.alsoAtFault.map((image) => image.toLowerCase().replace(/\.exe$/, ''))];
    return all.sort().join() === named.sort().join() ? 'yes' : 'no';
  }
  return named.length > 0 && named[0] === wanted ? 'yes' : 'no';
}

function destinationRight(host: HostReport, truth: IncidentTruth, right: Row['right']): Row['destination'] {
  if (truth.destination === null || right !== 'yes') return '–';
  const named = `${host.destinations[0]?.remote ?? ''} ${host.verdict.summary.text}`;
  return named.includes(truth.destination) ? 'yes' : 'no';
}

function rateInside(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  const estimate = host.demand.connectionsPerSecond;
  if (truth.cause !== 'time-wait-churn' || estimate === null || host.verdict.mechanism !== 'time-wait-churn')
    return '–';
  const rate = truth.demand.busiestMinute;
  // Intervals are drawn around what the snapshots span: a minute that lies between two of them is seen blunted.
  const inside = rate >= estimate.low * 0.98 && (estimate.high === null || rate <= estimate.high * 1.02);
  if (!inside) misses.push(`rate ${shown(estimate)}, true ${rate.toFixed(1)}`);
  return `${inside ? 'in' : 'out'} ${shown(estimate)} (${rate.toFixed(0)})`;
}

/** A log of connections alone: an interval must hold the true rate, a filtered log may only say "at least". */
function logRateInside(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  if (truth.logRate === undefined) return '–';
  const logged = host.demand.methods.find(({ id }) => id === 'log-events')?.perSecond;
  const rate = truth.demand.busiestMinute;
  const kind = logged?.high == null ? 'at-least' : 'interval';
  // The log's minutes and the truth's begin at different seconds.
  const inside =
    logged !== undefined &&
    kind === truth.logRate &&
    rate >= logged.low * 0.95 &&
    (logged.high === null || rate <= logged.high * 1.05);
  const text = logged === undefined ? 'none' : shown(logged);
  if (!inside) misses.push(`log says ${text}, true ${rate.toFixed(1)}, ${truth.logRate}`);
  return `${inside ? 'in' : 'out'} ${text}`;
}

/** Each incident of the folder by itself, in time order. */
function incidentsRight(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  const { incidents: wanted } = truth;
  if (wanted === undefined) return '–';
  const found = host.incidents.map(({ mechanism }) => mechanism);
  const right = wanted.filter((mechanisms, index) => mechanisms.some((one) => one === found[index])).length;
  const isRight = right === wanted.length && found.length === wanted.length;
  if (!isRight) misses.push(`incidents ${found.join()}, right ${wanted.map((ones) => ones.join('/')).join()}`);
  return `${isRight ? 'all' : 'not all'} ${String(right)} of ${String(wanted.length)}`;
}

function delayInside(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  const { effective } = host.timeWait;
  const waiting = truth.snapshots.some(({ ledger }) => ledger.timeWait > 20);
  if (!waiting || truth.cause === 'stuck-time-wait') return '–';
  // Families may differ: the one that most of TIME_WAIT is in counts.
  const peak = (id: string): number =>
    Math.max(0, ...host.ledger.filter(({ poolId }) => poolId === id).map((entry) => entry.timeWait));
  const seconds = peak('tcp-ipv6') > peak('tcp-ipv4') ? truth.timeWaitSeconds.ipv6 : truth.timeWaitSeconds.ipv4;
  const inside = seconds >= effective.low - 1 && (effective.high === null || seconds <= effective.high + 1);
  if (!inside) misses.push(`delay ${shown(effective)} ${effective.source}, true ${String(seconds)}`);
  return `${inside ? 'in' : 'out'} ${shown(effective)} ${effective.source}`;
}

function ledgerErrors(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  const worst = Math.max(
    ledgerError(host, truth, 'tcp', ({ shown }) => shown, misses),
    ledgerError(host, truth, 'tcp-auto-reuse', ({ autoReuse }) => autoReuse ?? null, misses),
  );
  return worst < 0 ? '–' : String(worst);
}

function ledgerError(
  host: HostReport,
  truth: IncidentTruth,
  pool: string,
  shownOf: (snapshot: SnapshotTruth) => Ledger | null,
  misses: string[],
): number {
  let worst = -1;
  const entries = host.ledger.filter(({ poolId }) => poolId === pool);
  const place = new Map<string, number>();
  for (const snapshot of truth.snapshots) {
    const nth = place.get(snapshot.file) ?? 0;
    place.set(snapshot.file, nth + 1);
    const visible = shownOf(snapshot);
    if (visible === null) continue;
    // By place in the file: a host whose clock nobody knows has its snapshots at other times than they were taken.
    const entry = entries.filter(({ file }) => file === snapshot.file).sort((x, y) => x.line - y.line)[nth];
    if (entry === undefined) continue;
    const truly: Partial<Record<LedgerClass, number>> = visible;
    const differences = LEDGER_CLASSES.map((name) => Math.abs(entry[name] - (truly[name] ?? 0)));
    const error = Math.max(...differences, Math.abs(entry.inUse - visible.inUse));
    if (error > 0)
      misses.push(
        `ledger ${pool} ${snapshot.file} ${snapshot.at}: ${String(entry.inUse)} for ${String(visible.inUse)}`,
      );
    worst = Math.max(worst, error);
  }
  return worst;
}

/** Replays the same arrivals under the recommended settings; advice that claims to help must let none fail. */
function planHolds(host: HostReport, { replay }: LabelledHost, misses: string[]): string {
  const { recommendation } = host;
  if (recommendation.settingsHelp !== 'yes') return '–';
  const range = recommendation.dynamicPortRanges.find(
    ({ transport, family }) => transport === 'tcp' && family === 'ipv4',
  );
  const delay = recommendation.tcpTimedWaitDelay.recommended;
  const exclusions = recommendation.exclusions.remove.length > 0 ? { exclusions: [] } : {};
  const after = replay({
    ...(range === undefined ? {} : { range: range.recommended }),
    ...(recommendation.autoReusePortRange?.change === true
      ? { autoReuse: recommendation.autoReusePortRange.recommended }
      : {}),
    ...(delay === null ? {} : { timeWaitSeconds: delay }),
    ...exclusions,
  });
  const { inUse, usable } = fullest(after, host);
  const share = inUse / Math.max(usable, 1);
  const text = `${share.toFixed(2)} of ${String(usable)}`;
  if (after.failures > 0) {
    misses.push(
      `plan ${String(range?.recommended.start)}:${String(range?.recommended.count)} delay ${String(delay)}: ${String(after.failures)} still fail`,
    );
    return `fails ${text}`;
  }
  return `holds ${text}`;
}

/** Ports of the pool that the verdict is about; of an auto-reuse range those towards one endpoint. */
function fullest(after: Replay, { verdict }: HostReport): { inUse: number; usable: number } {
  const { autoReuse } = after;
  return verdict.poolId === undefined || autoReuse === undefined
    ? { inUse: after.peakInUse, usable: after.usable }
    : { inUse: autoReuse.mostTowardsOne, usable: autoReuse.usable };
}

/** The smallest step back from the plan: would the same arrivals then have gone beyond the headroom? `–` where there is none. */
function weakerBreaks(host: HostReport, { replay, truth }: LabelledHost, misses: string[]): Row['weaker'] {
  const { recommendation } = host;
  const range = recommendation.dynamicPortRanges.find(
    ({ transport, family }) => transport === 'tcp' && family === 'ipv4',
  );
  const delay = recommendation.tcpTimedWaitDelay.recommended;
  if (recommendation.settingsHelp !== 'yes' || range === undefined || !range.change) return '–';
  // The plan is made for what the capture can show; where the pool was full it takes all there is, and that is no waste.
  const weaker =
    delay !== null ? { range: range.recommended, timeWaitSeconds: delay * 1.25 } : { range: range.current };
  const after = replay(weaker);
  const breaks = after.failures > 0 || after.peakInUse > after.usable * HEADROOM;
  if (!breaks)
    misses.push(`weaker plan would do: ${String(after.peakInUse)} of ${String(after.usable)}, cause ${truth.cause}`);
  return breaks ? 'breaks' : 'would do';
}

function shown({ low, high }: Estimate): string {
  const number = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  return high === null ? `≥${number(low)}` : `${number(low)}–${number(high)}`;
}
