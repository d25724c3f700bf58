export { analyze } from './analyze.js';
export { DEFAULT_HEADROOM, NothingUsableError, type AnalysisOptions, type Progress } from './model/analysis.js';
export { UnreadableFileError, type EvidenceFile, type Platform } from './model/input.js';
export type * from './model/report.js';
export { CONFIDENCES, MECHANISMS, OUTCOMES, SCHEMA_VERSION, SETTINGS_HELP } from './model/report.js';
export { renderHtml } from './render/html/html.js';
export { renderJson } from './render/json.js';
export { reportSchema } from './report/schema.js';
