import { at, constant, NOT_NAMED, own, reckoned, type NumberSources } from './number-source.js';

const PLANNED_START = at('recommendation.dynamicPortRanges[].recommended.start');
const PLANNED_END = at('recommendation.dynamicPortRanges[].recommended:end');
const USABLE_NOW = at('pools[@].usable');
const USABLE_THEN = at('recommendation.predicted.usable');
const SUSTAINS_THEN = at('recommendation.predicted.sustainsConnectionsPerSecond');
const DELAY_THEN = at('recommendation.tcpTimedWaitDelay.recommended');
const HEADROOM = at('/options.headroom');
const EXCLUDED = at('pools[@].excluded');
const MAX_USER_PORT = at('recommendation.maxUserPort.configured');
const PER_HOUR = own('ports an hour that all leaks of the pool take together');
const LASTS = own('seconds until that many free ports are taken');
/** Of a UDP verdict's host the TCP plan is that of its TCP pool. */
const TIME_WAIT = at('attribution.clientTimeWait', 'ledger[].timeWait');

/** Of the actions. */
export const actionNumbers: NumberSources<'action'> = {
  'action.answer-or-stop.title': { others: NOT_NAMED, port: own('port that does not answer') },
  'action.change-auto-reuse.why': { before: USABLE_NOW, after: USABLE_THEN, sustains: SUSTAINS_THEN },
  'action.dns-socket-pool.title': { size: constant(2_500) },
  'action.dns-socket-pool.why': { ports: at('consumers[].ports'), size: constant(2_500), others: NOT_NAMED },
  'action.worked.dns-socket-pool': { size: constant(2_500) },
  'action.free-exclusions.title': { ports: EXCLUDED },
  'action.release-blocks.title': { ports: EXCLUDED },
  'action.worked.exclusions': { ports: EXCLUDED },
  'action.range.why': { before: USABLE_NOW, after: USABLE_THEN, sustains: SUSTAINS_THEN },
  'action.range.risk-auto-reuse': { ports: at('recommendation.autoReusePortRange.current.count') },
  'action.range.risk-blocks': { ports: own('excluded ports inside the recommended range') },
  'action.range.risk-firewall': {
    start: PLANNED_START,
    end: PLANNED_END,
  },
  'action.range.risk-listeners': { more: NOT_NAMED, usable: own('usable ports of the largest range') },
  'action.range.risk-no-listeners': {
    start: at('recommendation.dynamicPortRanges[].upTo.start', 'recommendation.dynamicPortRanges[].recommended.start'),
    end: at('recommendation.dynamicPortRanges[].upTo:end', 'recommendation.dynamicPortRanges[].recommended:end'),
  },
  'action.remove-max-user-port.title': { value: MAX_USER_PORT },
  'action.reuse-connections.title': { others: NOT_NAMED },
  'action.reuse-connections.why': {
    perSecond: at('destinations[].connectionsPerSecond', 'demand.connectionsPerSecond'),
  },
  'action.worked.reuse': { waiting: at('destinations[].timeWait', 'ledger[].timeWait') },
  'action.mend-the-leak.title': { others: NOT_NAMED },
  'action.risk.essential': { others: NOT_NAMED },
  'action.risk.planned': { others: NOT_NAMED },
  'action.share-connections.title': { others: NOT_NAMED },
  'action.share-connections.why': { crowdProcesses: own('processes of the crowd') },
  'action.shorten-time-wait.title': { seconds: DELAY_THEN },
  'action.shorten-time-wait.why': { seconds: DELAY_THEN, sustains: SUSTAINS_THEN },
  'action.worked.delay': { seconds: DELAY_THEN },
  'action.stop-the-leak.title': { others: NOT_NAMED },
  'action.stop-the-leak.title-essential': { others: NOT_NAMED },
  'action.stop-the-leak.title-planned': { others: NOT_NAMED },
  'action.stop-the-leak.title-sessions': { others: NOT_NAMED },
  'action.stop-the-leak.why-essential': { others: NOT_NAMED },
  'action.stop-the-leak.why-sessions': {
    processes: own('processes of the program'),
    users: own('users it runs as'),
  },
  'action.udp-range.risk-fixed': { start: PLANNED_START, end: PLANNED_END },
  'action.udp-range.why': { before: USABLE_NOW, after: USABLE_THEN },
  'action.unpin-source-port.title': { others: NOT_NAMED },
  'action.use-auto-reuse.title': { others: NOT_NAMED },
  'action.use-auto-reuse.title-present': { others: NOT_NAMED },
  'action.use-auto-reuse.why': { inUse: at('pools[@].peakInUse'), largest: at('destinations[].ports') },
  'action.other-incident.why': { offsetMinutes: own('offset from UTC at that moment') },
  'action.widen-in-emergency.why': { gained: own('usable ports gained'), perHour: PER_HOUR, seconds: LASTS },
  'action.widen-in-emergency.gains': {
    gained: own('usable ports of the emergency range without those of today'),
    free: own('those of the emergency range that are free now'),
    perHour: PER_HOUR,
    lasts: LASTS,
  },
};

