import { CONFIDENCES, OUTCOMES, PORTS_AT_ISSUE } from '../../model/report-judgement.js';
import { MESSAGE } from './basics-schema.js';
import {
  BOOLEAN,
  COUNT,
  STRING,
  TIME,
  arrayOf,
  described,
  object,
  oneOf,
  orNull,
  ref,
  type JsonSchema,
} from './json-schema.js';

/** Verdict, incidents and hypotheses, of these mechanisms. */
export function judgementOf(mechanisms: readonly string[]): Record<string, JsonSchema> {
  const verdictMechanism = oneOf([...mechanisms, 'undetermined', 'none']);
  return {
    verdict: object({
      mechanism: verdictMechanism,
      confidence: oneOf(CONFIDENCES),
      exhaustion: oneOf(['shown', 'refuted', 'cannot-tell']),
      summary: MESSAGE,
      incident: described(orNull(COUNT), 'Index into incidents.'),
      poolId: described(STRING, 'The pool it speaks of.'),
      ports: described(
        orNull(oneOf(PORTS_AT_ISSUE)),
        'Which ports of it the mechanism is about; range where it is how many there are.',
      ),
      isLeak: described(BOOLEAN, 'A process takes ports and never gives them back.'),
      filledByRate: described(BOOLEAN, 'The rate of connections is what fills the pool.'),
    }),
    incident: object({
      summary: MESSAGE,
      atFault: arrayOf(STRING),
      from: TIME,
      to: orNull(TIME),
      mechanism: verdictMechanism,
      contributing: arrayOf(oneOf(mechanisms)),
      confidence: oneOf(CONFIDENCES),
      onsets: COUNT,
      endedBy: orNull(oneOf(['free-ports', 'restart'])),
    }),
    hypothesis: object({
      id: oneOf(mechanisms),
      outcome: oneOf(OUTCOMES),
      for: arrayOf(ref('evidence')),
      against: arrayOf(ref('evidence')),
      missing: arrayOf(MESSAGE),
    }),
  };
}
