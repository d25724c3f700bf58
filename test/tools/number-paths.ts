import { sumOfEstimates, type Estimate } from '../../src/model/estimate.js';
import type { HostReport, Report } from '../../src/index.js';
import { NUMBER_SOURCES } from '../../src/report/number-sources/number-sources.js';
import type { NumberSource } from '../../src/report/number-sources/number-source.js';

type Told = number | Estimate;

interface Said {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Of the evidence that it belongs to; null where it belongs to none. */
  readonly sourceCount: number | null;
}

/** Numbers of the sentences of a host that do not stand where `NUMBER_SOURCES` says, or that it does not know. */
export function strayNumbersOf(report: Pick<Report, 'options'>, host: HostReport): string[] {
  // An incident beside that of the verdict was judged by its own part of the evidence, which nothing else of the report is about.
  const incidents = host.incidents.filter((_, index) => index === host.verdict.incident);
  return messagesIn({ ...host, incidents }, null).flatMap((said) =>
    Object.entries(said.params).flatMap(([name, value]) => {
      if (!isTold(value)) return [];
      const source = NUMBER_SOURCES[said.id]?.[name];
      if (source === undefined) return [`${said.id} has a number ${name} without a source`];
      const wrong = strayAgainst(source, value, said, { report, host });
      return wrong === null ? [] : [`${said.id} says ${name} = ${shown(value)}: ${wrong}`];
    }),
  );
}

interface Where {
  readonly report: Pick<Report, 'options'>;
  readonly host: HostReport;
}

function strayAgainst(source: NumberSource, told: Told, { params, sourceCount }: Said, where: Where): string | null {
  switch (source.kind) {
    case 'at': {
      // Of an auto-reuse range the ports towards its busiest endpoint are judged, which no ledger of the report is about.
      const { pools, verdict } = where.host;
      const isOfEndpoint = pools.some(({ id, kind }) => id === verdict.poolId && kind === 'auto-reuse');
      if (isOfEndpoint && source.paths.every((path) => path.startsWith('ledger'))) return null;
      const there = source.paths.flatMap((path) => valuesAt(path, where));
      return there.some((value) => agrees(told, value)) ? null : `not at ${source.paths.join(', ')}`;
    }
    case 'reckoned': {
      const parts = source.of.map((name) => lowEnd(params[name]));
      const should = source.by(...parts.map((part) => part ?? NaN));
      // Figures of a sentence are rounded to five digits.
      const slack = Math.max(1, Math.abs(should) * 1e-4);
      const said = lowEnd(told) ?? NaN;
      return Number.isNaN(should) || Math.abs(said - should) <= slack ? null : `${String(should)} by its own parts`;
    }
    case 'sources':
      return told === sourceCount ? null : `its evidence has ${String(sourceCount)} sources`;
    case 'constant':
      return source.values.includes(told as number) ? null : `none of ${source.values.join(', ')}`;
    case 'own':
      return null;
  }
}

function messagesIn(part: unknown, sourceCount: number | null): Said[] {
  if (Array.isArray(part)) return part.flatMap((one) => messagesIn(one, sourceCount));
  if (!isRecord(part)) return [];
  const { id, params, sourceCount: count } = part;
  const within = typeof count === 'number' ? count : sourceCount;
  const below = Object.values(part).flatMap((one) => messagesIn(one, within));
  return typeof id === 'string' && isRecord(params) ? [{ id, params, sourceCount }, ...below] : below;
}

/** Every number and estimate at a path of `NumberSource`. */
function valuesAt(path: string, { report, host }: Where): Told[] {
  const [root, steps] = path.startsWith('/') ? [report, path.slice(1)] : [host, path];
  const found = steps
    .split('.')
    .reduce<unknown[]>((parts, step) => parts.flatMap((part) => stepInto(part, step, host.verdict.poolId)), [root]);
  return found.filter(isTold);
}

function stepInto(part: unknown, step: string, poolId: string): unknown[] {
  const [, name = '', list, pool = '', suffix] = /^(\w+)(\[([@\w-]*)\])?(?::([\w-]+))?$/.exec(step) ?? [];
  const value = isRecord(part) ? part[name] : undefined;
  if (suffix === 'at-fault') return Array.isArray(value) ? [sumOfThoseAtFault(value)] : [];
  const wanted = pool === '@' ? poolId : pool;
  const all: unknown[] = list === undefined ? [value] : Array.isArray(value) ? value : [];
  const chosen = all.filter(
    (one) => wanted === '' || (isRecord(one) && (one['id'] === wanted || one['poolId'] === wanted)),
  );
  if (suffix !== 'end') return chosen;
  return chosen.flatMap((one) => (isRecord(one) ? Number(one['start']) + Number(one['count']) - 1 : []));
}

/** Of those at fault together, as one consumer: where a part is not known, the whole is at least what is. */
function sumOfThoseAtFault(consumers: readonly unknown[]): unknown {
  const atFault = consumers.filter((one) => isRecord(one) && one['atFault'] === 'yes');
  const sum = (field: string): Estimate => {
    const parts = atFault.map((one) => (isRecord(one) ? one[field] : null));
    const known = parts.filter(isEstimate);
    const together = sumOfEstimates(known);
    return known.length === parts.length ? together : { low: together.low, best: null, high: null };
  };
  return { connectionsPerSecond: sum('connectionsPerSecond'), trendPortsPerHour: sum('trendPortsPerHour') };
}

/** As printed: to the decimals that are told. A plain number may be any end of an estimate, seconds before an event have no sign. */
function agrees(told: Told, there: Told): boolean {
  if (isEstimate(told)) {
    const other = isEstimate(there) ? there : { low: there, high: there };
    return (
      near(told.low, other.low, true) &&
      (told.high === null || other.high === null || near(told.high, other.high, true))
    );
  }
  const ends = isEstimate(there) ? [there.low, there.best, there.high] : [there];
  return ends.some((end) => end !== null && (near(told, end) || near(Math.abs(told), Math.abs(end))));
}

/** The ends of an interval are rounded outward, to whole numbers or to tenths. */
function near(told: number, there: number, isEnd = false): boolean {
  const decimals = /\.(\d+)$/.exec(String(told))?.[1]?.length ?? 0;
  const rounded = (isEnd ? 1 : 0.5) * 10 ** -decimals;
  return Math.abs(told - there) <= Math.max(rounded, decimals > 0 ? 0.1 : 0) + 1e-9;
}

function lowEnd(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return isEstimate(value) ? value.low : null;
}

function shown(told: Told): string {
  return isEstimate(told) ? `${String(told.low)}–${String(told.high)}` : String(told);
}

function isTold(value: unknown): value is Told {
  return typeof value === 'number' || isEstimate(value);
}

function isEstimate(value: unknown): value is Estimate {
  return isRecord(value) && typeof value['low'] === 'number' && 'high' in value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
