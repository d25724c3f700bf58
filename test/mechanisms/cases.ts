import type { Mechanism } from '../../src/model/report-judgement.js';
import type { HypothesisCase } from './case.js';
import { ENDPOINT_COLLISION } from './cases/endpoint-collision.js';
import { BOUND_LEAK, CLOSE_WAIT_LEAK, ESTABLISHED_LEAK } from './cases/leaks.js';
import { CONNECTION_SATURATION, SYN_SENT_PILEUP } from './cases/live-connections.js';
import { STUCK_TIME_WAIT, UDP_EXHAUSTION, UNDERSIZED_RANGE } from './cases/pool.js';
import { TIME_WAIT_CHURN } from './cases/time-wait-churn.js';

/** For every mechanism the captures in which it fires, is ruled out and cannot be told, both sides of each threshold. */
export const CASES: Readonly<Record<Mechanism, readonly HypothesisCase[]>> = {
  'time-wait-churn': TIME_WAIT_CHURN,
  'endpoint-collision': ENDPOINT_COLLISION,
  'bound-leak': BOUND_LEAK,
  'close-wait-leak': CLOSE_WAIT_LEAK,
  'established-leak': ESTABLISHED_LEAK,
  'connection-saturation': CONNECTION_SATURATION,
  'syn-sent-pileup': SYN_SENT_PILEUP,
  'undersized-range': UNDERSIZED_RANGE,
  'stuck-time-wait': STUCK_TIME_WAIT,
  'udp-exhaustion': UDP_EXHAUSTION,
};
