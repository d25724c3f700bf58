import { CHANGE_WINDOW_MS, changeSubject } from '../measure/events/change-subject.js';
import type { ClassifiedEvents } from '../measure/events/classified-events.js';
import { say } from '../messages/say.js';
import { FIXED_PORT_REFUSED, NAT_POOL_EXHAUSTED } from '../model/event-role.js';
import { isoTime } from '../model/iso-time.js';
import type { EventGroup } from '../model/event-group.js';
import type { Message } from '../model/report-message.js';
import type { ReportEvent } from '../model/report.js';
import { sourcedBy } from '../model/source-ref.js';

/** Events listed; what is left out is counted in `eventsOmitted`. */
const MAX_EVENTS = 200;

/** The events of the report in time order; onsets and boots before changes when there are too many. */
export function eventReport(
  events: ClassifiedEvents,
  firstSigns: readonly number[],
): { events: ReportEvent[]; eventsOmitted: number } {
  const order = ['onset', 'symptom', 'boot', 'context', 'look-alike', 'recovery', 'change'];
  const chosen = events.all
    .filter((group) => group.role !== 'change' || isNearTrouble(group, firstSigns))
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.fromMs - b.fromMs)
    .slice(0, MAX_EVENTS)
    .sort((a, b) => a.fromMs - b.fromMs || a.id - b.id);
  return {
    events: chosen.map((group): ReportEvent => {
      const bootRace = events.bootRace.includes(group);
      const ref = { file: group.file, line: group.sample.line, record: group.sample.recordId, row: group.sample.text };
      return {
        at: isoTime(group.fromMs),
        provider: group.provider,
        id: group.id,
        role: bootRace ? 'context' : group.role,
        count: group.count,
        ...(group.clockErrorSeconds > 0 ? { clockErrorSeconds: group.clockErrorSeconds } : {}),
        message: bootRace ? say('event.boot-race') : meaning(group),
        ...sourcedBy([ref], group.count),
      };
    }),
    eventsOmitted: events.all.length - chosen.length,
  };
}

/** A change days away explains nothing: only those around the first sign of an incident are listed, the others are counted. */
function isNearTrouble(group: EventGroup, firstSigns: readonly number[]): boolean {
  return firstSigns.some((signMs) => Math.abs(group.fromMs - signMs) <= CHANGE_WINDOW_MS);
}

function meaning(group: EventGroup): Message {
  switch (group.role) {
    case 'onset':
      return group.id === 4227
        ? say('event.collision')
        : group.id === 4231
          ? say('event.tcp-exhausted')
          : say('event.udp-exhausted');
    case 'symptom':
      return say('event.symptom', { documented: group.weight === 1 });
    case 'boot':
      return bootMeaning(group);
    case 'change':
      return say('event.change', { ...changeSubject(group), others: group.count - 1 });
    case 'recovery':
      return say('event.recovery');
    case 'look-alike':
      return say('event.look-alike', { provider: group.provider });
    case 'context':
      return contextMeaning(group);
  }
}

function contextMeaning({ id }: EventGroup): Message {
  if (id === NAT_POOL_EXHAUSTED) return say('event.nat-pool');
  return id === FIXED_PORT_REFUSED ? say('event.fixed-port') : say('event.context');
}

function bootMeaning(group: EventGroup): Message {
  if (group.id === 6013) {
    const seconds = group.sample.data.map(({ value }) => value).find((value) => /^\d{1,10}$/.test(value));
    return say('event.boot-uptime', { seconds: seconds === undefined ? null : Number(seconds) });
  }
  return [6006, 6008, 13, 41].includes(group.id) ? say('event.boot-stopped') : say('event.boot-started');
}
