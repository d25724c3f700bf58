export { analyze } from './analyze.js';
export { phrase } from './messages/phrase.js';
export {
  DEFAULT_HEADROOM,
  NothingUsableError,
  UnknownHostError,
  UnknownZoneError,
  type AnalysisOptions,
  type Progress,
} from './model/analysis.js';
export { UnreadableFileError, type EvidenceFile, type Platform } from './model/input.js';
export type * from './model/report.js';
export type * from './model/report-message.js';
export type * from './model/report-judgement.js';
export type * from './model/report-ports.js';
export type * from './model/report-holders.js';
export type * from './model/report-advice.js';
export { CONFIDENCES, MECHANISMS, OUTCOMES, SETTINGS_HELP } from './model/report-judgement.js';
export { SCHEMA_VERSION } from './model/report.js';
export { renderHtml } from './render/html/html.js';
export { renderJson } from './render/json.js';
export { reportDocument } from './render/report-document.js';
export { UnreadableReportError, readReport } from './report/read-report.js';
export { reportSchema } from './report/schema.js';
