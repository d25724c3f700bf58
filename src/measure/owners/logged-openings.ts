import type { LoggedConnections, LoggedOpening } from '../../capture/survey/logged-connections.js';
import { UNKNOWN } from '../../model/connection.js';
import { comparableAddress } from '../../model/endpoint.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { ClientTuples } from '../tuples/client-tuples.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

/** How long a connection and its TIME_WAIT last at most, as far as a log that names everything is followed. */
const LOG_WINDOW_MS = 3_600_000;
/** A log that names this share of what waits, each opened within the longest legal delay, names everything. */
const COMPLETE_SHARE = 0.95;
/** With a clock further off than this, ports that come round again are matched with somebody else's opening. */
const MAX_CLOCK_ERROR_SECONDS = 120;

/**
 * The logged opening of each client tuple of a snapshot, by the tuple's index. A log that is filtered may hold an older opening of a
 * tuple that an unlogged program has opened since; for `sureMs`, the shortest that TIME_WAIT may last, nobody else can have.
 */
export function loggedOpenings(
  snapshot: Snapshot,
  tuples: ClientTuples,
  logged: LoggedConnections,
  sureMs: number,
): ReadonlyMap<number, LoggedOpening> {
  const { rows, atMs } = snapshot;
  const openings = new Map<number, LoggedOpening>();
  if (logged.length === 0 || atMs === null || snapshot.clockErrorSeconds > MAX_CLOCK_ERROR_SECONDS) return openings;
  const addresses = new Map<number, string>();
  let waiting = 0;
  let named = 0;
  for (let index = 0; index < tuples.length; index += 1) {
    const row = tuples.row[index] ?? 0;
    const addressId = rows.remoteAddress[row] ?? 0;
    const address = addresses.get(addressId) ?? comparableAddress(rows.addresses.valueOf(addressId));
    addresses.set(addressId, address);
    const remotePort = rows.remotePort[row] ?? UNKNOWN;
    const opening =
      remotePort === UNKNOWN
        ? null
        : logged.openingOf(rows.localPort[row] ?? 0, address, remotePort, atMs, LOG_WINDOW_MS);
    if (opening !== null) openings.set(index, opening);
    if (tuples.isTimeWait[index] !== 1) continue;
    waiting += 1;
    if (opening !== null && atMs - opening.atMs <= LONGEST_LEGAL_DELAY_MS) named += 1;
  }
  if (named >= waiting * COMPLETE_SHARE) return openings;
  for (const [index, opening] of openings) if (atMs - opening.atMs > sureMs) openings.delete(index);
  return openings;
}
