import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import { lastPort } from '../model/port.js';
import { sourcedBy } from '../model/source-ref.js';
import { boundLeak } from './bound-leak.js';
import { closeWaitLeak } from './close-wait-leak.js';
import { connectionSaturation } from './connection-saturation.js';
import { endpointCollision } from './endpoint-collision.js';
import { establishedLeak } from './established-leak.js';
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

export type Judged = { readonly hypothesis: MechanismRecord } & (
  { readonly judgement: Judgement; readonly error: null } | { readonly judgement: null; readonly error: string }
);

/** Asks every hypothesis. One that lacks what it needs cannot tell; one that throws is one failed hypothesis, not the end. */
export function judgeAll(facts: HostFacts, hypotheses: readonly MechanismRecord[] = MECHANISM_RECORDS): Judged[] {
  return hypotheses.map((hypothesis): Judged => {
    try {
      return { hypothesis, judgement: withPool(facts, judgementOf(hypothesis, facts)), error: null };
    } catch (error) {
      return { hypothesis, judgement: null, error: error instanceof Error ? error.message : String(error) };
    }
  });
}

function judgementOf(hypothesis: MechanismRecord, facts: HostFacts): Judgement {
  if (hypothesis.needs === null) return hypothesis.judge(facts);
  return hasTcpTable(facts) ? hypothesis.judge(facts) : WITHOUT_TABLE;
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
  const found = judgement.outcome === 'confirmed' || judgement.outcome === 'likely';
  if (pool.kind === 'dynamic' || peak === null || !found) return judgement;
  const message = say('reuse.for.destination', {
    start: pool.range.start,
    end: lastPort(pool.range),
    destination: destinations[0]?.remote ?? null,
    inUse: peak.inUse,
    usable: peak.usable,
  });
  return { ...judgement, for: [evidence(message, sourcedBy(pool.rangeRefs)), ...judgement.for] };
}
