import type { AnalysisOptions, Progress } from './model/analysis.js';
import type { EvidenceFile, Platform } from './model/input.js';
import type { Report } from './model/report.js';

/**
 * Reads the evidence twice (survey, then fold) and returns the report object. Throws NothingUsableError when the files hold
 * neither a snapshot nor an event; anything else that escapes is a bug.
 */
export function analyze(
  _files: readonly EvidenceFile[],
  _platform: Platform,
  _options: AnalysisOptions,
  _onProgress: (progress: Progress) => void = () => undefined,
): Promise<Report> {
  throw new Error('not built yet');
}
