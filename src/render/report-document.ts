import { phrase } from '../messages/phrase.js';
import { languageOf } from '../messages/languages.js';
import type { Message } from '../model/report-message.js';
import type { Phrased, Report, ReportDocument } from '../model/report.js';

/** The report with the sentence of every message in a language (ISO 639-1). */
export function reportDocument(report: Report, language: string): ReportDocument {
  const { code } = languageOf(language);
  return phrased({ ...report, options: { ...report.options, language: code } }, code);
}

function phrased<Part>(part: Part, language: string): Phrased<Part>;
function phrased(part: unknown, language: string): unknown {
  if (Array.isArray(part)) return part.map((item: unknown) => phrased(item, language));
  if (typeof part !== 'object' || part === null) return part;
  if (isMessage(part)) return { id: part.id, params: part.params, text: phrase(part, language) };
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, phrased(value, language)]));
}

/** Nothing else in a report has both an id and parameters. */
function isMessage(part: object): part is Message {
  return 'id' in part && 'params' in part;
}
