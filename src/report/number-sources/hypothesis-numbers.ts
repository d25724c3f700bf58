import { at, constant, own, reckoned, SOURCES, type NumberSources } from './number-source.js';

type Rooms =
  | 'churn'
  | 'collision'
  | 'demand'
  | 'established'
  | 'leak'
  | 'reuse'
  | 'saturation'
  | 'stuck'
  | 'syn-sent'
  | 'udp'
  | 'undersized';

/** Of the table that the evidence stands in: not always the fullest. */
const IN_USE = at('ledger[].inUse');
const USABLE = at('ledger[].usable', 'pools[].usable');
const TIME_WAIT = at('ledger[].timeWait');
const DELAY = at('timeWait.effective');
const FROM_ONSET = at('ledger[].secondsFromOnset');
const HELD = at(
  'ledger[].established',
  'ledger[].synSent',
  'ledger[].closeWait',
  'ledger[].bound',
  'ledger[].finWait2',
  'ledger[].udp',
);
const SHARE_IN_USE = reckoned(['inUse', 'usable'], (inUse, usable) => (usable > 0 ? inUse / usable : 0));
const RANGE = {
  available: reckoned(['count', 'excluded'], (count, excluded) => count - excluded),
  count: at('pools[].count'),
  default: constant(16_384, 3_977),
  end: at('pools[]:end'),
  excluded: at('pools[].excluded'),
  start: at('pools[].start'),
};
/** The longest TIME_WAIT that a setting makes, 300 s. */
const LONGEST_LEGAL = constant(300);

/** Of the evidence for and against each mechanism. */
export const hypothesisNumbers: NumberSources<Rooms> = {
  'churn.for.full': { inUse: IN_USE, usable: USABLE, timeWait: TIME_WAIT },
  'churn.for.rate': {
    rate: at('demand.connectionsPerSecond'),
    delay: DELAY,
    needed: reckoned(['rate', 'delay'], (rate, delay) => Math.round(rate * delay)),
    usable: USABLE,
  },
  'churn.for.collisions': { count: SOURCES },
  'churn.for.exhausted': { count: SOURCES },
  'churn.for.projection': {
    seconds: own('seconds between the moment that the rate makes the pool full and the event'),
  },
  'churn.for.drained': { seconds: FROM_ONSET, timeWait: TIME_WAIT, usable: USABLE, delay: DELAY },
  'churn.against.low': {
    timeWait: TIME_WAIT,
    usable: USABLE,
    share: reckoned(['timeWait', 'usable'], (timeWait, usable) => (usable > 0 ? timeWait / usable : 0)),
  },
  'churn.against.other': { timeWait: TIME_WAIT, inUse: IN_USE },
  'churn.against.never-expires': { longest: own('seconds that one connection was seen in TIME_WAIT') },
  'churn.against.witness': { timeWait: TIME_WAIT, usable: USABLE, seconds: FROM_ONSET, delay: DELAY },
  'churn.missing.late': { seconds: FROM_ONSET, delay: DELAY },
  'churn.missing.direction': { ports: at('attribution.directionUnknown', 'ledger[].directionUnknown') },
  'churn.missing.had-ports': { seconds: FROM_ONSET, inUse: IN_USE, usable: USABLE },
  'collision.for.events': { count: SOURCES },
  'collision.for.tuple': {
    reopened: own('times that the connection was opened anew'),
    sightings: own('tables and states that show it'),
  },
  'collision.for.port': { remotes: own('remote endpoints of the port') },
  'collision.for.empty': { inUse: IN_USE, usable: USABLE, share: SHARE_IN_USE, seconds: own('seconds from the event') },
  'collision.against.full': { inUse: IN_USE, usable: USABLE },
  'demand.disagreement': { lessRate: at('demand.methods[].perSecond'), moreRate: at('demand.methods[].perSecond') },
  'established.for.stay': { share: own('share of the connections that stay from table to table') },
  'established.for.oldest': {
    old: own('connections of the first table'),
    left: own('those of them that the last one still shows'),
    due: own('those that would be left if they came and went'),
  },
  'established.against.turnover': { share: own('share of the connections that stay from table to table') },
  'established.against.no-growth': { ports: own('ports of the process in the fullest table') },
  'leak.for.growth': {
    first: at('consumers[].trends[].first'),
    last: at('consumers[].trends[].last'),
    snapshots: at('consumers[].trends[].snapshots'),
    perHour: at('consumers[].trends[].portsPerHour', 'consumers[].trendPortsPerHour'),
  },
  'leak.for.ages': {
    sockets: own('sockets whose creation time tells the growth'),
    offsetMinutes: at('utcOffsetMinutes'),
    perHour: own('ports an hour by the creation times'),
  },
  'leak.for.lives': {
    restarts: own('times that the ports went with their process'),
    present: own('most ports of the present life'),
  },
  'leak.for.held': { ports: own('ports of that state that the process holds in the fullest table'), usable: USABLE },
  'leak.against.small': { ports: HELD, usable: USABLE },
  'leak.against.no-room': { free: at('ledger[].free') },
  'reuse.for.destination': {
    start: at('pools[@].start'),
    end: at('pools[@]:end'),
    inUse: at('pools[@].peakInUse', 'pools[@].busiestDestination.ports'),
    usable: at('pools[@].usable'),
  },
  'saturation.for.full': { established: at('ledger[].established'), inUse: IN_USE, usable: USABLE },
  'stuck.for.outlived': { longest: own('seconds that one connection was seen in TIME_WAIT'), limit: LONGEST_LEGAL },
  'stuck.for.uptime': { seconds: own('seconds since the host started') },
  'stuck.against.uptime': { seconds: own('seconds since the host started') },
  'stuck.against.few': { timeWait: TIME_WAIT, inUse: IN_USE },
  'stuck.against.measured': { high: at('timeWait.families[].measured') },
  'stuck.against.reopened': {
    ports: own('ports in TIME_WAIT that carry a live connection to the same endpoint one table later'),
  },
  'stuck.missing': { limit: LONGEST_LEGAL },
  'syn-sent.for.held': {
    ports: at('ledger[].synSent'),
    usable: USABLE,
    destinations: own('endpoints that do not answer'),
    port: own('their port'),
  },
  'udp.for.full': { inUse: IN_USE, usable: USABLE },
  'udp.for.events': { count: SOURCES },
  'udp.against.low': { inUse: IN_USE, usable: USABLE },
  'undersized.for.small': RANGE,
  'undersized.for.small-reuse': RANGE,
  'undersized.for.full': { inUse: IN_USE, usable: USABLE },
  'undersized.against.large': RANGE,
  'undersized.against.large-reuse': RANGE,
  'undersized.against.free': { inUse: IN_USE, usable: USABLE },
  'undersized.against.load': { inUse: IN_USE },
};
