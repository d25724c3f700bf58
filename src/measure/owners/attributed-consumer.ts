import type { ConsumerBasis } from '../../model/report-holders.js';
import type { SourceRef } from '../../model/source-ref.js';
import type { Holding, Towards } from './holding.js';

/** One consumer's ports with the surest and the least sure part kept apart. */
export interface AttributedConsumer {
  readonly consumer: number;
  holding: Holding | null;
  /** By PID in the table. */
  owned: number;
  /** By a log event that names process and port. */
  logged: number;
  sameTuple: number;
  soleOwner: number;
  /** Its share of ports that several consumers may have held. */
  candidate: number;
  /** All of those ports, and others that it may have held. */
  candidateOf: number;
  /** Of `candidate` what nothing shows to be its own: others may have opened all of it. */
  contested: number;
  /** Of `candidate` what nobody was met with: its own as far as it is like what it was met with. */
  expected: number;
  /** Its rows; fractions where it is one of several candidates. */
  connections: number;
  /** Live and Bound ports that nobody else is on. */
  exclusive: number;
  readonly destinations: Map<number, Towards>;
  readonly refs: SourceRef[];
  refCount: number;
}

export function total(consumer: AttributedConsumer): number {
  return consumer.owned + consumer.logged + consumer.sameTuple + consumer.soleOwner + consumer.candidate;
}

/** The rung that most of the consumer's ports stand on. */
export function basisOf(consumer: AttributedConsumer): ConsumerBasis {
  const { owned, logged, sameTuple, soleOwner, candidate } = consumer;
  const most = Math.max(owned, logged, sameTuple, soleOwner, candidate);
  if (most === owned) return 'owned';
  if (most === logged) return 'log-event';
  if (most === sameTuple) return 'same-tuple';
  return most === soleOwner ? 'sole-owner-of-destination' : 'weighted-candidates';
}

/** The one of the consumer, made where there is none yet. */
export function entryOf(consumers: Map<number, AttributedConsumer>, consumer: number): AttributedConsumer {
  let entry = consumers.get(consumer);
  if (entry === undefined) {
    entry = {
      consumer,
      holding: null,
      owned: 0,
      logged: 0,
      sameTuple: 0,
      soleOwner: 0,
      candidate: 0,
      candidateOf: 0,
      contested: 0,
      expected: 0,
      connections: 0,
      exclusive: 0,
      destinations: new Map(),
      refs: [],
      refCount: 0,
    };
    consumers.set(consumer, entry);
  }
  return entry;
}
