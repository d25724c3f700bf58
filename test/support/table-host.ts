import { LoggedConnections } from '../../src/capture/survey/logged-connections.js';
import type { HostEvidence } from '../../src/capture/assemble/assemble.js';
import { decideClock } from '../../src/capture/clock/host-clock.js';
import { ProcessDirectory } from '../../src/capture/assemble/process-directory.js';
import type { HostMeasures } from '../../src/measure/host-measures.js';
import { SnapshotPass } from '../../src/measure/snapshot-pass.js';
import { poolsOf } from '../../src/measure/pools/port-pool.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { ADDRESSES } from './port-table.js';
import { SourceList } from '../../src/model/source-ref.js';

const CLOCK = decideClock({
  timezone: '+00:00',
  stampOffsets: new Set(),
  sentinelOffsets: new Set(),
  uptimeEvents: [],
  modificationTimes: [],
});

/** A process directory from images by PID. */
export function processesOf(images: Readonly<Record<number, string>>): ProcessDirectory {
  const seen = Object.entries(images).map(([pid, image]) => ({
    hostText: null,
    record: { pid: Number(pid), image, services: [], user: null, commandLine: null, startedAt: null, line: 1 },
    firstStamp: null,
    lastStamp: null,
    file: 'tasklist.csv',
    order: 'month-first' as const,
  }));
  return new ProcessDirectory(seen, CLOCK);
}

/** A host of which nothing but these processes and listeners is known. */
export function bareHost(
  images: Readonly<Record<number, string>> = {},
  listeners: readonly number[] = [],
): HostEvidence {
  return {
    host: 'APP02',
    naming: { from: 'evidence', formerNames: [], imageNames: [], adoptedTables: new SourceList() },
    clock: CLOCK,
    snapshots: [],
    events: [],
    coverage: [],
    logs: [],
    processes: processesOf(images),
    settings: [],
    loggedConnections: new LoggedConnections(),
    listeners: new Set(listeners),
    clientPorts: { ipv4: [], ipv6: [] },
    passingPorts: { ipv4: [], ipv6: [] },
  };
}

/** What snapshots that a test built come to, under the default range. */
export function measuresOf(snapshots: readonly Snapshot[], host: HostEvidence = bareHost()): HostMeasures {
  const pass = new SnapshotPass(host, poolsOf({ ...host, option: null }), ADDRESSES, []);
  for (const snapshot of snapshots) pass.observe(snapshot);
  return pass.finish();
}
