import { CONFIDENCES, MECHANISMS, OUTCOMES } from '../../model/report.js';
import { VERDICT_MECHANISM, MESSAGE } from './basics-schema.js';
import {
  COUNT,
  STRING,
  TIME,
  arrayOf,
  described,
  object,
  oneOf,
  orNull,
  ref,
  withOptional,
  type JsonSchema,
} from './json-schema.js';

/** Verdict, incidents and hypotheses. */
export const JUDGEMENT: Record<string, JsonSchema> = {
  verdict: withOptional(
    { poolId: described(STRING, 'The pool it speaks of, where that is not the dynamic one.') },
    object({
      mechanism: VERDICT_MECHANISM,
      confidence: oneOf(CONFIDENCES),
      exhaustion: oneOf(['shown', 'refuted', 'cannot-tell']),
      summary: MESSAGE,
      incident: described(orNull(COUNT), 'Index into incidents.'),
    }),
  ),
  incident: object({
    summary: MESSAGE,
    atFault: arrayOf(STRING),
    from: TIME,
    to: orNull(TIME),
    mechanism: VERDICT_MECHANISM,
    contributing: arrayOf(oneOf(MECHANISMS)),
    confidence: oneOf(CONFIDENCES),
    onsets: COUNT,
    endedBy: orNull(oneOf(['free-ports', 'restart'])),
  }),
  hypothesis: object({
    id: oneOf(MECHANISMS),
    outcome: oneOf(OUTCOMES),
    for: arrayOf(ref('evidence')),
    against: arrayOf(ref('evidence')),
    missing: arrayOf(MESSAGE),
  }),
};
