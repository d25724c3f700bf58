import { languageOf } from '../../messages/languages.js';
import type { Report, ReportDocument } from '../../model/report.js';
import { printPage } from './page-template.js';
import { pageView } from './view/page-view.js';
import { visibleText } from './visible-text.js';

/** The report as one HTML file in a language (ISO 639-1): no script, nothing fetched, every text of the evidence escaped and made visible. */
export function renderHtml(report: Report | ReportDocument, language = 'en'): string {
  return visibleText(printPage(pageView(report, languageOf(language))));
}
