import { formatEndpoint } from '../model/endpoint.js';
import type { NamedTrend, PinnedTuple, TableFacts } from './facts.js';
import type { HostMeasures } from './host-measures.js';
import { ownerOf } from './named-owner.js';
import type { ConsumerIdentity } from './owners/consumer-index.js';
import { consumerName } from './owners/consumer-name.js';
import { holdsPort, type PortPool } from './pools/port-pool.js';

export function tableFacts(measures: HostMeasures, trends: readonly NamedTrend[]): TableFacts {
  const { pools, tables, rates } = measures;
  const historyOf = (wanted: PortPool) => pools.histories.find(({ pool }) => pool === wanted);
  const history = historyOf(pools.primary);
  const ledger = history?.ledger ?? [];
  return {
    snapshots: tables.snapshots,
    tcpTables: ledger.length + (history?.omitted ?? 0),
    ledger,
    udpLedger: historyOf(pools.udp)?.ledger ?? [],
    everShown: tables.everShown,
    trends,
    pinned: pinnedTuples(measures),
    stayingShare: rates.stayingShare,
  };
}

/** Pairs that were opened again first, then the ports outside every range of which no pair was. */
function pinnedTuples(measures: HostMeasures): PinnedTuple[] {
  const reopened = reopenedTuples(measures);
  const known = new Set(reopened.map(({ localPort }) => localPort));
  return [...reopened, ...chosenPorts(measures).filter(({ localPort }) => !known.has(localPort))];
}

function chosenPorts({ tables, names }: HostMeasures): PinnedTuple[] {
  return tables.pinned.flatMap((pinned) => {
    const [remote] = pinned.remotes;
    const owner = ownerOf(names, pinned.owner, pinned.lastMs);
    // Only a live row tells who has chosen it.
    if (remote === undefined || owner === null) return [];
    return [
      {
        local: formatEndpoint(names.addresses.valueOf(pinned.localAddress), pinned.localPort),
        localPort: pinned.localPort,
        remote: formatEndpoint(names.addresses.valueOf(remote), pinned.remotePort),
        isOutside: true,
        remotes: pinned.remotes.size,
        reopened: 0,
        sightings: pinned.sightings,
        consumer: owner.id,
        process: consumerName(owner),
        ref: { file: pinned.file, line: pinned.line, record: null, row: null },
      },
    ];
  });
}

function reopenedTuples({ tables, names, holders, pools }: HostMeasures): PinnedTuple[] {
  const chosen = new Map(tables.pinned.map((pinned) => [pinned.localPort, pinned.remotes.size]));
  const ranges = pools.histories.map(({ pool }) => pool).filter(({ transport }) => transport === 'tcp');
  return tables.reopened.map((tuple) => {
    const { address, port } = names.destinations.endpoint(tuple.destination);
    const owner =
      ownerOf(names, tuple.owner, tuple.lastMs) ?? soleOwner(holders, names, tuple.destination, tuple.lastMs);
    return {
      local: formatEndpoint(names.addresses.valueOf(tuple.localAddress), tuple.localPort),
      localPort: tuple.localPort,
      remote: formatEndpoint(names.addresses.valueOf(address), port),
      isOutside: !ranges.some((pool) => holdsPort(pool, tuple.localPort)),
      remotes: chosen.get(tuple.localPort) ?? 1,
      reopened: tuple.reopened,
      sightings: tuple.sightings,
      consumer: owner?.id ?? null,
      process: owner === null ? null : consumerName(owner),
      ref: { file: tuple.file, line: tuple.line, record: null, row: null },
    };
  });
}

/** A connection that is over before the next table has no row with an owner; who alone connects there does it. */
function soleOwner(
  { owners }: HostMeasures['holders'],
  { consumers }: HostMeasures['names'],
  destination: number,
  atMs: number,
): ConsumerIdentity | null {
  const { ever, near } = owners.ownersOf(destination, atMs);
  const [only, ...others] = (near.size > 0 ? near : ever).keys();
  return only === undefined || others.length > 0 ? null : consumers.identity(only);
}
