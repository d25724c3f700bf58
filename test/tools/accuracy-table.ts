import { isFault, type Row } from './accuracy-row.js';
import type { Interval } from './accuracy-rates.js';

type Cell = (row: Row) => string;

const COLUMNS: readonly (readonly [heading: string, cell: Cell])[] = [
  ['incident', (row) => row.incident],
  ['seed', (row) => String(row.seed)],
  ['verdict', (row) => row.verdict],
  ['confidence', (row) => row.confidence],
  ['right', (row) => row.right],
  ['exhaustion', (row) => row.exhaustion],
  ['contributing', (row) => row.contributing],
  ['culprit', (row) => row.culprit],
  ['contributing processes', (row) => row.contributors],
  ['destination', (row) => row.destination],
  ['credited ports and connections', (row) => row.credited],
  ['rate', (row) => interval(row.rate)],
  ['rate low/true–high/true', (row) => width(steadyRate(row))],
  ['rate of the log', (row) => row.logRate],
  ['rates of programs and endpoints', (row) => row.ownRates],
  ['delay', (row) => interval(row.delay)],
  ['delay low/true–high/true', (row) => width(row.delay)],
  ['leak an hour', (row) => interval(row.leakRate)],
  ['leak low/true–high/true', (row) => width(row.leakRate)],
  ['seconds until full', (row) => interval(row.untilFull)],
  ['until full low/true–high/true', (row) => width(row.untilFull)],
  ['incidents', (row) => row.incidents],
  ['ledger', (row) => row.ledger],
  ['settings', (row) => row.settings],
  ['plan', (row) => row.plan],
  ['one step weaker', (row) => row.weaker],
  ['advice', (row) => row.advice],
  ['two values', (row) => row.values],
  ['contradictions', (row) => row.contradictions],
];

export function tableHead(): string {
  const headings = COLUMNS.map(([heading]) => heading).join(' | ');
  return `| ${headings} |\n|${' --- |'.repeat(COLUMNS.length)}`;
}

export function tableLine(row: Row): string {
  return `| ${COLUMNS.map(([, cell]) => cell(row)).join(' | ')} |`;
}

