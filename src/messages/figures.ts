/** A share that is not nothing, or not all, must not be rounded to 0 % or 100 %: one decimal is shown. */
const SMALLEST_SHOWN = 0.001;
const LEAST_SHARE = SMALLEST_SHOWN / 2;

/** How a language writes figures, lists and plurals. */
export interface FigureTable {
  /** BCP 47, for the rules of its plurals. */
  readonly plurals: string;
  /** Between thousands. */
  readonly group: string;
  readonly decimal: string;
  readonly minus: string;
  /** What stands behind a percentage, with its space. */
  readonly percent: string;
  /** Between two entries of a list: of only two, of those before the last, before the last. */
  readonly list: { readonly pair: string; readonly between: string; readonly last: string };
}

/** The writing of figures by a table. `Intl` is not asked for it: what it writes differs from one version of Node to the next. */
export function figuresBy({ plurals, group, decimal, minus, percent, list }: FigureTable) {
  const rules = new Intl.PluralRules(plurals);

  function written(value: number, places: number, shift = 0): string {
    const sign = value < 0 || Object.is(value, -0) ? minus : '';
    if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : `${sign}∞`;
    const { whole, fraction } = rounded(Math.abs(value), places, shift);
    const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
    return `${sign}${grouped}${fraction === '' ? '' : `${decimal}${fraction}`}`;
  }

  return {
    /** 16,384; below 10 with one decimal where it has one. */
    number: (value: number): string => written(value, Math.abs(value) < 10 ? 1 : 0),
    /** 0.984 → 98.4 %, 0.0002 → < 0.1 %. */
    share: (value: number): string => {
      if (value > 0 && value < LEAST_SHARE) return `< ${written(SMALLEST_SHOWN, 1, 2)}${percent}`;
      if (value < 1 && value >= 1 - LEAST_SHARE) return `> ${written(1 - SMALLEST_SHOWN, 1, 2)}${percent}`;
      return `${written(value, 1, 2)}${percent}`;
    },
    /** `a`, `a and b`, `a, b, and c`. */
    listed: (values: readonly string[]): string => {
      const last = values.at(-1) ?? '';
      if (values.length < 3) return values.join(list.pair);
      return `${values.slice(0, -1).join(list.between)}${list.last}${last}`;
    },
    /** `one` where the count is grammatically one, else `other`. */
    plural: <Word>(count: number, one: Word, other: Word): Word => (rules.select(count) === 'one' ? one : other),
  };
}

/** Digits of a number (times 10 to the power of `shift`) to some decimal places, halves away from zero; no zeros at their end. */
function rounded(value: number, places: number, shift: number): { whole: string; fraction: string } {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const kept = 1 + Number(exponent) + shift + places;
  const up = kept >= 0 && Number(digits[kept] ?? '0') >= 5 ? 1n : 0n;
  const units = BigInt(digits.slice(0, Math.max(kept, 0)).padEnd(kept, '0')) + up;
  const text = String(units).padStart(places + 1, '0');
  const point = text.length - places;
  return { whole: text.slice(0, point), fraction: text.slice(point).replace(/0+$/, '') };
}

/** `07`. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
