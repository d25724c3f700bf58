import type { Report } from '../../../src/model/report.js';

/** What a process, host or file may be called by somebody who wants the page to run or to lie. */
export const HOSTILE =
  "</style></pre><script>alert(1)</script>{{x}}{{{y}}} \" onload='z' `&amp;` \u202Egpj.exe\u2066\u200B\u0007 <img src=//198.51.100.7/x>";

/** Fields that hold text of the evidence; the others are closed vocabularies, times and ids of this program. */
const FREE = new Set([
  'text',
  'row',
  'file',
  'process',
  'services',
  'users',
  'commandLine',
  'remote',
  'service',
  'host',
  'hosts',
  'formerNames',
  'provider',
  'name',
  'value',
  'dialect',
  'language',
  'encoding',
  'sha256',
  'duplicateOf',
  'version',
  'arguments',
  'cmd',
  'powershell',
  'reg',
  'verify',
  'rollback',
  'collectWith',
  'powershellOnly',
]);

/** The report with the hostile text in every free field; the language of the report itself stays. */
export function hostile(report: Report): Report {
  const copy = structuredClone(report);
  poison(copy);
  copy.options.language = report.options.language;
  return copy;
}

function poison(node: object): void {
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (typeof value === 'string' && FREE.has(key)) Reflect.set(node, key, HOSTILE);
    else if (Array.isArray(value) && FREE.has(key) && value.every((item) => typeof item === 'string')) {
      Reflect.set(
        node,
        key,
        value.map(() => HOSTILE),
      );
    } else if (typeof value === 'object' && value !== null) poison(value);
  }
}
