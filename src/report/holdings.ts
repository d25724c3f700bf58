import type { FileSurvey } from '../capture/survey/survey-file.js';
import { say } from '../messages/say.js';
import type { Transport } from '../model/connection.js';
import { formatRange, lastPort, WINDOWS_DEFAULT_RANGE, type PortRange } from '../model/port.js';
import type { Message } from '../model/report-message.js';
import type { SettingRecord } from '../model/setting.js';

const MOST_SAID = 5;

type Setting<Kind extends SettingRecord['kind']> = Extract<SettingRecord, { kind: Kind }>;

/** What was read of a file that has neither a port table nor an event log: true of it, and nothing to judge alone. */
export function holdingsOf({ snapshots, coverage, settings, processes }: FileSurvey): Message[] {
  if (snapshots.length > 0 || coverage.length > 0) return [];
  const ranges = ofKind(settings, 'dynamic-range');
  const lists = ofKind(settings, 'exclusions-listed');
  const blocks = ofKind(settings, 'exclusion');
  const transports = [...new Set([...lists, ...blocks].map(({ transport }) => transport))];
  const values = ofKind(settings, 'registry-value').length;
  return [
    ...unlike(ranges.map((range) => shown(range))),
    ...(ofKind(settings, 'connection-attempts').length > 0 ? [say('holds.attempts')] : []),
    ...transports.map((transport) => excluded(transport, blocks, ranges)),
    ...(values > 0 ? [say('holds.registry', { values })] : []),
    ...saidBy(ofKind(settings, 'counted')),
    ...(ofKind(settings, 'started').length > 0 ? [say('holds.start')] : []),
    ...(processes.length > 0 ? [say('holds.processes', { processes: processes.length })] : []),
  ];
}

/** The first of them, as the tool ordered them: Group-Object is mostly sorted. */
function saidBy(counts: readonly Setting<'counted'>[]): Message[] {
  const said = counts
    .slice(0, MOST_SAID)
    .map(({ of, count, name, state }) => say('holds.counted', { of, count, name, state }));
  const more = counts.length - said.length;
  return more === 0 ? said : [...said, say('holds.counts-more', { count: more })];
}

function ofKind<Kind extends SettingRecord['kind']>(settings: readonly SettingRecord[], kind: Kind): Setting<Kind>[] {
  return settings.filter((setting): setting is Setting<Kind> => setting.kind === kind);
}

/** IPv4 and IPv6 have the same range almost everywhere. */
function unlike(messages: readonly Message[]): Message[] {
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}

function shown(range: Setting<'dynamic-range'>): Message {
  const { transport, pool, count } = range;
  return say('holds.range', { transport, range: formatRange(range), ports: count, isReuse: pool === 'auto-reuse' });
}

function excluded(
  transport: Transport | null,
  blocks: readonly Setting<'exclusion'>[],
  ranges: readonly Setting<'dynamic-range'>[],
): Message {
  const own = blocks.filter((block) => block.transport === transport);
  const listed = new Set(own.map(({ start, end }) => `${String(start)}-${String(end)}`));
  if (listed.size === 0) return say('holds.no-exclusions', { transport });
  const known = ranges.find((range) => range.transport === transport && range.pool === 'dynamic');
  const range = known ?? WINDOWS_DEFAULT_RANGE;
  const ports = portsWithin(own, range);
  return say('holds.exclusions', {
    transport,
    blocks: listed.size,
    ports,
    range: formatRange(range),
    isDefault: known === undefined,
  });
}

/** Ports of the range that the blocks take, those of several blocks once. */
function portsWithin(blocks: readonly Setting<'exclusion'>[], range: PortRange): number {
  let [taken, next] = [0, range.start];
  for (const { start, end } of [...blocks].sort((a, b) => a.start - b.start)) {
    const first = Math.max(start, next);
    const last = Math.min(end, lastPort(range));
    if (last < first) continue;
    taken += last - first + 1;
    next = last + 1;
  }
  return taken;
}
