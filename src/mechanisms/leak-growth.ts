import type { HostFacts } from '../measure/facts.js';
import type { AgedClass } from '../measure/owners/holding.js';
import { isExhausted } from '../measure/pools/fullness.js';
import { oldestSockets, socketAges, type OldestSockets, type SocketAges } from '../measure/trends/socket-ages.js';
import type { Estimate } from '../model/estimate.js';

/**
 * Ports an hour that one consumer takes and keeps, in whole ports: from a series of tables of a pool with room, else from the ages
 * of the sockets that it holds, else what a full pool shows at least. null where nothing tells. The one place of this quantity.
 */
export function leakGrowth(facts: HostFacts, consumer: number, leakClass: AgedClass | 'udp'): Estimate | null {
  const series =
    facts.trends.find((trend) => trend.consumer === consumer && trend.trendClass === leakClass)?.growthPerHour ?? null;
  if (series !== null && series.high !== null) return wholePorts(series);
  const ages = leakClass === 'udp' ? null : (ageOf(facts, consumer, leakClass)?.perHour ?? null);
  const told = ages !== null && (ages.high ?? Infinity) >= (series?.low ?? 0) ? ages : series;
  return told === null ? null : wholePorts(told);
}

/** How the consumer's sockets came, by the newest table that carries their creation times, else by the fullest. */
export function ageOf(facts: HostFacts, consumer: number, leakClass: AgedClass): SocketAges | null {
  const trend = facts.trends.find((one) => one.consumer === consumer && one.trendClass === leakClass);
  const newest = trend === undefined ? null : socketAges(trend.created.ms, trend.created.isPoolFull);
  if (newest !== null) return newest;
  const found = facts.consumers.find(({ identity }) => identity.id === consumer);
  return socketAges(found?.attributed.holding?.createdMs[leakClass] ?? [], isExhausted(facts.peak));
}

/** Whether the oldest sockets of a consumer stay while others come; null without two tables that tell. */
export function oldestOf(facts: HostFacts, consumer: number, leakClass: AgedClass): OldestSockets | null {
  const trend = facts.trends.find((one) => one.consumer === consumer && one.trendClass === leakClass);
  const age = ageOf(facts, consumer, leakClass);
  if (trend === undefined || age === null) return null;
  return oldestSockets(trend.createdBefore, trend.created, age.perHour.best ?? age.perHour.low);
}

/** The ends outward, so that what lay inside still does. */
export function wholePorts({ low, best, high }: Estimate): Estimate {
  return {
    low: Math.floor(low),
    best: best === null ? null : Math.round(best),
    high: high === null ? null : Math.ceil(high),
  };
}
