import type { HostFacts } from '../measure/facts.js';
import type { Evidence, Message } from '../model/report-message.js';
import type { Judgement } from './mechanism.js';

type Outcome = Judgement['outcome'];

/** What every mechanism is weighed by, beside the quantities of its own. */
interface Weight {
  /** Share of the usable pool that it explains. */
  readonly share: number;
  /** Consumers that are at fault if it is found. */
  readonly suspects: readonly (number | null | undefined)[];
}

/** How one mechanism is judged: what is measured, what follows from that alone, and the evidence told of the outcome. */
interface Judging<Facts extends HostFacts, Measured extends Weight> {
  readonly measure: (facts: Facts) => Measured;
  readonly decide: (measured: Measured) => Outcome;
  readonly collect: (facts: Facts, measured: Measured, outcome: Outcome) => Collected;
}

interface Collected {
  readonly for: readonly Evidence[];
  readonly against: readonly Evidence[];
  /** What would decide it; left out where it is ruled out. */
  readonly missing: readonly Message[];
}

/** Makes the judgement of a mechanism of its parts. A suspect counts only where the mechanism was found. */
export function judging<Facts extends HostFacts, Measured extends Weight>({
  measure,
  decide,
  collect,
}: Judging<Facts, Measured>): (facts: Facts) => Judgement {
  return (facts) => {
    const measured = measure(facts);
    const outcome = decide(measured);
    const collected = collect(facts, measured, outcome);
    return {
      outcome,
      for: collected.for,
      against: collected.against,
      // What is ruled out needs nothing more to be decided.
      missing: outcome === 'ruled-out' ? [] : collected.missing,
      share: measured.share,
      atFault: isFound(outcome) ? measured.suspects.filter((consumer) => consumer != null) : [],
    };
  };
}

export function isFound(outcome: Outcome): boolean {
  return outcome === 'confirmed' || outcome === 'likely';
}

/** The outcome of the first row whose condition holds; `cannot-tell` where none does. */
export function firstOf(rows: readonly (readonly [condition: boolean, outcome: Outcome])[]): Outcome {
  return rows.find(([holds]) => holds)?.[1] ?? 'cannot-tell';
}

/** Of a list in which each item stands behind its condition those that are there. */
export function present<Item extends object>(...items: readonly (Item | false | null | undefined)[]): Item[] {
  return items.filter((item) => item !== false && item != null);
}
