import { analyze } from '../../src/index.js';
import type { HostReport, Report } from '../../src/index.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { Incident, IncidentTruth, LabelledCapture, LabelledHost } from '../simulator/incident.js';
import { bareImage } from '../simulator/rate-truth.js';
import { contributorsRight, creditedRight } from './accuracy-credit.js';
import { exhaustionInside, leakRatesInside } from './accuracy-growth.js';
import { ledgerErrors } from './accuracy-ledger.js';
import { adviceFaults } from './accuracy-advice.js';
import { contradictionsOf, twoValuesOf } from './accuracy-consistency.js';
import { strayNumbersOf } from './number-paths.js';
import { HEADROOM, planHolds, replayedPlan, weakerBreaks } from './accuracy-plan.js';
import { delayInterval, demandInterval, logRateInside, ownRatesInside, type Interval } from './accuracy-rates.js';

const RANK = { low: 0, medium: 1, high: 2 } as const;

/** One line of the accuracy table; `–` or null where the question does not arise. */
export interface Row {
  /** With the host's name where the folder holds several. */
  readonly incident: string;
  readonly seed: number;
  readonly verdict: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly right: 'yes' | 'honest' | 'no';
  readonly tooSure: boolean;
  /** `honest` where it cannot be told from the capture, or need not be known, and the report says so. */
  readonly exhaustion: 'yes' | 'honest' | 'no';
  /** The mechanisms beside the main one, all of them and no other. */
  readonly contributing: 'yes' | 'no' | '–';
  readonly culprit: 'yes' | 'no' | '–';
  /** Processes that contribute beside those at fault. */
  readonly contributors: 'yes' | 'no' | '–';
  readonly destination: 'yes' | 'no' | '–';
  /** Ports, connections and exclusive ports of every program: `equal 3 of 3`. */
  readonly credited: string;
  readonly rate: Interval | null;
  /** The same of what a log of connections says alone. */
  readonly logRate: string;
  /** Rates of programs and endpoints: `in 3 of 3`. */
  readonly ownRates: string;
  readonly delay: Interval | null;
  /** The worst of what is said of the programs that leak, in ports an hour; null where nothing is. */
  readonly leakRate: Interval | null;
  /** Until the pool that leaks is full, in seconds from the newest table; null where the report does not say. */
  readonly untilFull: Interval | null;
  /** Incidents whose own mechanism is right, of those that happened. */
  readonly incidents: string;
  /** Largest difference of any class of any pool of any table, in ports. */
  readonly ledger: string;
  readonly settings: 'yes' | 'no';
  /** What the same arrivals do under the recommended settings. */
  readonly plan: string;
  /** Whether less than the plan would have failed, or broken the headroom. */
  readonly weaker: string;
  /** Legal, safe, no larger than its own figures ask for, and holding with every exclusion where it is: `sound`. */
  readonly advice: string;
  /** Quantities with two values, and what is said and taken back: `none`. */
  readonly values: string;
  readonly contradictions: string;
  readonly misses: readonly string[];
}

/** Plays an incident, analyses its capture and compares every host in it with what is true of it: one row a host. */
export async function judgeIncident(incident: Incident, seed: number): Promise<{ rows: Row[]; report: Report }> {
  const capture = incident.make(seed);
  const report = await analyzeCapture(capture);
  return { rows: judgeReport(incident, seed, capture, report), report };
}

