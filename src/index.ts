export { analyze } from './analyze.js';
export { DEFAULT_HEADROOM, NothingUsableError, type AnalysisOptions, type Progress } from './model/analysis.js';
export type { EvidenceFile, Platform } from './model/input.js';
export type * from './model/report.js';
