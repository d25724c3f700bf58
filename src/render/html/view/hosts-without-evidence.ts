import { lacks } from '../../../messages/lacking.js';
import { UNKNOWN_HOST, type HostReport } from '../../../model/report.js';
import type { PageContext } from './page-context.js';
import { localTime } from './local-time.js';

/** The hosts that get a section of their own, and those of which nothing can be told; one section there is always. */
export function partedHosts(hosts: readonly HostReport[]): { told: HostReport[]; untold: HostReport[] } {
  const told = hosts.filter((host) => !nothingTold(host));
  if (told.length > 0) return { told, untold: hosts.filter(nothingTold) };
  return { told: hosts.slice(0, 1), untold: hosts.slice(1) };
}

/** Neither a port table nor a System log, and no event that bears on ports. */
function nothingTold({ ledger, events, missingEvidence }: HostReport): boolean {
  return ledger.length === 0 && events.length === 0 && missingEvidence.some((one) => lacks(one, 'log'));
}

/** One row for each log of these hosts: what was captured instead. */
export function hostsWithoutEvidence(hosts: readonly HostReport[], page: PageContext) {
  const { words } = page;
  return {
    title: words.untoldHosts(hosts.length),
    rows: hosts.map((host) => {
      const clock = localTime(host.utcOffsetMinutes, page);
      return {
        name: host.host === UNKNOWN_HOST ? words.unknownHost : host.host,
        named: host.host !== UNKNOWN_HOST,
        logs: host.coverage.map(({ file, from, to, events }) => ({
          file,
          facts: words.logFacts(words.facts.onsets(events), clock.period(from, to), clock.zone),
        })),
      };
    }),
  };
}
