import { isFound } from '../mechanisms/judging.js';
import { evidence } from '../mechanisms/mechanism.js';
import { say } from '../messages/say.js';
import { isoTime } from '../model/iso-time.js';
import type { Action } from '../model/report-advice.js';
import { actionsBeside } from '../advice/recommendation.js';
import type { Judged } from '../mechanisms/mechanisms.js';
import type { Consumer } from '../model/report-holders.js';
import type { Incident } from '../model/report-judgement.js';
import type { JudgedHost } from '../verdict/judge-host.js';
import { culpritWithoutPorts } from './consumer-report.js';

/** What is known of a host once it is judged. */
export interface HostFindings {
  readonly whole: JudgedHost;
  /** Its incidents one by one, as far as each was judged by its own part of the evidence; empty where there is one or none. */
  readonly parts: readonly JudgedHost[];
}

/** The whole; or the part of the worst incident, where its incidents differ in what caused them. */
export function judgedFor({ whole, parts }: HostFindings): JudgedHost {
  const causes = new Set(parts.map(causeOf));
  const { incident } = whole.conclusion.verdict;
  return causes.size > 1 && incident !== null ? (parts[incident] ?? whole) : whole;
}

/** The incidents that are not the one the report is about, and were caused by something else. */
export function incidentsBeside(findings: HostFindings): JudgedHost[] {
  const told = judgedFor(findings);
  const causes = new Set([causeOf(told)]);
  return findings.parts.filter((part) => {
    const isNew = part.conclusion.main !== null && !causes.has(causeOf(part));
    causes.add(causeOf(part));
    return told !== findings.whole && isNew;
  });
}

/** The mechanism, and those at fault. */
function causeOf({ conclusion }: JudgedHost): string {
  return [conclusion.verdict.mechanism, ...conclusion.culprits].join();
}

/** A mechanism that another incident had is not ruled out on this host, whatever the tables of the worst one show. */
export function asFound(one: Judged, beside: readonly JudgedHost[]): Judged {
  if (one.judgement !== null && isFound(one.judgement.outcome)) return one;
  const { id } = one.record;
  const part = beside.find(({ conclusion }) => conclusion.faults.some(({ mechanism }) => mechanism.id === id));
  const found = part?.judged.find(({ record }) => record.id === id);
  if (part === undefined || found?.judgement == null) return one;
  // Its numbers are those of other tables than the rest of the report has: told is when it was, with the rows that show it.
  const proofs = found.judgement.for;
  const told = evidence(say('other.incident', whenOf(part)), {
    sources: proofs.flatMap(({ sources }) => sources),
    sourceCount: proofs.reduce((sum, { sourceCount }) => sum + sourceCount, 0),
  });
  return { ...found, judgement: { ...found.judgement, for: [told], against: [], missing: [] } };
}

/** What is done about the causes of other incidents; said without the numbers of their tables. */
export function actionsOf(beside: readonly JudgedHost[], headroom: number): Action[] {
  return beside.flatMap((part) =>
    actionsBeside(part.facts, part.conclusion, headroom).map((action): Action => ({
      ...action,
      why: say('action.other-incident.why', whenOf(part)),
      workedWhen: say('action.other-incident.worked'),
    })),
  );
}

function whenOf({ facts }: JudgedHost): { from: string; offsetMinutes: number | null } {
  const fromMs = facts.windows[0]?.fromMs ?? 0;
  return { from: isoTime(fromMs), offsetMinutes: facts.evidence.clock.offsetMinutes(fromMs) };
}

/** Those at fault in another incident are at fault on this host; their ports and their growth are as the tables told of have them. */
export function withCulpritsOf(
  beside: readonly JudgedHost[],
  { facts, conclusion }: JudgedHost,
  consumers: readonly Consumer[],
): Consumer[] {
  const culprits = beside.flatMap((part) =>
    part.conclusion.atFault.flatMap((id) => {
      const identity = part.facts.identities[id];
      if (identity === undefined) return [];
      const here = facts.identities.find((one) => isSame(one, identity));
      return here === undefined
        ? [culpritWithoutPorts(part.facts, identity, part.conclusion)]
        : [culpritWithoutPorts(facts, here, conclusion)];
    }),
  );
  const isListed = (one: Consumer, list: readonly Consumer[]): boolean =>
    list.some((other) => isSame({ ...one, pids: new Set(one.pids) }, { ...other, pids: new Set(other.pids) }));
  return [
    ...consumers.map((one) => (isListed(one, culprits) ? { ...one, atFault: 'yes' as const } : one)),
    ...culprits.filter((one) => !isListed(one, consumers)),
  ];
}

interface Named {
  readonly process: string;
  readonly pids: ReadonlySet<number>;
}

function isSame(one: Named, other: Named): boolean {
  return one.process === other.process && [...one.pids].some((pid) => other.pids.has(pid));
}

/** Each incident with the verdict of its part; that of the host where it was not judged apart. */
export function incidentReports({ whole, parts }: HostFindings): Incident[] {
  return whole.conclusion.incidents.map((incident, index) => {
    const own = parts[index]?.conclusion;
    if (own === undefined) return incident;
    const { mechanism, confidence, summary } = own.verdict;
    return {
      ...incident,
      mechanism,
      contributing: own.contributing,
      confidence,
      summary,
      atFault: own.incidents[0]?.atFault ?? [...own.culprits],
    };
  });
}
