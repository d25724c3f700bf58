import type { Report } from '../../model/report.js';
import { printPage } from './page-template.js';
import { pageView } from './view/page-view.js';
import { visibleText } from './visible-text.js';

/** The report as one HTML file: no script, nothing fetched, every text of the evidence escaped and made visible. */
export function renderHtml(report: Report): string {
  return visibleText(printPage(pageView(report)));
}
