import { isUnderPressure } from '../measure/pools/fullness.js';
import type { HostFacts } from '../measure/facts.js';
import { evidence } from '../mechanisms/mechanism.js';
import { say } from '../messages/say.js';
import { isSameRange, lastPort } from '../model/port.js';
import type { Evidence } from '../model/report-message.js';
import type { SettingRecord } from '../model/setting.js';
import { sourcedBy } from '../model/source-ref.js';

type Stated = HostFacts['evidence']['settings'][number];
const TRANSPORTS = ['tcp', 'udp'] as const;
type RangeRecord = Extract<SettingRecord, { kind: 'dynamic-range' }>;

/** Pools and limits beside the one that was counted, each where something of the evidence points to it. */
export function ofNeighbours(facts: HostFacts, isOpen: boolean): Evidence[] {
  return [
    ...(isOpen ? ofCompartments(facts) : []),
    ...ofRpcPorts(facts),
    ...ofChangedRanges(facts),
    ...ofDisputedRanges(facts),
  ];
}

/** Programs and services that give containers and virtual machines a network of their own behind this host's. */
const CONTAINER_IMAGES = ['dockerd', 'containerd', 'kubelet', 'vmcompute', 'com.docker.backend', 'vmwp', 'wslservice'];
const NAT_SERVICES = ['hns', 'vmcompute', 'remoteaccess', 'sharedaccess'];

/** The process that shows that networks behind a NAT, or compartments, may exist on this host; null where no list names one. */
export function networkKeeper({ evidence: { processes } }: HostFacts): ReturnType<typeof processes.first> {
  return processes.first(CONTAINER_IMAGES, NAT_SERVICES);
}

/** Refused connections beside tables that are far from full. */
function ofCompartments(facts: HostFacts): Evidence[] {
  const keeper = networkKeeper(facts);
  if (keeper === null || facts.onsets.length === 0 || facts.peak === null || isUnderPressure(facts.peak)) return [];
  const { file, line, image } = keeper;
  return [evidence(say('other.compartment', { image }), sourcedBy([{ file, line, record: null, row: null }]))];
}

/** RPC servers with a range of their own. */
function ofRpcPorts({ evidence: { settings } }: HostFacts): Evidence[] {
  const stated = settings.filter(
    ({ record }) => record.kind === 'registry-value' && record.path === 'Rpc\\Internet' && /^Ports$/i.test(record.name),
  );
  return stated.length === 0 ? [] : [evidence(say('other.rpc-ports'), sourcedBy(stated.map(refOf)))];
}

/** One range stated in two ways by the same tool: it was changed in between. */
function ofChangedRanges({ evidence: { settings } }: HostFacts): Evidence[] {
  const found: Evidence[] = [];
  const seen = new Map<string, Stated & { record: RangeRecord }>();
  for (const stated of settings) {
    const { file, record } = stated;
    if (record.kind !== 'dynamic-range') continue;
    const key = [record.origin, record.pool, record.transport, record.family].join();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, { file, record });
    else if (!isSameRange(first.record, record)) {
      const { transport, pool } = record;
      const params = { transport: transport ?? 'tcp', pool, first: spanOf(first.record), other: spanOf(record) };
      found.push(evidence(say('other.range-changed', params), sourcedBy([first, stated].map(refOf))));
    }
  }
  return found;
}

/** The range as netsh shows it, and another one as Get-NetTCPSetting does. */
function ofDisputedRanges({ evidence: { settings } }: HostFacts): Evidence[] {
  const ranges = settings.flatMap(({ file, record }) =>
    record.kind === 'dynamic-range' && record.pool === 'dynamic' ? [{ file, record }] : [],
  );
  return TRANSPORTS.flatMap((transport) => {
    const ofTransport = ranges.filter(({ record }) => (record.transport ?? 'tcp') === transport);
    const shown = ofTransport.filter(({ record }) => record.origin === 'netsh');
    const [netsh] = shown;
    const other = ofTransport.find(({ record }) => record.origin !== 'netsh');
    if (netsh === undefined || other === undefined) return [];
    if (shown.some(({ record }) => isSameRange(record, other.record))) return [];
    const params = { transport, first: spanOf(netsh.record), other: spanOf(other.record) };
    return [evidence(say('other.range-disputed', params), sourcedBy([netsh, other].map(refOf)))];
  });
}

function spanOf(range: RangeRecord): string {
  return `${String(range.start)}–${String(lastPort(range))}`;
}

function refOf({ file, record }: Stated) {
  return { file, line: record.line, record: null, row: record.text };
}
