import type { HostFacts } from '../measure/facts.js';
import type { EventGroup } from '../model/event-group.js';
import type { Blame } from './blame.js';
import type { RemedyId } from './remedies.js';
import type { AgedClass } from '../measure/owners/holding.js';
import type { Transport } from '../model/connection.js';
import type { Evidence, Message, Sourced } from '../model/report-message.js';
import type { LedgerEntry } from '../model/report-ports.js';
import type { Mechanism, Outcome, PortsAtIssue, SettingsHelp } from '../model/report-judgement.js';
import { sourcedBy, type SourceRef } from '../model/source-ref.js';

/** Facts of a capture that holds a TCP table: there is a fullest one. */
export type WithTcpTable = HostFacts & { readonly peak: LedgerEntry };

export function hasTcpTable(facts: HostFacts): facts is WithTcpTable {
  return facts.peak !== null;
}

export interface Judgement {
  readonly outcome: Exclude<Outcome, 'errored'>;
  readonly for: readonly Evidence[];
  readonly against: readonly Evidence[];
  readonly missing: readonly Message[];
  /** Share of the usable pool that this mechanism explains, to choose the main one among several. */
  readonly share: number;
  /** Consumers at fault, by id: two of them may have the same image. */
  readonly atFault: readonly number[];
}

type Help = Exclude<SettingsHelp, 'not-needed'>;

/** One mechanism: one file in this folder, one line in `mechanisms.ts`. */
export type MechanismRecord = {
  readonly id: Mechanism;
  /** The pool that it is about, whose events and occupancy speak for it. */
  readonly transport: Transport;
  /** Which ports of the pool it is about; `range` where it is how many there are. What explains the same ports competes. */
  readonly ports: PortsAtIssue;
  /** The class that a process takes and never gives back; null where it is no leak. */
  readonly leaks: AgedClass | null;
  /** False where ports are left: then a full pool does not speak for it. */
  readonly fillsPool: boolean;
  /** What keeps it from high confidence, each where it holds. */
  readonly doubts: readonly ((facts: HostFacts) => boolean)[];
  /** The rate of connections is what fills the pool, so that it says what a setting carries. */
  readonly isFilledByRate: boolean;
  /** What the settings can do about it once it is the verdict, always or as the facts have it. */
  readonly settingsHelp: Help | ((facts: HostFacts) => Help);
  /** What to do about it, whether it is the verdict or contributes; the plan adds what it asks for. */
  readonly remedies: readonly RemedyId[];
  /** The sentence that stands in the largest type on the page: what ran out, who took it. */
  readonly summary: (facts: HostFacts, blame: Blame) => Message;
} & (
  | {
      /** What it cannot be told without: where it is missing the answer is `cannot-tell`, never `ruled-out`. */
      readonly needs: 'tcp-table';
      readonly judge: (facts: WithTcpTable) => Judgement;
    }
  | { readonly needs: null; readonly judge: (facts: HostFacts) => Judgement }
);

export function settingsHelpOf({ settingsHelp }: MechanismRecord, facts: HostFacts): Help {
  return typeof settingsHelp === 'function' ? settingsHelp(facts) : settingsHelp;
}

/** The class whose growth tells how long the pool lasts; null where none does. */
export function growingClass({ leaks, transport }: MechanismRecord): AgedClass | 'udp' | null {
  return leaks ?? (transport === 'udp' ? 'udp' : null);
}

export function evidence(message: Message, sourced: Sourced): Evidence {
  return { message, ...sourced };
}

/** The first line of the snapshot that a ledger entry was counted from. */
export function entrySource(entry: LedgerEntry): Sourced {
  return sourcedBy([{ file: entry.file, line: entry.line, record: null, row: null }]);
}

export function eventSource(groups: readonly EventGroup[]): Sourced {
  const refs = groups.map((group): SourceRef => ({
    file: group.file,
    line: group.sample.line,
    record: group.sample.recordId,
    row: group.sample.text,
  }));
  return sourcedBy(
    refs.slice(0, 5),
    groups.reduce((total, group) => total + group.count, 0),
  );
}

export function eventCount(groups: readonly EventGroup[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
