import type { FileSurvey } from './survey-file.js';

/**
 * Port tables that name no host and have no local address in common with those of the host they would be booked on: another
 * machine's. Where no table names a host either, the largest of them that belong together are its own.
 */
export function foreignTables(
  files: readonly FileSurvey[],
  hostOf: (file: FileSurvey, hostText: string | null) => string,
): ReadonlySet<FileSurvey> {
  const foreign = new Set<FileSurvey>();
  const nameless = new Map<string, FileSurvey[]>();
  const own = new Map<string, Set<string>>();
  for (const file of files) {
    for (const { hostText, localAddresses } of file.snapshots) {
      if (hostText === null) continue;
      const host = hostOf(file, hostText);
      own.set(host, new Set([...(own.get(host) ?? []), ...localAddresses]));
    }
    // A filtered table may show one address of several.
    if (!file.snapshots.some(({ listeners }) => listeners > 0)) continue;
    if (file.snapshots.some(({ hostText }) => hostText !== null) || addressesOf(file).length === 0) continue;
    const host = hostOf(file, null);
    nameless.set(host, [...(nameless.get(host) ?? []), file]);
  }
  for (const [host, tables] of nameless) {
    const machines = machinesOf(tables);
    const named = own.get(host);
    const [largest] = [...machines].sort((a, b) => rowsOf(b.files) - rowsOf(a.files));
    for (const machine of machines) {
      const isOwn = named === undefined ? machine === largest : [...machine.addresses].some((one) => named.has(one));
      if (!isOwn) for (const file of machine.files) foreign.add(file);
    }
  }
  return foreign;
}

interface Machine {
  readonly files: FileSurvey[];
  readonly addresses: Set<string>;
}

/** Tables that share an address, directly or through others. */
function machinesOf(tables: readonly FileSurvey[]): Machine[] {
  let machines: Machine[] = [];
  for (const file of tables) {
    const joined: Machine = { files: [file], addresses: new Set(addressesOf(file)) };
    const apart: Machine[] = [];
    for (const machine of machines) {
      if (![...machine.addresses].some((address) => joined.addresses.has(address))) apart.push(machine);
      else {
        joined.files.push(...machine.files);
        for (const address of machine.addresses) joined.addresses.add(address);
      }
    }
    machines = [...apart, joined];
  }
  return machines;
}

function addressesOf(file: FileSurvey): string[] {
  return file.snapshots.flatMap(({ localAddresses }) => [...localAddresses]);
}

function rowsOf(files: readonly FileSurvey[]): number {
  return files.reduce((total, { snapshots }) => total + snapshots.reduce((sum, { tcpRows }) => sum + tcpRows, 0), 0);
}
