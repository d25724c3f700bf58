import type { Capture, HostEvidence } from '../capture/assemble/assemble.js';
import { readSnapshots } from '../capture/replay/snapshot-reader.js';
import type { AnalysisOptions } from '../model/analysis.js';
import { Interner } from '../model/connection.js';
import type { Platform } from '../model/input.js';
import { autoReuseView } from './auto-reuse-facts.js';
import type { HostFacts } from './facts.js';
import { hostFacts } from './host-facts.js';
import { poolsOf } from './pools/port-pool.js';
import { SnapshotPass } from './snapshot-pass.js';

/** The numbers of a host as each of its TCP pools shows them. */
export interface MeasuredHost {
  readonly dynamic: HostFacts;
  /** Null without an auto-reuse range, or where no destination came near to using it up. */
  readonly autoReuse: HostFacts | null;
}

/** What every reading of a capture needs. */
export interface PoolReading {
  readonly capture: Capture;
  readonly platform: Platform;
  readonly options: AnalysisOptions;
}

/**
 * Second pass over one host's snapshots, and the numbers that come of it; a third one where an auto-reuse range was used up
 * towards an endpoint, which only the second shows.
 */
export async function measureHost(
  host: HostEvidence,
  { capture, platform, options }: PoolReading,
  onBytes: (file: string, bytes: number) => void,
): Promise<MeasuredHost> {
  const addresses = new Interner();
  const pools = poolsOf({ ...host, option: options.range });
  const onsetTimes = host.events.filter(({ role }) => role === 'onset').map(({ fromMs }) => fromMs);
  const pass = new SnapshotPass(host, pools, addresses, onsetTimes);
  for await (const snapshot of readSnapshots(host, capture, platform, addresses, onBytes)) pass.observe(snapshot);
  const measures = pass.finish();
  const dynamic = hostFacts(host, measures, options);
  const view = autoReuseView(host, dynamic, measures, onsetTimes, options);
  if (view === null) return { dynamic, autoReuse: null };
  for await (const snapshot of readSnapshots(host, capture, platform, addresses, () => undefined))
    view.observe(snapshot);
  return { dynamic, autoReuse: view.facts() };
}
