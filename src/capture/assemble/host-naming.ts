import { UNKNOWN_HOST, type HostReport } from '../../model/report.js';
import { SourceList } from '../../model/source-ref.js';
import type { FileSurvey } from '../survey/survey-file.js';
import type { HostIdentity } from './host-identity.js';
import type { NameBasis, NamelessFiles } from './nameless-files.js';

/** How a host came by its name and its port tables. */
export interface HostNaming {
  readonly from: HostReport['nameFrom'];
  /** Names that it had earlier, the oldest first. */
  readonly formerNames: readonly string[];
  /** Those of them that an image had from which it was made: what was logged under them is not its own. */
  readonly imageNames: readonly string[];
  /** Port tables that name no host, and are counted as its own because no other host comes into question. */
  readonly adoptedTables: SourceList;
}

/** The naming of each host. `foreign` are tables that were not given to the host which they would belong to. */
export function hostNamings(
  files: readonly FileSurvey[],
  identity: HostIdentity,
  nameless: NamelessFiles,
  foreign: ReadonlySet<FileSurvey>,
): (host: string) => HostNaming {
  const basisOf = new Map<string, NameBasis>();
  const adopted = new Map<string, SourceList>();
  for (const file of files) {
    if (foreign.has(file)) continue;
    const { host, basis } = nameless.belonging(file);
    basisOf.set(host, basis);
    const table = file.snapshots.find(({ hostText }) => hostText === null);
    if (table === undefined || (basis !== 'only-host' && basis !== 'folder')) continue;
    const tables = adopted.get(host) ?? new SourceList();
    tables.addSource({ file: file.file.path, line: table.line, record: null, row: null });
    adopted.set(host, tables);
  }
  return (host) => {
    const formerNames = identity.formerNames(host);
    return {
      from: host === UNKNOWN_HOST ? 'nothing' : originOf(basisOf.get(host)),
      formerNames,
      imageNames: formerNames.filter((name) => identity.names.isSetAside(name)),
      adoptedTables: adopted.get(host) ?? new SourceList(),
    };
  };
}

function originOf(basis: NameBasis | undefined): HostNaming['from'] {
  return basis === 'option' ? 'option' : basis === 'given-folder' ? 'folder' : 'evidence';
}
