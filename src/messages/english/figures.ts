import type { Estimate } from '../../model/estimate.js';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** 16,384; below 10 with one decimal where it has one. */
export function number(value: number): string {
  return Math.abs(value) < 10 ? tenths.format(value) : whole.format(value);
}

/** 0.984 → 98.4 %. */
export function share(value: number): string {
  return percent.format(value).replace('%', ' %');
}

/** `1 port`, `2 ports`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `118–122`, `at least 136`, `about 200`, `200`. */
export function interval(estimate: Estimate): string {
  const { low, best, high } = estimate;
  if (high === null) return `at least ${number(low)}`;
  if (low === high) return number(low);
  const span = `${number(low)}–${number(high)}`;
  return best === null ? span : `about ${number(best)} (${span})`;
}

/** `45 s`, `4 min`, `3.5 h`, `2 days`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${number(seconds)} s`;
  if (seconds < 7200) return `${number(seconds / 60)} min`;
  if (seconds < 172_800) return `${number(seconds / 3600)} h`;
  return `${number(seconds / 86_400)} days`;
}

/** `10 min 30 s`: the two largest units, for a distance in time that is known to the second. */
export function elapsed(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    `${String(Math.floor(whole / 86_400))} d`,
    `${String(Math.floor(whole / 3600) % 24)} h`,
    `${String(Math.floor(whole / 60) % 60)} min`,
    `${String(whole % 60)} s`,
  ].filter((part) => !part.startsWith('0 '));
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** `2026-03-02 09:40:12 UTC` from an ISO time; `2026-03-02 10:40:12 (UTC+01:00)` where the host's offset in minutes is known. */
export function moment(iso: string, offsetMinutes: number | null): string {
  const local = new Date(Date.parse(iso) + (offsetMinutes ?? 0) * 60_000).toISOString();
  const zone = offsetMinutes === null ? 'UTC' : `(UTC${offsetText(offsetMinutes)})`;
  return `${local.slice(0, 19).replace('T', ' ')} ${zone}`;
}

/** `+01:00`; `±00:00` is an empty string, for UTC itself. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return '';
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export function listed(values: readonly string[]): string {
  return list.format(values);
}
