import { assemble, type Capture, type HostEvidence } from './capture/assemble/assemble.js';
import { holdingsOf } from './report/holdings.js';
import { inputReport } from './report/input-report.js';
import { quoteRows } from './capture/replay/quote-rows.js';
import { surveyFile, type FileSurvey } from './capture/survey/survey-file.js';
import { incidentParts } from './measure/incident-parts.js';
import { measureHost, type PoolReading } from './measure/measure-host.js';
import type { MechanismRecord } from './mechanisms/mechanism.js';
import { MECHANISM_RECORDS } from './mechanisms/mechanisms.js';
import { hostReport, worstFirst } from './report/host-report.js';
import { NothingUsableError, UnknownHostError, type AnalysisOptions, type Progress } from './model/analysis.js';
import type { EvidenceFile, Platform } from './model/input.js';
import { isoTime } from './model/iso-time.js';
import { SCHEMA_VERSION, type HostReport, type Report } from './model/report.js';
import { everySource } from './model/source-ref.js';
import { VERSION } from './model/version.js';
import { judgeHost, type JudgedHost } from './verdict/judge-host.js';

/**
 * Reads the evidence twice (survey, then fold) and returns the report object. Throws NothingUsableError when the files hold
 * neither a snapshot nor an event; anything else that escapes is a bug. `mechanisms` is for tests that bring one of their own.
 */
export async function analyze(
  files: readonly EvidenceFile[],
  platform: Platform,
  options: AnalysisOptions,
  onProgress: (progress: Progress) => void = () => undefined,
  mechanisms: readonly MechanismRecord[] = MECHANISM_RECORDS,
): Promise<Report> {
  const bytesTotal = files.reduce((total, file) => total + file.bytes, 0);
  const counted = (pass: Progress['pass']) => {
    let bytesDone = 0;
    return (file: string, bytes: number): void => {
      bytesDone += bytes;
      onProgress({ pass, file, bytesDone, bytesTotal });
    };
  };
  const surveys: FileSurvey[] = [];
  const onSurvey = counted('survey');
  for (const file of files) {
    const onBytes = (bytes: number): void => {
      onSurvey(file.path, bytes);
    };
    surveys.push(await surveyFile(file, platform, onBytes, options.encoding));
  }
  const capture = assemble(surveys, options);
  const inputs = () => surveys.map((survey) => inputReport(survey, capture));
  if (capture.hosts.length === 0) throw nothingUsable(capture, options, surveys, inputs());
  const hosts: HostReport[] = [];
  const onFold = counted('fold');
  for (const host of capture.hosts) {
    hosts.push(await reportOf(host, { capture, platform, options }, mechanisms, onFold));
  }
  await quoteRows([...everySource(hosts)], surveys, platform);
  return reportWith(inputs(), hosts.sort(worstFirst), options);
}

async function reportOf(
  host: HostEvidence,
  reading: PoolReading,
  mechanisms: readonly MechanismRecord[],
  onBytes: (file: string, bytes: number) => void,
): Promise<HostReport> {
  const whole = judgeHost(await measureHost(host, reading, onBytes), mechanisms);
  const parts: JudgedHost[] = [];
  // Two bad nights may have two causes, so each incident is measured by a reading of its own: of what was captured from the one
  // before to the one after it.
  for (const part of incidentParts(host, whole.facts.windows)) {
    parts.push(judgeHost(await measureHost(part, reading, () => undefined), mechanisms));
  }
  return hostReport({ whole, parts }, reading.options.headroom);
}

function reportWith(inputs: Report['inputs'], hosts: HostReport[], options: AnalysisOptions): Report {
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
    inputs,
    hosts,
  };
}

function nothingUsable(
  { hostNames, hasAsked }: Capture,
  { host }: AnalysisOptions,
  surveys: readonly FileSurvey[],
  inputs: Report['inputs'],
): Error {
  if (host !== null && hostNames.length > 0 && !hasAsked) return new UnknownHostError(host, hostNames);
  const holdings = new Map(surveys.map((survey) => [survey.file.path, holdingsOf(survey)]));
  return new NothingUsableError(inputs, 'no usable snapshot and no usable event in the input', holdings);
}
