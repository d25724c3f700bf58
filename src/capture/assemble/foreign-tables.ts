import { grouped } from '../../model/grouped.js';
import type { FileSurvey } from '../survey/survey-file.js';

/**
 * Port tables that name no host and have no local address in common with those of the host they would be booked on: another
 * machine's. Where no table names a host either, the largest of them that belong together are its own.
 */
export function foreignTables(
  files: readonly FileSurvey[],
  hostOf: (file: FileSurvey, hostText: string | null) => string,
): ReadonlySet<FileSurvey> {
  const foreign = new Set<FileSurvey>();
  const nameless: [host: string, file: FileSurvey][] = [];
  const own = new Map<string, Set<string>>();
  for (const file of files) {
    for (const { hostText, localAddresses } of file.snapshots) {
      if (hostText === null) continue;
      const host = hostOf(file, hostText);
      const addresses = own.get(host) ?? new Set();
      for (const address of localAddresses) addresses.add(address);
      own.set(host, addresses);
    }
    // A filtered table may show one address of several.
    if (!file.snapshots.some(({ listeners }) => listeners > 0)) continue;
    if (file.snapshots.some(({ hostText }) => hostText !== null) || addressesOf(file).length === 0) continue;
    nameless.push([hostOf(file, null), file]);
  }
  for (const [host, tables] of grouped(nameless)) {
    const machines = machinesOf(tables);
    const named = own.get(host);
    const [largest] = machines.toSorted((a, b) => b.rows - a.rows);
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
  rows: number;
}

/** Tables that share an address, directly or through others; in the order of the last table of each. */
function machinesOf(tables: readonly FileSurvey[]): Machine[] {
  const machines = new Set<Machine>();
  const byAddress = new Map<string, Machine>();
  for (const file of tables) {
    const addresses = addressesOf(file);
    const parts = new Set(addresses.flatMap((address) => byAddress.get(address) ?? []));
    const [machine = { files: [], addresses: new Set<string>(), rows: 0 }, ...others] = [...parts].sort(
      (a, b) => b.files.length + b.addresses.size - (a.files.length + a.addresses.size),
    );
    // The largest takes the others in, so that nothing is moved often.
    for (const part of others) {
      for (const other of part.files) machine.files.push(other);
      for (const address of part.addresses) {
        machine.addresses.add(address);
        byAddress.set(address, machine);
      }
      machine.rows += part.rows;
      machines.delete(part);
    }
    machine.files.push(file);
    machine.rows += file.snapshots.reduce((sum, { tcpRows }) => sum + tcpRows, 0);
    for (const address of addresses) {
      machine.addresses.add(address);
      byAddress.set(address, machine);
    }
    machines.delete(machine);
    machines.add(machine);
  }
  return [...machines];
}

function addressesOf(file: FileSurvey): string[] {
  return file.snapshots.flatMap(({ localAddresses }) => [...localAddresses]);
}
