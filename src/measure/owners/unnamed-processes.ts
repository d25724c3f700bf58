import { SHORT_LIVED } from '../../model/process.js';
import type { ConsumerIndex } from './consumer-index.js';
import type { DestinationOwners } from './destination-owners.js';

/** So many processes without a name, each in one table only, are not as many programs but one that starts them. */
const UNNAMED_NEEDED = 3;

/**
 * Makes one consumer of the processes that come and go towards one destination and that no list names: a script or a service starts
 * one for each call. Where the same image in several processes is known there, they are of that image.
 */
export function joinUnnamedProcesses(owners: DestinationOwners, consumers: ConsumerIndex): void {
  const byImage = new Map<number | null, Set<number>>();
  for (const { destination, seen, seenOnce } of owners.consumersByDestination()) {
    const passing = seen.filter((id) => owners.paceOf(destination, id).kind !== 'none');
    const unnamed = seenOnce.filter((id) => isUnnamed(consumers, id));
    if (unnamed.length < UNNAMED_NEEDED) continue;
    const images = passing.filter(
      (id) => consumers.identity(id).known !== null && consumers.identity(id).pids.size > 1,
    );
    const [image, ...others] = images;
    const into = image !== undefined && others.length === 0 ? image : null;
    const ids = byImage.get(into) ?? new Set();
    for (const id of unnamed) ids.add(id);
    byImage.set(into, ids);
  }
  for (const [image, ids] of byImage) {
    consumers.join([...ids], image === null ? SHORT_LIVED : consumers.identity(image));
  }
}

/** A process that lives for one call has its connection, and hardly ever another. */
const CONNECTIONS_OF_A_CALL = 2;

/**
 * Processes that no list names, met in one of several tables with a connection or two: such a one may live for a single call, and then
 * what waits towards its destination is of others like it. Nobody can tell, so it is no owner of what waits.
 */
export function passingProcesses(owners: DestinationOwners, consumers: ConsumerIndex): ReadonlySet<number> {
  const met = new Map<number, number>();
  const firstMs = new Map<number, number>();
  const stayed = new Set<number>();
  for (const { seen, seenOnce, sightingsOf } of owners.consumersByDestination()) {
    for (const id of seen) {
      const sightings = sightingsOf(id);
      met.set(id, (met.get(id) ?? 0) + sightings.ports);
      const isAnotherTable = (firstMs.get(id) ?? sightings.firstMs) !== sightings.firstMs;
      if (isAnotherTable || !seenOnce.includes(id)) stayed.add(id);
      firstMs.set(id, sightings.firstMs);
    }
  }
  const passing = [...met].filter(
    ([id, ports]) =>
      ports <= CONNECTIONS_OF_A_CALL && !stayed.has(id) && consumers.joined(id) === id && isUnnamed(consumers, id),
  );
  return new Set(passing.map(([id]) => id));
}

/** A process whose name comes from a log alone has one, and System needs no list. */
function isUnnamed(consumers: ConsumerIndex, id: number): boolean {
  const { process, pids } = consumers.identity(id);
  const [pid] = pids;
  return process === `PID ${String(pid)}`;
}
