import type { PageWords } from '../../../messages/language.js';
import type { HostReport } from '../../../model/report.js';
import { localTime } from './local-time.js';

/** The hosts that get a section of their own, and those of which nothing can be told; one section there is always. */
export function partedHosts(hosts: readonly HostReport[]): { told: HostReport[]; untold: HostReport[] } {
  const told = hosts.filter((host) => !nothingTold(host));
  if (told.length > 0) return { told, untold: hosts.filter(nothingTold) };
  return { told: hosts.slice(0, 1), untold: hosts.slice(1) };
}

/** Neither a port table nor a System log, and no event that bears on ports. */
function nothingTold({ ledger, events, missingEvidence }: HostReport): boolean {
  return ledger.length === 0 && events.length === 0 && missingEvidence.some(({ what }) => what.id === 'lacking.log');
}

/** One row for each log of these hosts: what was captured instead. */
export function hostsWithoutEvidence(hosts: readonly HostReport[], words: PageWords) {
  return {
    title: words.untoldHosts(hosts.length),
    rows: hosts.map((host) => {
      const clock = localTime(host.utcOffsetMinutes, words);
      return {
        name: host.host === 'unknown' ? words.unknownHost : host.host,
        logs: host.coverage.map(({ file, from, to, events }) => ({
          file,
          period: clock.period(from, to),
          zone: clock.zone,
          events: words.facts.onsets(events),
        })),
      };
    }),
  };
}
