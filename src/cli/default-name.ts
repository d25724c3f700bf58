import type { Report } from '../model/report.js';

/**
 * `RDSH01_2026-03-02T09-40-12Z.portmortem.html`: the host (`capture` for several) and the start of the worst incident, else
 * the newest snapshot, else the moment of the report. Every character may stand in a Windows file name.
 */
export function defaultName(report: Report): string {
  const [worst, ...others] = report.hosts;
  const host = worst === undefined || others.length > 0 ? 'capture' : fileNamePart(worst.host);
  return `${host}_${timePart(report)}.portmortem.html`;
}

function timePart(report: Report): string {
  const [worst] = report.hosts;
  const incident = worst?.verdict.incident ?? null;
  const start = incident === null ? undefined : worst?.incidents[incident]?.from;
  const snapshots = report.hosts.flatMap((host) => host.ledger.flatMap((entry) => entry.at ?? []));
  const moment = start ?? snapshots.toSorted().at(-1) ?? report.generatedAt;
  return `${moment.slice(0, 19).replaceAll(':', '-')}Z`;
}

/** Host names come from the evidence: anything but letters, digits, `.`, `-` and `_` is replaced, so no path can hide in one. */
function fileNamePart(host: string): string {
  const safe = host.replace(/[^\p{L}\p{N}._-]/gu, '_').replace(/^[.-]+/, '_');
  // A character outside the basic plane may be cut in two.
  return safe.slice(0, 64).replace(/\p{Surrogate}$/u, '') || 'unknown';
}
