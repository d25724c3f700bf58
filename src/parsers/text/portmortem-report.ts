import type { FormatParser } from '../parser.js';

// {
//   "schemaVersion": 1,
//   "tool": {
//     "name": "portmortem",
//
// <!doctype html>
// <html lang="en">
// <head>
// …
// <meta name="generator" content="portmortem 0.1.0">
const TOOL = /"tool"\s*:\s*\{[^{}]*"name"\s*:\s*"portmortem"/;
/** As tools write it that sort the names (`jq -S`): `tool` stands behind everything else then. */
const SORTED = /^\s*\{\s*"generatedAt"\s*:\s*"[^"]*"\s*,\s*"hosts"\s*:\s*\[/;
/** A browser that saves a page writes where it came from before it. */
const PAGE = /^\s*(?:<!--[^]*?-->\s*)*<(?:!doctype html|html)\b/i;
const GENERATOR = /<meta\s+name="generator"\s+content="portmortem /i;

/**
 * Recognises what this program wrote, whatever the file is called. Nothing in it is evidence: the rows and events that a report
 * quotes would be counted twice. Such a file is listed among the inputs, without a record.
 */
export const portmortemReportParser: FormatParser = {
  formats: ['portmortem-report'],
  takes: 'text',
  recognises: ({ text }) => (isPortmortemReport(text) ? 'portmortem-report' : null),
  start: (sink) => {
    let isFirst = true;
    return {
      push: (chunk) => {
        if (isFirst) sink.describe({ dialect: startsWithBrace(chunk) ? 'JSON' : 'HTML' });
        isFirst = false;
      },
      end: () => undefined,
    };
  },
};

/** True for a text that begins as a report of this program does; it may quote any other format. */
export function isPortmortemReport(text: string): boolean {
  return isJsonReport(text) || isPage(text);
}

function isJsonReport(text: string): boolean {
  return SORTED.test(text) || (/^\s*\{/.test(text) && text.includes('"schemaVersion"') && TOOL.test(text));
}

function isPage(text: string): boolean {
  return PAGE.test(text) && GENERATOR.test(text);
}

function startsWithBrace(chunk: Uint8Array): boolean {
  return chunk.find((byte) => byte > 0x20) === 0x7b;
}
