import { DEMAND_METHODS } from '../../model/report-ports.js';
import { SETTING_FINDINGS } from '../../model/report-advice.js';
import { SOURCED, MESSAGE, ESTIMATE } from './basics-schema.js';
import {
  BOOLEAN,
  COUNT,
  NUMBER,
  STRING,
  TIME,
  arrayOf,
  described,
  object,
  oneOf,
  orNull,
  withOptional,
  type JsonSchema,
} from './json-schema.js';

/** What the evidence says about the host: TIME_WAIT, demand, settings, events. */
export const FACTS: Record<string, JsonSchema> = {
  timeWait: object(
    {
      configuredSeconds: orNull(COUNT),
      effective: object({ source: oneOf(['measured', 'registry', 'option', 'assumed']) }, ESTIMATE),
      families: arrayOf(object({ family: oneOf(['ipv4', 'ipv6']), measured: orNull(ESTIMATE) })),
      pendingRestart: BOOLEAN,
    },
    SOURCED,
  ),
  demand: object({
    connectionsPerSecond: orNull(ESTIMATE),
    observedClosesPerSecond: orNull(ESTIMATE),
    meanLifetimeSeconds: orNull(ESTIMATE),
    methods: arrayOf(object({ id: oneOf(DEMAND_METHODS), perSecond: ESTIMATE })),
    censored: described(BOOLEAN, 'Connections were refused, or may have been: what was seen is at least.'),
    disagreement: described(orNull(MESSAGE), 'The two methods furthest apart, where their intervals do not meet.'),
  }),
  setting: object(
    {
      name: STRING,
      value: orNull({ anyOf: [NUMBER, STRING] }),
      finding: oneOf(SETTING_FINDINGS),
      message: MESSAGE,
    },
    SOURCED,
  ),
  event: withOptional(
    {
      clockErrorSeconds: described(NUMBER, 'By how many seconds `at` may be off; only where a text tells the event.'),
    },
    object(
      {
        at: TIME,
        provider: STRING,
        id: COUNT,
        role: oneOf(['onset', 'symptom', 'boot', 'change', 'recovery', 'look-alike', 'context']),
        count: COUNT,
        message: MESSAGE,
      },
      SOURCED,
    ),
  ),
  coverage: object({
    file: STRING,
    from: TIME,
    to: TIME,
    events: COUNT,
    gaps: arrayOf(object({ from: TIME, to: TIME, missingRecords: COUNT })),
  }),
  missingEvidence: object({
    what: MESSAGE,
    why: MESSAGE,
    when: oneOf(['while-it-happens', 'any-time']),
    collectWith: arrayOf(STRING),
    powershellOnly: described(arrayOf(STRING), 'Those of collectWith that Command Prompt does not run.'),
  }),
};
