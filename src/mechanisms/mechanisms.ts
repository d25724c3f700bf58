import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import { lastPort } from '../model/port.js';
import { sourcedBy } from '../model/source-ref.js';
import { boundLeak } from './bound-leak.js';
import { closeWaitLeak } from './close-wait-leak.js';
import { connectionSaturation } from './connection-saturation.js';
import { endpointCollision } from './endpoint-collision.js';
import { establishedLeak } from './established-leak.js';
import { evidence, NOTHING_YET, type MechanismRecord, type Judgement } from './mechanism.js';
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
    if (hypothesis.needs.includes('tcp-snapshot') && facts.peak === null) {
      const judgement: Judgement = { ...NOTHING_YET, missing: [say('churn.missing.snapshot')] };
      return { hypothesis, judgement, error: null };
    }
    try {
      return { hypothesis, judgement: withPool(facts, hypothesis.judge(facts)), error: null };
    } catch (error) {
      return { hypothesis, judgement: null, error: error instanceof Error ? error.message : String(error) };
    }
  });
}

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
