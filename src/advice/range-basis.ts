import type { HostFacts } from '../measure/facts.js';
import type { AddressFamily } from '../model/endpoint.js';
import { isCaptured } from './actions/range-rollback.js';

export type RangeBasis = 'captured' | 'default' | 'other-family';

/** netsh prints no family: a list without its command line is IPv4's, and IPv6's only by assumption. */
export function rangeBasis(facts: HostFacts, family: AddressFamily): RangeBasis {
  const pool = facts.pools.find(({ id }) => id === `tcp-${family}`) ?? facts.pool;
  if (pool.rangeSource === 'assumed-default') return 'default';
  const isListed = pool.rangeSource === 'netsh' || pool.rangeSource === 'Get-NetTCPSetting';
  return isListed && !isCaptured(facts, 'tcp', family) ? 'other-family' : 'captured';
}