/** The counts of a run, a line a question. */
export function tally(rows: readonly Row[], labelled: number): string {
  const count = (wanted: (row: Row) => boolean): number => rows.filter(wanted).length;
  const of = (name: string, right: (row: Row) => boolean, asked: (row: Row) => boolean): readonly string[] => [
    name,
    `${String(count((row) => asked(row) && right(row)))} of ${String(count(asked))}`,
  ];
  const censored = (row: Row): boolean => row.weaker.startsWith('censored');
  const stepped = (row: Row): boolean => row.weaker !== '–' && !censored(row);
  const lines: (readonly string[])[] = [
    ['incidents', `${String(rows.length)} (${String(labelled)} labelled)`],
    ['verdict right', String(count(({ right }) => right === 'yes'))],
    ['honestly undetermined', String(count(({ right }) => right === 'honest'))],
    [
      'verdict wrong',
      `${String(count(({ right }) => right === 'no'))}, at high ${String(count(({ right, confidence }) => right === 'no' && confidence === 'high'))}`,
    ],
    ['confidence too high', String(count(({ tooSure }) => tooSure))],
    [
      'exhaustion right',
      `${String(count(({ exhaustion }) => exhaustion === 'yes'))}, honestly left open ${String(count(({ exhaustion }) => exhaustion === 'honest'))}, wrong ${String(count(({ exhaustion }) => exhaustion === 'no'))}`,
    ],
    of(
      'contributing right',
      ({ contributing }) => contributing === 'yes',
      ({ contributing }) => contributing !== '–',
    ),
    of(
      'culprit right',
      ({ culprit }) => culprit === 'yes',
      ({ culprit }) => culprit !== '–',
    ),
    of(
      'contributors right',
      ({ contributors }) => contributors === 'yes',
      ({ contributors }) => contributors !== '–',
    ),
    of(
      'destination right',
      ({ destination }) => destination === 'yes',
      ({ destination }) => destination !== '–',
    ),
    of(
      'credited equal',
      ({ credited }) => credited.startsWith('equal'),
      ({ credited }) => credited !== '–',
    ),
    of(
      'rate inside',
      ({ rate }) => rate?.isInside === true,
      ({ rate }) => rate !== null,
    ),
    ['rate, width', widths(rows, steadyRate)],
    of(
      'rate of the log in',
      ({ logRate }) => logRate.startsWith('in'),
      ({ logRate }) => logRate !== '–',
    ),
    of(
      'own rates inside',
      ({ ownRates }) => ownRates.startsWith('in'),
      ({ ownRates }) => ownRates !== '–',
    ),
    of(
      'delay inside',
      ({ delay }) => delay?.isInside === true,
      ({ delay }) => delay !== null,
    ),
    ['delay, width', widths(rows, ({ delay }) => delay)],
    of(
      'leak rate inside',
      ({ leakRate }) => leakRate?.isInside === true,
      ({ leakRate }) => leakRate !== null,
    ),
    ['leak rate, width', widths(rows, ({ leakRate }) => leakRate)],
    of(
      'until full inside',
      ({ untilFull }) => untilFull?.isInside === true,
      ({ untilFull }) => untilFull !== null,
    ),
    ['until full, width', widths(rows, ({ untilFull }) => untilFull)],
    of(
      'incidents apart right',
      ({ incidents }) => incidents.startsWith('all'),
      ({ incidents }) => incidents !== '–',
    ),
    of(
      'ledgers exact',
      ({ ledger }) => ledger === '0',
      ({ ledger }) => ledger !== '–',
    ),
    ['settingsHelp right', String(count(({ settings }) => settings === 'yes'))],
    of(
      'advice that helps',
      ({ plan }) => plan.startsWith('holds'),
      ({ plan }) => plan !== '–',
    ),
    of('weaker plan breaks', ({ weaker }) => weaker.startsWith('breaks'), stepped),
    [
      'of these only at',
      `the upper end of the demand ${String(count(({ weaker }) => weaker === 'breaks at the upper end'))}`,
    ],
    [
      'censored',
      `range alone, ${String(count(({ weaker }) => weaker === 'censored, fails'))} of ${String(count(censored))} would have failed one step weaker`,
    ],
    ['advice sound', String(count(({ advice }) => advice === 'sound'))],
    ['with two values', String(count(({ values }) => values !== 'none'))],
    ['contradicting', String(count(({ contradictions }) => contradictions !== 'none'))],
    ['rows with a fault', String(count(isFault))],
  ];
  return lines.map(([name = '', value = '']) => `${name.padEnd(21)} ${value}`).join('\n');
}

/** Of a leak the rate of the moment and that of the hours before have little to do with each other: no width is said. */
function steadyRate({ rate, verdict }: Row): Interval | null {
  return verdict === 'time-wait-churn' || verdict === 'none' ? rate : null;
}

function interval(value: Interval | null): string {
  return value === null ? '–' : `${value.isInside ? 'in' : 'out'} ${value.text}`;
}

function width(value: Interval | null): string {
  return value === null ? '–' : `${value.low.toFixed(2)}–${value.high === null ? '∞' : value.high.toFixed(2)}`;
}

/** `low/true 0.96 high/true 1.05 (medians of 12), open above 40`. */
function widths(rows: readonly Row[], of: (row: Row) => Interval | null): string {
  const all = rows.flatMap((row) => of(row) ?? []);
  const closed = all.flatMap(({ high }) => high ?? []);
  const low = median(all.map((one) => one.low));
  const high = median(closed);
  return `low/true ${low} (median of ${String(all.length)}), high/true ${high} (median of ${String(closed.length)}), open above ${String(all.length - closed.length)}`;
}

function median(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const next = sorted[Math.ceil((sorted.length - 1) / 2)];
  return middle === undefined || next === undefined ? '–' : ((middle + next) / 2).toFixed(2);
}
