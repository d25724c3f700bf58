import type { FileSurvey } from '../survey/survey-file.js';

/**
 * Marks the dumps that end before their UDP section: `netstat -a` lists UDP after TCP, and where other dumps of the host have it,
 * one that shows listeners and no UDP was cut.
 */
export function markBrokenOffDumps(
  files: readonly FileSurvey[],
  hostOf: (file: FileSurvey, hostText: string | null) => string,
): void {
  const dumps = files
    .filter(({ format }) => format === 'netstat')
    .flatMap((file) => file.snapshots.map((survey) => ({ file, survey, host: hostOf(file, survey.hostText) })))
    .filter(({ survey }) => survey.listeners > 0);
  const withUdp = new Set(dumps.filter(({ survey }) => survey.udpRows > 0).map(({ host }) => host));
  for (const { file, survey, host } of dumps) {
    if (survey.udpRows > 0 || !withUdp.has(host)) continue;
    if (survey.cannotShow.includes('udp') || survey.cannotShow.includes('tail')) continue;
    survey.breakOff();
    file.problems.addProblem('truncated-table', survey.lastLine, '');
  }
}
