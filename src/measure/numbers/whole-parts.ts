import { ROUNDING_ERROR } from './rounding.js';

/** Whole numbers that add up to what the parts do, rounded down: those that lost most to rounding are rounded up, the first first. */
export function wholeParts(parts: readonly number[]): number[] {
  const whole = parts.map((part) => Math.floor(part + ROUNDING_ERROR));
  const sum = Math.floor(parts.reduce((total, part) => total + part, 0) + ROUNDING_ERROR);
  const left = sum - whole.reduce((total, part) => total + part, 0);
  const byLoss = parts.map((part, index) => index).sort((a, b) => lossOf(parts, whole, b) - lossOf(parts, whole, a));
  for (const index of byLoss.slice(0, Math.max(left, 0))) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

function lossOf(parts: readonly number[], whole: readonly number[], index: number): number {
  return (parts[index] ?? 0) - (whole[index] ?? 0);
}
