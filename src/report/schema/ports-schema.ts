import { LEDGER_CLASSES } from '../../model/report-ports.js';
import { FAULTS, TREND_CLASSES, TREND_SHAPES } from '../../model/report-holders.js';
import { TRANSPORT, POOL_FAMILY, SOURCED, ESTIMATE } from './basics-schema.js';
import {
  BOOLEAN,
  NUMBER,
  COUNT,
  SHARE,
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

/** The ledger, and who held the ports towards where. */
export const PORTS: Record<string, JsonSchema> = {
  consumer: withOptional(
    {
      trends: arrayOf(
        object({
          class: oneOf([...TREND_CLASSES]),
          portsPerHour: orNull(ESTIMATE),
          shape: oneOf([...TREND_SHAPES]),
          first: SHARE,
          last: SHARE,
          peak: SHARE,
          snapshots: COUNT,
          restarts: COUNT,
        }),
      ),
    },
    object(
      {
        process: STRING,
        pids: arrayOf(COUNT),
        services: arrayOf(STRING),
        users: arrayOf(STRING),
        commandLine: orNull(STRING),
        startedAt: orNull(TIME),
        atFault: oneOf([...FAULTS]),
        ports: ESTIMATE,
        shareOfUsable: SHARE,
        basis: oneOf([
          'owned',
          'name-only',
          'same-tuple',
          'log-event',
          'sole-owner-of-destination',
          'weighted-candidates',
        ]),
        connections: described(orNull(COUNT), 'Rows it held in the fullest snapshot, those in TIME_WAIT among them.'),
        exclusivePorts: described(
          orNull(COUNT),
          'Live and Bound ports without a connection of anybody else: what stopping it would free at once.',
        ),
        shareOfOpenings: described(
          orNull(ESTIMATE),
          'Of the connections opened within one TIME_WAIT before the fullest snapshot; null where that cannot be told.',
        ),
        destinations: described(
          arrayOf(object({ remote: STRING, ports: SHARE, connections: orNull(COUNT) })),
          'ports splits a port between its holders and destinations, connections counts it under each.',
        ),
        connectionsPerSecond: orNull(ESTIMATE),
        trendPortsPerHour: orNull(ESTIMATE),
      },
      SOURCED,
    ),
  ),
  attribution: object({
    clientTimeWait: COUNT,
    exact: COUNT,
    soleOwner: COUNT,
    candidates: COUNT,
    destinationOnly: COUNT,
    directionUnknown: COUNT,
    unknown: COUNT,
    serverSide: COUNT,
    coverage: described(orNull(SHARE), '(exact + soleOwner) / clientTimeWait, null without client TIME_WAIT.'),
  }),
  destination: object(
    {
      remote: STRING,
      service: orNull(STRING),
      servedBy: described(orNull(STRING), 'The process listening there, where the far end is this host itself.'),
      ports: described(COUNT, 'A port of several destinations counts in equal parts for each.'),
      connections: described(orNull(COUNT), 'Connections to it, in TIME_WAIT or not.'),
      timeWait: COUNT,
      connected: COUNT,
      connectionsPerSecond: orNull(ESTIMATE),
      saturation: described(SHARE, 'Ports held towards this endpoint as a share of the usable pool.'),
    },
    SOURCED,
  ),
  pool: withOptional(
    {
      rangeFamilyAssumed: described(
        BOOLEAN,
        "What netsh printed names no family, so that the range is this one's too is assumed.",
      ),
      excludedKnown: described(
        BOOLEAN,
        'Whether the excluded ranges were captured, or every port of the range was seen taken; where not, excluded is 0 for want of evidence.',
      ),
      busiestDestination: described(
        orNull(object({ remote: STRING, ports: COUNT, saturation: SHARE })),
        'Of an auto-reuse pool, whose ports serve each endpoint once: the endpoint nearest to having used them all up.',
      ),
    },
    object(
      {
        id: STRING,
        transport: TRANSPORT,
        family: POOL_FAMILY,
        kind: oneOf(['dynamic', 'auto-reuse']),
        start: COUNT,
        count: COUNT,
        rangeSource: oneOf(['netsh', 'Get-NetTCPSetting', 'registry', 'assumed-default', 'option']),
        excluded: COUNT,
        listeners: COUNT,
        usable: COUNT,
        peakInUse: orNull(COUNT),
        peakAt: orNull(TIME),
        peakUtilisation: orNull(SHARE),
        rowsCountedNaively: orNull(COUNT),
      },
      SOURCED,
    ),
  ),
  ledgerEntry: described(
    object({
      at: orNull(TIME),
      secondsFromOnset: described(orNull(NUMBER), 'To the nearest onset event, positive when taken after it.'),
      clockErrorSeconds: described(orNull(SHARE), 'How far at may be off.'),
      file: STRING,
      line: COUNT,
      poolId: STRING,
      transport: TRANSPORT,
      family: POOL_FAMILY,
      usable: COUNT,
      inUse: COUNT,
      free: COUNT,
      ...Object.fromEntries(LEDGER_CLASSES.map((name) => [name, COUNT])),
      udp: COUNT,
      listening: described(COUNT, 'Listeners in the range; not part of inUse.'),
      directionUnknown: COUNT,
      rowsCountedNaively: COUNT,
      scope: described(
        oneOf(['whole', 'filtered', 'not-known']),
        'How much of the port table the list holds: unless it is whole, its counts are at least.',
      ),
      unseen: described(arrayOf(oneOf([...LEDGER_CLASSES, 'listening', 'owner'])), 'What this snapshot cannot show.'),
    }),
    'One snapshot of one pool. inUse is the sum of the classes, or udp; usable = inUse + free.',
  ),
};