async function analyzeCapture({ files }: LabelledCapture): Promise<Report> {
  return analyze(
    files.map(({ name, bytes, modifiedMs = null }) => ({
      path: name,
      bytes: bytes.length,
      modifiedMs,
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
}

function judgeReport(incident: Incident, seed: number, capture: LabelledCapture, report: Report): Row[] {
  const labelled = [capture, ...(capture.others ?? [])];
  const several = labelled.length > 1;
  const rows = labelled.map((one) => {
    const named = report.hosts.find(({ host }) => host.toUpperCase() === one.truth.host.toUpperCase());
    // A capture that names no host is the report of its only host.
    const host = named ?? (several ? undefined : report.hosts[0]);
    if (host === undefined) throw new Error(`${incident.id}: no report of ${one.truth.host}`);
    return judgeHost(
      several ? `${incident.id} ${one.truth.host}` : incident.id,
      incident.story,
      seed,
      one,
      host,
      report,
    );
  });
  const names = labelled.map(({ truth }) => truth.host.toUpperCase());
  const strangers = several ? report.hosts.filter(({ host }) => !names.includes(host.toUpperCase())) : [];
  const surplus = strangers.map(({ host }) => `evidence of the known hosts was booked on ${host}`);
  return rows.map((row, index) =>
    index > 0 || surplus.length === 0 ? row : { ...row, right: 'no', misses: [...row.misses, ...surplus] },
  );
}

/** True where the row holds anything that is not right, nor honestly left open. */
export function isFault(row: Row): boolean {
  return (
    row.right === 'no' ||
    row.tooSure ||
    [row.exhaustion, row.contributing, row.culprit, row.contributors, row.destination, row.settings].includes('no') ||
    row.credited.startsWith('off') ||
    row.rate?.isInside === false ||
    row.delay?.isInside === false ||
    row.leakRate?.isInside === false ||
    row.untilFull?.isInside === false ||
    row.logRate.startsWith('out') ||
    row.ownRates.startsWith('out') ||
    row.incidents.startsWith('not all') ||
    !['0', '–'].includes(row.ledger) ||
    !(row.plan === '–' || row.plan.startsWith('holds')) ||
    row.weaker === 'would do' ||
    row.advice !== 'sound' ||
    row.values !== 'none' ||
    row.contradictions !== 'none'
  );
}

function told(faults: readonly string[], misses: string[]): string {
  misses.push(...faults);
  return faults.length === 0 ? 'none' : String(faults.length);
}

function judgeHost(
  id: string,
  story: string,
  seed: number,
  labelled: LabelledHost,
  host: HostReport,
  report: Report,
): Row {
  const { truth } = labelled;
  const { mechanism, confidence } = host.verdict;
  const right = truth.mechanisms.includes(mechanism)
    ? 'yes'
    : mechanism === 'undetermined' && truth.undeterminedIsHonest
      ? 'honest'
      : 'no';
  const tooSure = RANK[confidence] > RANK[truth.highestConfidence];
  const misses: string[] = [];
  if (right === 'no') misses.push(`verdict ${mechanism}, right ${truth.mechanisms.join('/')}: ${story}`);
  if (tooSure) misses.push(`confidence ${confidence}, at most ${truth.highestConfidence}`);
  const isAdvised = host.recommendation.actions.some(({ id: action }) => action.includes(truth.advised ?? ''));
  const helps = truth.settingsHelp.includes(host.recommendation.settingsHelp);
  const settings = helps && (isAdvised || truth.advised === undefined) ? 'yes' : 'no';
  if (truth.advised !== undefined && !isAdvised) misses.push(`no action for ${truth.advised}`);
  if (!helps) {
    misses.push(`settingsHelp ${host.recommendation.settingsHelp}, right ${truth.settingsHelp.join('/')}`);
  }
  const rate = demandInterval(host, labelled, misses);
  const plan = replayedPlan(host);
  const unexplained = explanationsMissing(host, truth, misses);
  const isExcluded = causeRuledOut(host, truth, misses);
  return {
    incident: id,
    seed,
    verdict: mechanism,
    confidence,
    right: unexplained || isExcluded ? 'no' : right,
    tooSure,
    exhaustion: exhaustionRight(host, truth, misses),
    contributing: contributingRight(host, truth, right, misses),
    culprit: culpritRight(host, truth, right, misses),
    contributors: contributorsRight(host, truth, misses),
    destination: destinationRight(host, truth, right, misses),
    credited: creditedRight(host, labelled, misses),
    rate,
    logRate: logRateInside(host, truth, misses),
    ownRates: ownRatesInside(host, labelled, misses),
    delay: delayInterval(host, truth, misses),
    leakRate: leakRatesInside(host, labelled, misses),
    untilFull: exhaustionInside(host, labelled, misses),
    incidents: incidentsRight(host, truth, misses),
    ledger: ledgerErrors(host, labelled, misses),
    settings,
    plan: plan === null ? '–' : planHolds(host, labelled, plan, misses),
    weaker: plan === null ? '–' : weakerBreaks(host, labelled, plan, rate, misses),
    advice: adviceFaults(host, labelled, plan, misses).join(', ') || 'sound',
    values: told([...strayNumbersOf(report, host), ...twoValuesOf(host)], misses),
    contradictions: told(contradictionsOf(host), misses),
    misses,
  };
}

function exhaustionRight({ verdict }: HostReport, truth: IncidentTruth, misses: string[]): Row['exhaustion'] {
  const { exhaustion } = verdict;
  if (truth.exhaustion.includes(exhaustion)) return exhaustion === 'cannot-tell' ? 'honest' : 'yes';
  if (exhaustion === 'cannot-tell' && truth.undeterminedIsHonest) return 'honest';
  misses.push(`exhaustion ${exhaustion}, right ${truth.exhaustion.join('/')}`);
  return 'no';
}

function contributingRight(
  { verdict, incidents }: HostReport,
  truth: IncidentTruth,
  right: Row['right'],
  misses: string[],
): Row['contributing'] {
  // Of several incidents each has its own; the labels name those of the main one where there is one.
  if (right !== 'yes' || truth.incidents !== undefined || verdict.mechanism === 'none') return '–';
  const wanted = (truth.contributing ?? []).filter((mechanism) => mechanism !== verdict.mechanism).sort();
  const optional: readonly string[] = truth.mayContribute ?? [];
  const named = incidents[verdict.incident ?? 0]?.contributing ?? [];
  const found = named.filter((mechanism) => !optional.includes(mechanism)).sort();
  if (wanted.join() === found.join()) return wanted.length === 0 ? '–' : 'yes';
  misses.push(`contributing ${found.join() || 'nothing'}, right ${wanted.join() || 'nothing'}`);
  return 'no';
}

function culpritRight(host: HostReport, truth: IncidentTruth, right: Row['right'], misses: string[]): Row['culprit'] {
  const named = host.consumers.filter(({ atFault }) => atFault === 'yes').map(({ process }) => bareImage(process));
  const innocent = named.filter((name) => (truth.innocent ?? []).map(bareImage).includes(name));
  if (innocent.length > 0) {
    misses.push(`culprit ${innocent.join()}, who did nothing`);
    return 'no';
  }
  if (truth.culprit === null || right !== 'yes') return '–';
  const all = [truth.culprit, ...(truth.alsoAtFault ?? [])].map(bareImage);
  const isRight =
    truth.alsoAtFault === undefined ? named[0] === all[0] : all.sort().join() === [...named].sort().join();
  if (isRight) return 'yes';
  if (named.length === 0 && truth.unnamedIsHonest === true) return '–';
  misses.push(`culprit ${named.join() || 'nobody'}, right ${all.join()}`);
  return 'no';
}

/** What the sentence of the verdict names, else the first of the program at fault, else the first of all: exactly this endpoint. */
function destinationRight(
  host: HostReport,
  truth: IncidentTruth,
  right: Row['right'],
  misses: string[],
): Row['destination'] {
  if (truth.destination === null || right !== 'yes') return '–';
  const { destination, remote } = host.verdict.summary.params;
  const culprit = host.consumers.find(({ atFault }) => atFault === 'yes');
  const said = [destination, remote].flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []))[0];
  const named = said ?? culprit?.destinations[0]?.remote ?? host.destinations[0]?.remote;
  if (named === truth.destination) return 'yes';
  misses.push(`destination ${named ?? 'none'}, right ${truth.destination}`);
  return 'no';
}

function explanationsMissing(host: HostReport, truth: IncidentTruth, misses: string[]): boolean {
  const said = [
    host.verdict.summary.id,
    ...[...host.answers, ...host.otherExplanations].map(({ message }) => message.id),
    ...host.missingEvidence.map(({ what }) => what.id),
  ];
  const lacking = [...(truth.explanations ?? []), ...(truth.missing ?? [])].filter((wanted) => !said.includes(wanted));
  if (lacking.length > 0)
    misses.push(`verdict, answers, other explanations and missing evidence lack ${lacking.join()}`);
  return lacking.length > 0;
}

/** Whatever a capture shows, it cannot show that what happened did not. */
function causeRuledOut({ hypotheses }: HostReport, { cause }: IncidentTruth, misses: string[]): boolean {
  const isExcluded = hypotheses.some(({ id, outcome }) => id === cause && outcome === 'ruled-out');
  if (isExcluded) misses.push(`${cause}, which it was, is ruled out`);
  return isExcluded;
}

/** Each incident of the folder by itself, in time order. */
function incidentsRight(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  const { incidents: wanted } = truth;
  if (wanted === undefined) return '–';
  const found = host.incidents.map(({ mechanism }) => mechanism);
  const right = wanted.filter((mechanisms, index) => mechanisms.some((one) => one === found[index])).length;
  const culprits = truth.incidentCulprits ?? [];
  const unnamed = culprits.filter(
    (image, index) =>
      !(host.incidents[index]?.atFault ?? []).some((name) => bareImage(name).startsWith(bareImage(image))),
  );
  if (unnamed.length > 0) misses.push(`incidents do not name ${unnamed.join()}`);
  const isRight = right === wanted.length && found.length === wanted.length && unnamed.length === 0;
  if (right < wanted.length || found.length !== wanted.length)
    misses.push(`incidents ${found.join()}, right ${wanted.map((ones) => ones.join('/')).join()}`);
  return `${isRight ? 'all' : 'not all'} ${String(right)} of ${String(wanted.length)}`;
}