/** Of the reasons of the recommended settings. */
export const settingReasonNumbers: NumberSources<'advice'> = {
  'advice.auto-reuse.widen': { usable: USABLE_THEN, sustains: SUSTAINS_THEN },
  'advice.delay.cannot-tell': { timeWait: TIME_WAIT, usable: USABLE_NOW },
  'advice.delay.not-then': { timeWait: TIME_WAIT },
  'advice.delay.too-late': {
    timeWait: TIME_WAIT,
    secondsAfter: at('ledger[].secondsFromOnset'),
    lasts: at('timeWait.effective'),
  },
  'advice.delay.pending': { configured: at('timeWait.configuredSeconds'), effective: at('timeWait.effective') },
  'advice.delay.range-first': {
    seen: at('demand.connectionsPerSecond'),
    sustains: SUSTAINS_THEN,
    headroom: HEADROOM,
    next: at('recommendation.whatIf[].timeWaitSeconds'),
  },
  'advice.delay.shorten': { seconds: DELAY_THEN },
  'advice.exclusions.leave': { ports: EXCLUDED, reserved: own('those that no administrator set') },
  'advice.leave.at-the-limits': { effective: at('timeWait.effective') },
  'advice.max-user-port.contradicted': { value: MAX_USER_PORT },
  'advice.max-user-port.illegal': { value: MAX_USER_PORT },
  'advice.max-user-port.keep': { value: MAX_USER_PORT },
  'advice.max-user-port.leftover': { value: MAX_USER_PORT },
  'advice.max-user-port.overruled': { value: MAX_USER_PORT, start: at('pools[].start'), end: at('pools[]:end') },
  'advice.max-user-port.unverified': { value: MAX_USER_PORT },
  'advice.max-user-port.spelling': {
    start: at('recommendation.maxUserPort.standsFor.start'),
    end: at('recommendation.maxUserPort.recommended'),
    more: NOT_NAMED,
  },
  'advice.range.make-up': { usable: USABLE_THEN, excluded: EXCLUDED },
  'advice.range.restore': { usable: USABLE_THEN },
  'advice.range.widen': {
    start: PLANNED_START,
    end: PLANNED_END,
    usable: USABLE_THEN,
    sustains: SUSTAINS_THEN,
    seen: at('demand.methods[].perSecond'),
  },
};

const LIFETIME = own('seconds that a connection lives, on the long side');
const WAIT = own('seconds of TIME_WAIT that the mean connection waits, on the long side');
const sustained = reckoned(['usable', 'headroom', 'lifetime', 'timeWait'], (usable, headroom, lifetime, timeWait) =>
  Math.floor((usable * headroom) / (lifetime + timeWait)),
);

/** Of the arithmetic that the plan shows. */
export const arithmeticNumbers: NumberSources<'arithmetic'> = {
  'arithmetic.usable': {
    count: at('pools[].count'),
    excluded: at('pools[].excluded'),
    listening: at('pools[].listeners'),
    usable: reckoned(['count', 'excluded', 'listening'], (count, excluded, listening) => count - excluded - listening),
  },
  'arithmetic.need': {
    rate: own('ports taken a second: those in TIME_WAIT at the peak over the delay, where they tell it'),
    lifetime: LIFETIME,
    timeWait: WAIT,
    rest: own('ports in use that do not come and go with the rate'),
    ports: reckoned(
      ['rate', 'lifetime', 'timeWait', 'rest'],
      (rate, lifetime, wait, rest) => rate * (lifetime + wait) + rest,
    ),
    waiting: TIME_WAIT,
    delay: own('seconds of TIME_WAIT today: the likeliest, else the long end of the interval'),
  },
  'arithmetic.lifetime': { lifetime: at('demand.meanLifetimeSeconds'), taken: LIFETIME },
  'arithmetic.sustained': {
    usable: USABLE_NOW,
    headroom: HEADROOM,
    lifetime: LIFETIME,
    timeWait: WAIT,
    rate: sustained,
  },
  'arithmetic.sustained-after': {
    usable: USABLE_THEN,
    headroom: HEADROOM,
    lifetime: LIFETIME,
    timeWait: WAIT,
    rate: sustained,
  },
  'arithmetic.until-full': {
    start: own('first port of the range'),
    end: own('last port of the range'),
    usable: own('usable ports of the range'),
    free: own('those that would be free'),
    perHour: PER_HOUR,
    lasts: LASTS,
  },
  'arithmetic.leak': {
    start: own('first port of the range'),
    end: own('last port of the range'),
    usable: own('usable ports of the range'),
    perHour: PER_HOUR,
    seconds: LASTS,
    low: LASTS,
    high: LASTS,
  },
};
