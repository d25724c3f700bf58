import { assemble, type Capture, type HostEvidence } from './capture/assemble/assemble.js';
import { inputReport } from './report/input-report.js';
import { quoteRows } from './capture/replay/quote-rows.js';
import { readSnapshots } from './capture/replay/snapshot-reader.js';
import { surveyFile, type FileSurvey } from './capture/survey/survey-file.js';
import { evidenceBetween } from './capture/assemble/incident-evidence.js';
import { autoReuseView } from './measure/auto-reuse-facts.js';
import type { HostFacts } from './measure/facts.js';
import { hostFacts } from './measure/host-facts.js';
import { SnapshotPass } from './measure/snapshot-pass.js';
import { INCIDENT_GAP_MS } from './measure/events/incident-windows.js';
import { poolsOf } from './measure/pools/port-pool.js';
import { hostReport, judgeIncident, troubledPool } from './report/host-report.js';
import { NothingUsableError, type AnalysisOptions, type Progress } from './model/analysis.js';
import { Interner } from './model/connection.js';
import type { EvidenceFile, Platform } from './model/input.js';
import { isoTime } from './model/iso-time.js';
import { SCHEMA_VERSION, type HostReport, type Report } from './model/report.js';
import { everySource } from './model/source-ref.js';
import { VERSION } from './model/version.js';

/**
 * Reads the evidence twice (survey, then fold) and returns the report object. Throws NothingUsableError when the files hold
 * neither a snapshot nor an event; anything else that escapes is a bug.
 */
export async function analyze(
  files: readonly EvidenceFile[],
  platform: Platform,
  options: AnalysisOptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Report> {
  const bytesTotal = files.reduce((total, file) => total + file.bytes, 0);
  let bytesDone = 0;
  const surveys: FileSurvey[] = [];
  for (const file of files) {
    const survey = await surveyFile(file, platform, (bytes) => {
      bytesDone += bytes;
      onProgress({ pass: 'survey', file: file.path, bytesDone, bytesTotal });
    });
    surveys.push(survey);
  }
  const capture = assemble(surveys, options);
  if (capture.hosts.length === 0) {
    const inputs = surveys.map((survey) => inputReport(survey, capture));
    throw new NothingUsableError(inputs, nothingUsable(capture, options));
  }
  const hosts: HostReport[] = [];
  let folded = 0;
  for (const host of capture.hosts) {
    const report = await analyzeHost(host, capture, platform, options, (file, bytes) => {
      folded += bytes;
      onProgress({ pass: 'fold', file, bytesDone: folded, bytesTotal });
    });
    hosts.push(report);
  }
  await quoteRows([...everySource(hosts)], surveys, platform);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'portmortem', version: VERSION },
    generatedAt: isoTime(options.generatedAtMs),
    options: {
      language: 'en',
      headroom: options.headroom,
      timezone: options.timezone,
      redacted: false,
      arguments: [...options.arguments],
    },
    inputs: surveys.map((survey) => inputReport(survey, capture)),
    hosts: hosts.sort(worstFirst),
  };
}

function nothingUsable({ hostNames }: Capture, { host }: AnalysisOptions): string {
  if (host === null || hostNames.length === 0) return 'no usable snapshot and no usable event in the input';
  return `no host ${host} in the input; found: ${hostNames.join(', ')}`;
}

async function analyzeHost(
  host: HostEvidence,
  capture: Capture,
  platform: Platform,
  options: AnalysisOptions,
  onBytes: (file: string, bytes: number) => void,
): Promise<HostReport> {
  const whole = await factsOf(host, capture, platform, options, onBytes);
  const { windows } = whole;
  if (windows.length < 2) return hostReport(whole, options.headroom);
  // Two bad nights may have two causes: each incident is judged by what was captured from the one before to the one after it, and
  // where they differ the report is about the worst of them.
  const { incidents, verdict } = judgeIncident(whole);
  const causes = new Set<string>();
  let about = whole;
  for (const [index, window] of windows.slice(0, MAX_JUDGED_INCIDENTS).entries()) {
    const before = windows[index - 1];
    const fromMs = before === undefined ? -Infinity : (before.toMs ?? window.fromMs - INCIDENT_GAP_MS);
    const part = evidenceBetween(host, fromMs, windows[index + 1]?.fromMs ?? Infinity);
    const facts = await factsOf(part, capture, platform, options, () => undefined);
    const { contributing, culprits, verdict: own } = judgeIncident(facts);
    const { mechanism, confidence, summary } = own;
    Object.assign(incidents[index] ?? {}, { mechanism, confidence, summary, contributing, atFault: culprits });
    causes.add([mechanism, ...culprits].join());
    if (index === verdict.incident) about = facts;
  }
  const report = hostReport(causes.size > 1 ? about : whole, options.headroom, whole);
  return { ...report, incidents, verdict: { ...report.verdict, incident: verdict.incident } };
}

/** More incidents than this in one folder share the verdict of the host. */
const MAX_JUDGED_INCIDENTS = 8;

/**
 * Second pass over one host's snapshots, and the numbers that come of it; a third one where an auto-reuse range was used up
 * towards an endpoint, which only the second shows.
 */
async function factsOf(
  host: HostEvidence,
  capture: Capture,
  platform: Platform,
  options: AnalysisOptions,
  onBytes: (file: string, bytes: number) => void,
): Promise<HostFacts> {
  const addresses = new Interner();
  const pools = poolsOf({ settings: host.settings, option: options.range });
  const onsetTimes = host.events.filter(({ role }) => role === 'onset').map(({ fromMs }) => fromMs);
  const fold = new SnapshotPass(host, pools, addresses, onsetTimes);
  for await (const snapshot of readSnapshots(host, capture, platform, addresses, onBytes)) fold.observe(snapshot);
  const facts = hostFacts(host, fold, options);
  const view = autoReuseView(host, facts, fold, onsetTimes, options);
  if (view === null) return facts;
  for await (const snapshot of readSnapshots(host, capture, platform, addresses, () => undefined))
    view.observe(snapshot);
  return troubledPool(facts, view.facts());
}

/** A host with a mechanism before an undetermined one before a healthy one; fuller pools first; then by name. */
function worstFirst(a: HostReport, b: HostReport): number {
  const rank = ({ verdict }: HostReport): number =>
    verdict.mechanism === 'none' ? 2 : verdict.mechanism === 'undetermined' ? 1 : 0;
  const fullness = ({ pools }: HostReport): number => pools[0]?.peakUtilisation ?? 0;
  return rank(a) - rank(b) || fullness(b) - fullness(a) || (a.host < b.host ? -1 : 1);
}
