import { FORMATS, PROBLEM_CODES } from '../model/format.js';
import { MECHANISMS } from '../model/report-judgement.js';
import { SCHEMA_VERSION } from '../model/report.js';
import { ADVICE } from './schema/recommendation-schema.js';
import { FACTS } from './schema/facts-schema.js';
import { judgementOf } from './schema/judgement-schema.js';
import { PORTS } from './schema/ports-schema.js';
import { BASICS, MESSAGE, SOURCED } from './schema/basics-schema.js';
import {
  BOOLEAN,
  COUNT,
  SHARE,
  STRING,
  TIME,
  arrayOf,
  described,
  object,
  oneOf,
  orNull,
  ref,
  type JsonSchema,
} from './schema/json-schema.js';

const INPUT = object({
  file: described(
    STRING,
    'Relative to what was named: below the folder, or the name of the file, with as much above as tells it from others.',
  ),
  format: oneOf(FORMATS),
  dialect: orNull(STRING),
  language: orNull(STRING),
  encoding: STRING,
  bytes: COUNT,
  sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  hosts: arrayOf(STRING),
  records: COUNT,
  skipped: COUNT,
  from: orNull(TIME),
  to: orNull(TIME),
  timeSource: oneOf(['in-file', 'file-name', 'modified-time', 'unknown']),
  clockErrorSeconds: orNull(SHARE),
  duplicateOf: orNull(STRING),
  problems: arrayOf(object({ code: oneOf(PROBLEM_CODES), count: COUNT, message: MESSAGE }, SOURCED)),
});

const NAMING = {
  host: STRING,
  formerNames: described(arrayOf(STRING), 'Names that the same machine had earlier in its logs, the oldest first.'),
  nameFrom: described(
    oneOf(['evidence', 'folder', 'option', 'nothing']),
    'folder: the folder that was named on the command line, assumed; option: --host.',
  ),
  naming: described(arrayOf(ref('evidence')), 'What is to be known of the name, and of port tables that name no host.'),
};

function hostOf(mechanisms: readonly string[]): JsonSchema {
  return object({
    ...NAMING,
    utcOffsetMinutes: orNull({ type: 'integer' }),
    verdict: ref('verdict'),
    incidents: arrayOf(ref('incident')),
    hypotheses: described(
      { ...arrayOf(ref('hypothesis')), minItems: mechanisms.length },
      'All mechanisms, in report order.',
    ),
    answers: described(
      arrayOf(ref('evidence')),
      'Where no mechanism was found: what the signs were that the reader may have come with.',
    ),
    otherExplanations: described(
      arrayOf(ref('evidence')),
      'What else can look like this, or bears on it; named, never counted as proof.',
    ),
    consumers: arrayOf(ref('consumer')),
    consumersOmitted: COUNT,
    attribution: ref('attribution'),
    destinations: arrayOf(ref('destination')),
    destinationsOmitted: COUNT,
    pools: arrayOf(ref('pool')),
    ledger: { ...arrayOf(ref('ledgerEntry')) },
    ledgerOmitted: COUNT,
    timeWait: ref('timeWait'),
    demand: ref('demand'),
    recommendation: ref('recommendation'),
    settings: arrayOf(ref('setting')),
    events: arrayOf(ref('event')),
    eventsOmitted: COUNT,
    coverage: arrayOf(ref('coverage')),
    missingEvidence: arrayOf(ref('missingEvidence')),
  });
}

/** The published schema of report.json. Names may be added to a report within one schemaVersion, never renamed. */
export const reportSchema: JsonSchema = reportSchemaOf(MECHANISMS);

/** The same for a report of other mechanisms. */
export function reportSchemaOf(mechanisms: readonly string[]): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:portmortem:report:${String(SCHEMA_VERSION)}`,
    title: 'portmortem report',
    description: 'A post-mortem of Windows dynamic port exhaustion. Times are UTC, units stand in the names.',
    ...object({
      schemaVersion: { const: SCHEMA_VERSION },
      tool: object({ name: { const: 'portmortem' }, version: STRING }),
      generatedAt: TIME,
      options: object({
        language: STRING,
        headroom: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
        timezone: orNull(STRING),
        redacted: BOOLEAN,
        arguments: described(arrayOf(STRING), 'Options of the command line and their values; never paths.'),
      }),
      inputs: arrayOf(ref('input')),
      hosts: described(arrayOf(ref('host')), 'Worst first.'),
    }),
    $defs: {
      ...BASICS,
      input: INPUT,
      host: hostOf(mechanisms),
      ...judgementOf(mechanisms),
      ...PORTS,
      ...FACTS,
      ...ADVICE,
    },
  };
}
