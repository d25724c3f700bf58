import {
  BOOLEAN,
  COUNT,
  NUMBER,
  STRING,
  arrayOf,
  described,
  object,
  oneOf,
  orNull,
  ref,
  type JsonSchema,
} from './json-schema.js';

export const TRANSPORT = oneOf(['tcp', 'udp']);
export const FAMILY = oneOf(['ipv4', 'ipv6']);
export const POOL_FAMILY = oneOf(['combined', 'ipv4', 'ipv6']);
export const RESTART = oneOf(['no', 'yes', 'unverified', 'program']);
export const SOURCED = ref('sourced');
export const MESSAGE = ref('message');
export const ESTIMATE = ref('estimate');
export const RANGE = ref('range');

/** What everything else is made of. */
export const BASICS: Record<string, JsonSchema> = {
  estimate: described(
    object({ low: NUMBER, best: orNull(NUMBER), high: orNull(NUMBER) }),
    'An interval with its best guess. high: null means unbounded, best: null that no point is better than another.',
  ),
  range: described(object({ start: COUNT, count: COUNT }), 'Ports start to start + count - 1.'),
  message: described(
    object({
      id: STRING,
      params: {
        type: 'object',
        additionalProperties: {
          anyOf: [STRING, NUMBER, BOOLEAN, { type: 'null' }, arrayOf(STRING), ESTIMATE],
        },
      },
      text: STRING,
    }),
    'A sentence: text is its rendering in options.language; any language can be made from id and params.',
  ),
  source: described(
    object({
      file: described(STRING, 'As in inputs.'),
      line: orNull(COUNT),
      record: orNull(COUNT),
      row: described(STRING, 'Cut at 200 characters.'),
    }),
    'Where in the evidence something stands; record is the EventRecordID.',
  ),
  sourced: object({ sources: { ...arrayOf(ref('source')), maxItems: 5 }, sourceCount: COUNT }),
  evidence: object({ message: MESSAGE }, SOURCED),
};
