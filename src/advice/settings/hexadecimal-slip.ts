import { LEGAL_DELAY_SECONDS } from '../../model/legal-delay.js';

/** What a registry value of this kind may be, and what people choose for it. */
export interface ValueHabits {
  readonly low: number;
  readonly high: number;
  readonly isUsual: (value: number) => boolean;
}

export const DELAY_HABITS: ValueHabits = {
  ...LEGAL_DELAY_SECONDS,
  isUsual: (value) => value % 10 === 0 || value % 15 === 0,
};
/** Powers of two are chosen too; 65535 is over the documented maximum and set all the same (BizTalk script). */
export const MAX_USER_PORT_HABITS: ValueHabits = {
  low: 5000,
  high: 65_535,
  isUsual: (value) => value % 1000 === 0 || value >= 65_533 || Number.isInteger(Math.log2(value)),
};

/**
 * The decimal number whose digits were taken as hexadecimal: dword:00000030 is 48 where 30 was meant. null where the value is one
 * that people choose, or its digits are no number that they would.
 */
export function meantInDecimal(value: number, { low, high, isUsual }: ValueHabits): number | null {
  const digits = value.toString(16);
  if (!/^\d+$/.test(digits)) return null;
  const meant = Number(digits);
  const fits = (one: number): boolean => one >= low && one <= high && isUsual(one);
  return meant !== value && fits(meant) && !fits(value) ? meant : null;
}
