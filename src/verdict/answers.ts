import { entrySource, eventCount, eventSource, evidence } from '../mechanisms/mechanism.js';
import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import type { EventGroup } from '../model/event-group.js';
import type { VerdictMechanism } from '../model/report-judgement.js';
import type { Evidence } from '../model/report-message.js';

/** Fewer rows of this host's own listeners frighten nobody: the rules of thumb in circulation begin at a thousand. */
const SERVER_SIDE_WORTH_SAYING = 1000;

/** Where the verdict names no mechanism: what it was that the reader may have come with, each with its rows. */
export function answers(facts: HostFacts, mechanism: VerdictMechanism): Evidence[] {
  if (mechanism !== 'none' && mechanism !== 'undetermined') return [];
  return [...ofTheLog(facts.events), ...pendingDelay(facts), ...serverSide(facts)];
}

/** Signs in the log that are of something else than used-up ports. */
export function ofTheLog(events: HostFacts['events']): Evidence[] {
  const { poolShortages, natPools, fixedPorts, lookAlikes, bootRace } = events;
  const providers = [...new Set(lookAlikes.map(({ provider }) => provider))];
  return [
    ...named(poolShortages, () => say('other.kernel-pool', { count: eventCount(poolShortages) })),
    ...named(natPools, () => say('other.nat-pool', { count: eventCount(natPools) })),
    ...named(fixedPorts, () => say('other.fixed-port', { count: eventCount(fixedPorts), ports: portsOf(fixedPorts) })),
    ...named(lookAlikes, () =>
      say('other.foreign-events', { count: eventCount(lookAlikes), ids: idsOf(lookAlikes), providers }),
    ),
    ...named(bootRace, () => say('other.start-events', { count: eventCount(bootRace), ids: idsOf(bootRace) })),
  ];
}

function named(groups: readonly EventGroup[], message: () => Evidence['message']): Evidence[] {
  return groups.length === 0 ? [] : [evidence(message(), eventSource(groups))];
}

function idsOf(groups: readonly EventGroup[]): string[] {
  return [...new Set(groups.map(({ id }) => id))].sort((a, b) => a - b).map(String);
}

/** The ports that were refused, as the events write their addresses: `0.0.0.0:50042`, `[::]:443`. */
function portsOf(groups: readonly EventGroup[]): string[] {
  const ports = groups.flatMap(({ sample }) =>
    sample.data.flatMap(({ value }) => /:(\d{1,5})$/.exec(value)?.[1] ?? []),
  );
  return [...new Set(ports)];
}

/** A delay in the registry that the sockets contradict. */
function pendingDelay({ timeWaitDelay }: HostFacts): Evidence[] {
  const { configuredSeconds: configured, pendingRestart, effective, sources, sourceCount } = timeWaitDelay;
  if (!pendingRestart || configured === null) return [];
  return [evidence(say('other.pending-delay', { configured, effective }), { sources, sourceCount })];
}

/** Thousands of rows on ports that this host listens on, none of which needs a dynamic port. */
function serverSide({ attribution, peak }: HostFacts): Evidence[] {
  const { serverSide: rows } = attribution;
  if (peak === null || rows < SERVER_SIDE_WORTH_SAYING) return [];
  return [evidence(say('other.server-side', { rows, inUse: peak.inUse }), entrySource(peak))];
}
