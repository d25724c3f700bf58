/** One piece of a bar 100 units wide. */
export interface BarPart {
  readonly kind: string;
  readonly x: string;
  readonly width: string;
}

const digits = (value: number): string => String(Math.round(value * 100) / 100);

/** Pieces side by side, in shares of `whole`; what is empty is left out, what goes beyond the end is cut. */
export function barParts(
  values: readonly { readonly kind: string; readonly value: number }[],
  whole: number,
): BarPart[] {
  const parts: BarPart[] = [];
  let x = 0;
  for (const { kind, value } of values) {
    const width = whole > 0 ? Math.min((Math.max(value, 0) / whole) * 100, 100 - x) : 0;
    if (width > 0) parts.push({ kind, x: digits(x), width: digits(width) });
    x += width;
  }
  return parts;
}
