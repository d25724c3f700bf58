import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import { lastPort } from '../model/port.js';
import { sourcedBy } from '../model/source-ref.js';
import { boundLeak } from './bound-leak.js';
import { closeWaitLeak } from './close-wait-leak.js';
import { connectionSaturation } from './connection-saturation.js';
import { endpointCollision } from './endpoint-collision.js';
import { establishedLeak } from './established-leak.js';
import { isFound } from './judging.js';
import { evidence, hasTcpTable, type MechanismRecord, type Judgement } from './mechanism.js';
import { stuckTimeWait } from './stuck-time-wait.js';
import { synSentPileup } from './syn-sent-pileup.js';
import { timeWaitChurn } from './time-wait-churn.js';
import { udpExhaustion } from './udp-exhaustion.js';
import { undersizedRange } from './undersized-range.js';

/** Every mechanism, in the order of the report. */
export const MECHANISM_RECORDS: readonly MechanismRecord[] = [
  timeWaitChurn,
  endpointCollision,
  boundLeak,
  closeWaitLeak,
  establishedLeak,
  connectionSaturation,
  synSentPileup,
  undersizedRange,
  stuckTimeWait,
  udpExhaustion,
];

export type Judged = { readonly record: MechanismRecord } & (
  { readonly judgement: Judgement; readonly error: null } | { readonly judgement: null; readonly error: string }
);

/** A mechanism that was found, surely or likely. */
export interface Found {
  readonly record: MechanismRecord;
  readonly judgement: Judgement;
}

/** Asks every mechanism. One that lacks what it needs cannot tell; one that throws is one failed mechanism, not the end. */
export function judgeAll(facts: HostFacts, records: readonly MechanismRecord[] = MECHANISM_RECORDS): Judged[] {
  return records.map((record): Judged => {
    try {
      return { record, judgement: withPool(facts, judgementOf(record, facts)), error: null };
    } catch (error) {
      return { record, judgement: null, error: error instanceof Error ? error.message : String(error) };
    }
  });
}

function judgementOf(record: MechanismRecord, facts: HostFacts): Judgement {
  if (record.needs === null) return record.judge(facts);
  return hasTcpTable(facts) ? record.judge(facts) : WITHOUT_TABLE;
}

/** What has to be judged by a port table, where there is none. */
const WITHOUT_TABLE: Judgement = {
  outcome: 'cannot-tell',
  for: [],
  against: [],
  missing: [say('churn.missing.snapshot')],
  share: 0,
  atFault: [],
};

/** What is found of an auto-reuse range is true of one remote endpoint only, which stands before everything else. */
function withPool({ pool, peak, destinations }: HostFacts, judgement: Judgement): Judgement {
  if (pool.kind === 'dynamic' || peak === null || !isFound(judgement.outcome)) return judgement;
  const message = say('reuse.for.destination', {
    start: pool.range.start,
    end: lastPort(pool.range),
    destination: destinations[0]?.remote ?? null,
    inUse: peak.inUse,
    usable: peak.usable,
  });
  return { ...judgement, for: [evidence(message, sourcedBy(pool.rangeRefs)), ...judgement.for] };
}
