import type { Report, ReportDocument } from '../model/report.js';
import { reportDocument } from './report-document.js';

/** Format characters that JSON leaves as they are; in an editor they could reorder or hide what stands beside them. */
const UNSEEN = /[\p{Cf}\u007f-\u009f\u2028\u2029]/gu;

/** The report with its sentences in a language (ISO 639-1) as JSON: two spaces, a line feed at the end, the same bytes for the same report. Invisible characters are escaped. */
export function renderJson(report: Report | ReportDocument, language = 'en'): string {
  const text = JSON.stringify(reportDocument(report, language), null, 2).replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join(''),
  );
  return `${text}\n`;
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
