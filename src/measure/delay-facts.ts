import type { HostEvidence } from '../capture/assemble/assemble.js';
import type { AnalysisOptions } from '../model/analysis.js';
import type { DelayFacts } from './facts.js';
import type { HostMeasures } from './host-measures.js';
import { effectiveTimeWait } from './time-wait/effective-time-wait.js';
import { EXPIRED_LIMIT, OUTLIVING_TUPLES } from './time-wait/time-wait-lifetime.js';

export function delayFacts(measures: HostMeasures, { settings }: HostEvidence, options: AnalysisOptions): DelayFacts {
  const { delays, pools } = measures;
  const waiting = (id: string): number => pools.histories.find(({ pool }) => pool.id === id)?.peak?.timeWait ?? 0;
  return {
    timeWaitDelay: effectiveTimeWait({
      option: options.timeWaitSeconds,
      settings,
      measured: { ipv4: delays.ipv4.bounds(), ipv6: delays.ipv6.bounds() },
      waiting: { ipv4: waiting('tcp-ipv4'), ipv6: waiting('tcp-ipv6') },
    }),
    timeWaitOutlived: outlivedOf(measures),
  };
}

function outlivedOf({ delays: { ipv4, ipv6 }, holders }: HostMeasures): DelayFacts['timeWaitOutlived'] {
  const tuples = ipv4.outlived + ipv6.outlived;
  const expired = ipv4.expired + ipv6.expired;
  const expiredShare = expired / Math.max(expired + tuples, 1);
  const waiting = holders.peak?.entry.timeWait ?? 0;
  return {
    tuples,
    longestSeconds: Math.max(ipv4.longestSeconds, ipv6.longestSeconds),
    expiredShare,
    neverExpires: tuples >= Math.max(waiting / 2, OUTLIVING_TUPLES) && expiredShare < EXPIRED_LIMIT,
  };
}
