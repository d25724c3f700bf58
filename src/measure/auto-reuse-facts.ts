import type { HostEvidence } from '../capture/assemble/assemble.js';
import type { AnalysisOptions } from '../model/analysis.js';
import type { Snapshot } from '../model/snapshot.js';
import type { HostFacts } from './facts.js';
import { hostFacts } from './host-facts.js';
import type { HostMeasures } from './host-measures.js';
import { SnapshotPass } from './snapshot-pass.js';
import type { PortPool } from './pools/port-pool.js';
import { tableScope } from './pools/table-scope.js';
import { towards } from './pools/towards-destination.js';
import { SATURATION_TO_JUDGE } from './pools/fullness.js';

/** The auto-reuse range as its busiest destination sees it: there each port holds one connection, as in a dynamic range. */
export interface AutoReuseView {
  observe(snapshot: Snapshot): void;
  facts(): HostFacts;
}

/** Null without an auto-reuse range, or where no destination came near to using it up. */
export function autoReuseView(
  host: HostEvidence,
  dynamic: HostFacts,
  { pools, names }: HostMeasures,
  keepNear: readonly number[],
  options: AnalysisOptions,
): AutoReuseView | null {
  const pool = dynamic.pools.find(({ kind }) => kind === 'auto-reuse');
  const { busiest } = pools;
  if (pool === undefined || busiest === null) return null;
  if (busiest.ports < busiest.usable * SATURATION_TO_JUDGE) return null;
  const narrowed = new SnapshotPass(host, poolsOfView(pool, dynamic.udpPool), names.addresses, keepNear);
  return {
    observe: (snapshot) => {
      narrowed.observe(towards(snapshot, pool, busiest), tableScope(snapshot));
    },
    facts: () => {
      const { udpPeak, udpLedger, udpPool, histories, busiestEndpoint, listeners } = dynamic;
      const facts = hostFacts(host, narrowed.finish(), options);
      return { ...facts, pools: dynamic.pools, histories, busiestEndpoint, udpPool, udpPeak, udpLedger, listeners };
    },
  };
}

/** The families apart as well: which of them most of TIME_WAIT is in decides whose delay counts. */
function poolsOfView(pool: PortPool, udpPool: PortPool): PortPool[] {
  return [pool, { ...pool, id: 'tcp-ipv4', family: 'ipv4' }, { ...pool, id: 'tcp-ipv6', family: 'ipv6' }, udpPool];
}
