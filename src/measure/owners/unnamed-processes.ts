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

/** A process whose name comes from a log alone has one, and System needs no list. */
function isUnnamed(consumers: ConsumerIndex, id: number): boolean {
  const { process, pids } = consumers.identity(id);
  const [pid] = pids;
  return process === `PID ${String(pid)}`;
}
