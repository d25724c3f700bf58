import type { HostFacts } from '../measure/facts.js';
import { hasClosingDefect, undercountsPorts, windowsVersion } from '../measure/events/windows-version.js';
import { CHANGE_WINDOW_MS, changeSubject } from '../measure/events/change-subject.js';
import { say } from '../messages/say.js';
import { ofTheLog } from './answers.js';
import { ofNeighbours } from './neighbours.js';
import type { EventGroup } from '../model/event-group.js';
import { lastPort } from '../model/port.js';
import type { Evidence } from '../model/report-message.js';
import type { LedgerEntry } from '../model/report-ports.js';
import type { VerdictMechanism } from '../model/report-judgement.js';
import { NO_SOURCES, sourcedBy } from '../model/source-ref.js';
import { entrySource, eventCount, eventSource, evidence } from '../mechanisms/mechanism.js';
import { heaviest } from '../mechanisms/leak.js';
import { ageOf } from '../mechanisms/leak-growth.js';

/** Changes written out in a sentence; the others are counted. */
const MAX_NAMED = 5;

/** What else can look like this, or bears on it: named with its evidence, never counted as proof. */
export function otherExplanations(facts: HostFacts, mechanism: VerdictMechanism): Evidence[] {
  const { events, pool } = facts;
  const isOpen = mechanism === 'none' || mechanism === 'undetermined';
  // Without a mechanism they are the answer.
  const others = [...(isOpen ? [] : ofTheLog(events)), ...ofWindowsVersion(facts), ...ofRange(facts)];
  if (pool.excluded > 0) {
    others.push(evidence(say('other.exclusions', { ports: pool.excluded }), sourcedBy(pool.rangeRefs)));
  }
  others.push(...ofChanges(facts));
  others.push(...ofNeighbours(facts, isOpen));
  if (isOpen) {
    if (events.poolShortages.length === 0) {
      others.push(evidence(say('other.kernel-pool-unseen', { logged: facts.hasSystemLog }), NO_SOURCES));
    }
    others.push(evidence(say('other.snat'), NO_SOURCES));
  }
  if (mechanism === 'none' && facts.peak !== null) others.push(evidence(say('other.between-tables'), NO_SOURCES));
  return others;
}

/** A range that was captured, and that the ports in the tables do not bear out. */
function ofRange({ pools }: HostFacts): Evidence[] {
  return pools
    .filter(({ family, doubted }) => doubted !== null && family === 'combined')
    .flatMap(({ range: used, rangeSource, doubted }) => {
      if (doubted === null) return [];
      const { range, source, refs, seen } = doubted;
      const message = say('other.range-doubted', {
        source,
        start: range.start,
        end: lastPort(range),
        ...seen,
        usedStart: used.start,
        usedEnd: lastPort(used),
        assumed: rangeSource === 'assumed-default',
      });
      return [evidence(message, sourcedBy(refs))];
    });
}

/** Defects of the Windows that the log names. */
function ofWindowsVersion({ events, ledger, peak }: HostFacts): Evidence[] {
  const version = windowsVersion(events);
  if (version === null) return [];
  const others: Evidence[] = [];
  if (hasClosingDefect(events)) {
    const fullest = ledger.reduce<LedgerEntry | null>(
      (most, entry) => (entry.closing > (most?.closing ?? 0) ? entry : most),
      null,
    );
    const message = say('other.closing-defect', { ports: fullest?.closing ?? 0 });
    others.push(evidence(message, fullest === null ? eventSource([version.group]) : entrySource(fullest)));
  }
  if (undercountsPorts(events) && peak !== null) {
    others.push(evidence(say('other.blind-tools', { version: version.name }), eventSource([version.group])));
  }
  return others;
}

type ChangesId = 'other.changes' | 'other.changes-at-end' | 'other.changes-at-growth';

/** What was changed before the first sign of trouble, before a leak began to grow, and between the last sign and the end. */
function ofChanges(facts: HostFacts): Evidence[] {
  const between = (id: ChangesId, from: number, to: number): Evidence[] => {
    const changes = facts.events.changes.filter(({ fromMs }) => fromMs >= from && fromMs <= to);
    if (changes.length === 0) return [];
    const message = say(id, { count: eventCount(changes), named: namesOf(changes.slice(0, MAX_NAMED)) });
    return [evidence(message, eventSource(changes))];
  };
  const [first] = facts.windows;
  const last = facts.windows.at(-1);
  const growthMs = growthBegan(facts);
  return [
    ...(first === undefined ? [] : between('other.changes', first.fromMs - CHANGE_WINDOW_MS, first.fromMs)),
    ...(growthMs === null ? [] : between('other.changes-at-growth', growthMs - CHANGE_WINDOW_MS, growthMs)),
    ...(last?.toMs == null ? [] : between('other.changes-at-end', last.lastMs + 1, last.toMs)),
  ];
}

/** `Fabrikam Agent (7045)`, `Background Intelligent Transfer Service: stopped (7036)`, as the log writes them, each once. */
function namesOf(changes: readonly EventGroup[]): string[] {
  const names = changes.map(changeSubject).filter(({ subject }) => subject !== '');
  return [
    ...new Set(names.map(({ id, subject, state }) => `${subject}${state === '' ? '' : `: ${state}`} (${String(id)})`)),
  ];
}

/** When the oldest steady growth of a leak began, from the ages of its sockets; null where none is seen. */
function growthBegan(facts: HostFacts): number | null {
  const began = (['bound', 'closeWait'] as const).flatMap((leakClass) => {
    const owner = heaviest(facts, leakClass);
    return owner === null ? [] : (ageOf(facts, owner.consumer, leakClass)?.sinceMs ?? []);
  });
  return began.length === 0 ? null : Math.min(...began);
}
