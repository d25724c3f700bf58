import { fullFarFromEvents } from './clocks-apart.js';
import type { HostFacts } from '../measure/facts.js';
import { undercountsPorts } from '../measure/events/windows-version.js';
import { isNearlyFull } from '../measure/pools/fullness.js';
import { risingTrends } from '../mechanisms/leak.js';
import type { MechanismRecord } from '../mechanisms/mechanism.js';
import type { Found } from '../mechanisms/mechanisms.js';
import { isPlaced, type EventGroup } from '../model/event-group.js';
import type { Confidence } from '../model/report-judgement.js';
import type { LedgerEntry } from '../model/report-ports.js';
import { hasSigns } from './nothing-found.js';

/** A clock further off than this cannot tie a snapshot to an event. */
const CLOCK_ERROR_FOR_HIGH_SECONDS = 300;
/** A table this long before the first sign, or after the last, still belongs to an incident. */
const BESIDE_INCIDENT_MS = 10 * 60_000;

/** How sure it is that nothing was wrong: high where tables of all states and a log that covers them, up to the newest, agree. */
export function confidenceInHealth(facts: HostFacts): Confidence {
  if (facts.peak === null) return 'low';
  const whole = facts.ledger.some(({ unseen }) => unseen.length === 0 || unseen.join() === 'bound');
  if (!whole) return 'low';
  const covers = facts.logCoversSnapshots && facts.logSilentSeconds === null;
  return covers && !hasSigns(facts) && !undercountsPorts(facts.events) ? 'high' : 'medium';
}

/** How sure a mechanism is: `high` only when events, occupancy and mechanism agree and nothing competing is open. */
export function confidenceIn({ record, judgement }: Found, facts: HostFacts, competing: number): Confidence {
  if (judgement.outcome !== 'confirmed') {
    return facts.onsets.length > 0 || growsSteadily(facts, record) ? 'medium' : 'low';
  }
  const agree =
    eventsOf(facts, record).length > 0 &&
    facts.peakClockErrorSeconds <= CLOCK_ERROR_FOR_HIGH_SECONDS &&
    (!record.fillsPool || isFullInIncident(facts, record.transport === 'udp' ? facts.udpPeak : facts.peak)) &&
    facts.events.poolShortages.length === 0 &&
    !record.doubts.some((holds) => holds(facts)) &&
    !(record.isFilledByRate && fullFarFromEvents(facts) !== null) &&
    competing === 0;
  return agree ? 'high' : 'medium';
}

/** The events that say of this pool that ports were refused, and when. */
function eventsOf({ events }: HostFacts, { transport }: MechanismRecord): readonly EventGroup[] {
  return (transport === 'udp' ? events.udpExhausted : [...events.collisions, ...events.tcpExhausted]).filter(isPlaced);
}

/** A pool all but full in a table during an incident, or shortly before or after it. */
function isFullInIncident({ windows }: HostFacts, entry: LedgerEntry | null): boolean {
  if (entry?.at == null || !isNearlyFull(entry)) return false;
  const takenMs = Date.parse(entry.at);
  return windows.some(
    ({ fromMs, toMs }) => takenMs >= fromMs - BESIDE_INCIDENT_MS && takenMs <= (toMs ?? Infinity) + BESIDE_INCIDENT_MS,
  );
}

/** A leak shown by a series is one before the pool is full. */
function growsSteadily(facts: HostFacts, { leaks }: MechanismRecord): boolean {
  return leaks !== null && risingTrends(facts, leaks).length > 0;
}
