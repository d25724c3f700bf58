import type { HostEvidence } from '../capture/assemble/assemble.js';
import type { AnalysisOptions } from '../model/analysis.js';
import type { DelayFacts } from './facts.js';
import type { HostMeasures } from './host-measures.js';
import { effectiveTimeWait } from './time-wait/effective-time-wait.js';
import { timeWaitExpiry } from './time-wait/time-wait-expiry.js';

export function delayFacts(measures: HostMeasures, { settings }: HostEvidence, options: AnalysisOptions): DelayFacts {
  const { delays, holders, pools } = measures;
  const waiting = (id: string): number => pools.histories.find(({ pool }) => pool.id === id)?.peak?.timeWait ?? 0;
  return {
    timeWaitDelay: effectiveTimeWait({
      option: options.timeWaitSeconds,
      settings,
      measured: { ipv4: delays.ipv4.bounds(), ipv6: delays.ipv6.bounds() },
      waiting: { ipv4: waiting('tcp-ipv4'), ipv6: waiting('tcp-ipv6') },
    }),
    timeWaitExpiry: timeWaitExpiry([delays.ipv4, delays.ipv6], holders.peak?.entry.timeWait ?? 0),
  };
}
