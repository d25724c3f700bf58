import type { MessageId, ParamsOf } from '../../messages/english/sentences.js';
import type { Estimate } from '../../model/estimate.js';

/**
 * Where a number of a sentence comes from. A path leads from the host down (`demand.connectionsPerSecond`), from the report where it
 * begins with `/`. `list[]` is any element, `list[@]` one of the pool that the verdict speaks of, `list[udp]` one of that pool;
 * `:end` is the last port of a range, `:size` the length of a list, `:at-fault` the sum over those at fault.
 */
export type NumberSource =
  | { readonly kind: 'at'; readonly paths: readonly string[] }
  /** Reckoned from other parameters of the same sentence; of an estimate its low end counts. */
  | { readonly kind: 'reckoned'; readonly of: readonly string[]; readonly by: (...parts: number[]) => number }
  /** So many sources has the evidence that the sentence belongs to. */
  | { readonly kind: 'sources' }
  /** One of these, from the documentation of Windows or the rules of the plan. */
  | { readonly kind: 'constant'; readonly values: readonly number[] }
  /** Stands nowhere else in the report: what it counts. */
  | { readonly kind: 'own'; readonly counts: string };

export function at(...paths: string[]): NumberSource {
  return { kind: 'at', paths };
}

export function reckoned(of: readonly string[], by: (...parts: number[]) => number): NumberSource {
  return { kind: 'reckoned', of, by };
}

export function constant(...values: number[]): NumberSource {
  return { kind: 'constant', values };
}

export function own(counts: string): NumberSource {
  return { kind: 'own', counts };
}

export const SOURCES: NumberSource = { kind: 'sources' };
/** Behind a list of names that is cut: how many were left out. */
export const NOT_NAMED = own('names that the sentence leaves out');

type Members<Params> = Params extends object
  ? {
      [Name in keyof Params]-?: [Extract<Params[Name], number | Estimate>] extends [never] ? never : Name;
    }[keyof Params]
  : never;

/** The parameters of a message that are numbers. */
type NumbersOf<Id extends MessageId> = Members<ParamsOf<Id>[0]> & string;

type WithNumbers = { [Id in MessageId]: [NumbersOf<Id>] extends [never] ? never : Id }[MessageId];

/** A source for every number of every message of these rooms; one that is forgotten does not compile. */
export type NumberSources<Room extends string> = {
  readonly [Id in Extract<WithNumbers, `${Room}.${string}`>]: Readonly<Record<NumbersOf<Id>, NumberSource>>;
};
