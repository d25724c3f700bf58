import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import type { Evidence } from '../model/report-message.js';
import type { HostReport } from '../model/report.js';
import { NO_SOURCES } from '../model/source-ref.js';

type Naming = HostFacts['evidence']['naming'];

/** What a host is called, and what a reader has to know of it before trusting that all of this is one host's. */
export function namingReport(
  host: string,
  naming: Naming,
): Pick<HostReport, 'host' | 'formerNames' | 'nameFrom' | 'naming'> {
  return { host, formerNames: [...naming.formerNames], nameFrom: naming.from, naming: remarks(naming) };
}

function remarks({ from, formerNames, imageNames, adoptedTables }: Naming): Evidence[] {
  const told: Evidence[] = [];
  if (from === 'folder') told.push({ message: say('host.assumed-from-folder'), ...NO_SOURCES });
  if (from === 'option') told.push({ message: say('host.given-by-option'), ...NO_SOURCES });
  if (formerNames.length > 0) {
    told.push({ message: say('host.former-names', { names: [...formerNames] }), ...NO_SOURCES });
  }
  if (imageNames.length > 0) told.push({ message: say('host.image-names', { names: [...imageNames] }), ...NO_SOURCES });
  if (adoptedTables.count > 0) told.push({ message: say('host.adopted-tables'), ...adoptedTables.sourced() });
  return told;
}
