import { ACTION_TIMES } from '../../model/report-advice.js';
import { SETTINGS_HELP } from '../../model/report-judgement.js';
import { TRANSPORT, FAMILY, RESTART, MESSAGE, ESTIMATE, RANGE } from './basics-schema.js';
import {
  BOOLEAN,
  COUNT,
  NUMBER,
  SHARE,
  STRING,
  arrayOf,
  described,
  object,
  oneOf,
  orNull,
  ref,
  withOptional,
  type JsonSchema,
} from './json-schema.js';

/** The recommendation. */
export const ADVICE: Record<string, JsonSchema> = {
  action: object({
    id: STRING,
    title: MESSAGE,
    why: MESSAGE,
    who: described(MESSAGE, 'Who does it.'),
    when: described(oneOf(ACTION_TIMES), 'When it takes effect.'),
    planned: described(BOOLEAN, 'In a maintenance window, or as an agreed failover.'),
    restartRequired: RESTART,
    duration: described(MESSAGE, 'How long it takes.'),
    apply: object({ cmd: arrayOf(STRING), powershell: arrayOf(STRING), reg: orNull(arrayOf(STRING)) }),
    verify: arrayOf(STRING),
    workedWhen: described(MESSAGE, 'How one sees that it worked.'),
    rollback: arrayOf(STRING),
    risks: described(arrayOf(MESSAGE), 'With what it costs if it was wrong.'),
  }),
  recommendation: withOptional(
    {
      autoReusePortRange: described(
        object({ current: RANGE, recommended: RANGE, change: BOOLEAN, restartRequired: RESTART, reason: MESSAGE }),
        'Only where the host has an auto-reuse range.',
      ),
    },
    object({
      settingsHelp: oneOf(SETTINGS_HELP),
      tcpTimedWaitDelay: object({
        configured: orNull(NUMBER),
        recommended: described(orNull(COUNT), 'Seconds; null = leave as it is.'),
        change: BOOLEAN,
        restartRequired: RESTART,
        reason: MESSAGE,
      }),
      maxUserPort: object({
        configured: orNull(NUMBER),
        recommended: described(orNull(COUNT), 'The registry spelling of a range; null = leave as it is.'),
        change: BOOLEAN,
        standsFor: orNull(RANGE),
        applied: oneOf(['instead-of-netsh', 'not-applied', 'remove-leftover']),
        restartRequired: RESTART,
        reason: MESSAGE,
      }),
      dynamicPortRanges: arrayOf(
        object({
          transport: TRANSPORT,
          family: FAMILY,
          current: RANGE,
          recommended: described(RANGE, 'What the commands set.'),
          needed: described(
            orNull(RANGE),
            'The smallest that carries what is known; null = none is to change, or none does.',
          ),
          upTo: described(orNull(RANGE), 'The widest that takes in no further listener; null = none is to change.'),
          change: BOOLEAN,
          reason: MESSAGE,
        }),
      ),
      exclusions: object({
        remove: described(arrayOf({ ...arrayOf(COUNT), minItems: 2, maxItems: 2 }), 'First and last port of each.'),
        reason: MESSAGE,
      }),
      predicted: object({
        peakPorts: orNull(ESTIMATE),
        usable: orNull(COUNT),
        sustainsConnectionsPerSecond: orNull(NUMBER),
        secondsToExhaustion: described(
          orNull(ESTIMATE),
          'Of a leak: from the newest table on, with the soonest and the latest end; high null = it may never be.',
        ),
      }),
      arithmetic: described(arrayOf(MESSAGE), 'One step each, with the numbers put in.'),
      actions: arrayOf(ref('action')),
      whatIf: arrayOf(
        object({
          timeWaitSeconds: NUMBER,
          start: COUNT,
          count: COUNT,
          sustainsConnectionsPerSecond: NUMBER,
          peakUtilisation: orNull(SHARE),
          exhausts: orNull(BOOLEAN),
        }),
      ),
      backTest: orNull(
        object({
          snapshots: COUNT,
          medianErrorPorts: NUMBER,
          observedPorts: NUMBER,
          onsetErrorSeconds: orNull(NUMBER),
        }),
      ),
    }),
  ),
};
