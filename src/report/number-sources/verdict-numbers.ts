import { at, NOT_NAMED, own, reckoned, type NumberSources } from './number-source.js';

const USABLE = at('pools[@].usable');
const IN_USE = at('pools[@].peakInUse');
const LEAK = {
  ports: at(
    'consumers[].ports',
    'consumers[].trends[].last',
    'ledger[@].bound',
    'ledger[@].closeWait',
    'ledger[@].established',
  ),
  usable: USABLE,
  perHour: at('consumers[].trendPortsPerHour', 'consumers:at-fault.trendPortsPerHour'),
  others: NOT_NAMED,
};
const ONSETS = own('events of ports that ran out or collided');

/** Of the sentence of the verdict. */
export const verdictNumbers: NumberSources<'verdict'> = {
  'verdict.time-wait-churn': {
    others: NOT_NAMED,
    destinations: own('endpoints that those at fault connect to; all where nobody is'),
    rate: at(
      'demand.connectionsPerSecond',
      'destinations[].connectionsPerSecond',
      'consumers[].connectionsPerSecond',
      'consumers:at-fault.connectionsPerSecond',
    ),
    delay: at('timeWait.effective'),
  },
  'verdict.undersized-range': {
    usable: USABLE,
    inUse: IN_USE,
    count: at('pools[@].count'),
    excluded: at('pools[@].excluded'),
    maxUserPort: at('recommendation.maxUserPort.configured'),
  },
  'verdict.bound-leak': LEAK,
  'verdict.close-wait-leak': LEAK,
  'verdict.established-leak': LEAK,
  'verdict.connection-saturation': {
    ports: at('ledger[@].established'),
    usable: USABLE,
    others: NOT_NAMED,
    crowdProcesses: own('processes of the crowd'),
  },
  'verdict.syn-sent-pileup': { ports: at('ledger[@].synSent'), usable: USABLE, others: NOT_NAMED },
  'verdict.stuck-time-wait': { longest: own('seconds that one connection was seen in TIME_WAIT') },
  'verdict.endpoint-collision': { inUse: IN_USE, usable: USABLE, others: NOT_NAMED },
  'verdict.udp-exhaustion': { inUse: IN_USE, usable: USABLE, others: NOT_NAMED },
  'verdict.closing-crowd': {
    ports: at('ledger[@].finWait2', 'ledger[@].lastAck', 'ledger[@].finWait1', 'ledger[@].closing'),
    usable: USABLE,
    onsets: ONSETS,
  },
  'verdict.exhausted-elsewhere': {
    count: ONSETS,
    inUse: at('ledger[@].inUse'),
    usable: at('ledger[@].usable'),
    seconds: at('ledger[@].secondsFromOnset'),
  },
  'verdict.none': {
    inUse: IN_USE,
    usable: USABLE,
    snapshots: own('tables of TCP'),
    silentSeconds: own('seconds from the last record of the log to the newest table'),
  },
  'verdict.undetermined': {
    onsets: ONSETS,
    inUse: IN_USE,
    usable: at('pools[@].usable'),
    share: reckoned(['inUse', 'usable'], (inUse, usable) => (usable > 0 ? inUse / usable : 0)),
    secondsAfterOnset: at('ledger[@].secondsFromOnset'),
    delay: at('timeWait.effective'),
  },
};
