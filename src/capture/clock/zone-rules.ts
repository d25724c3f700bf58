import { HOUR_MS, MINUTE_MS } from '../../model/durations.js';

/** The offset in minutes that the rules of an IANA zone set at an instant. */
export function offsetByRules(zone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (utcMs) => {
    const name = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const parts = /([+-])(\d{2}):(\d{2})/.exec(name);
    if (parts === null) return 0;
    const minutes = Number(parts[2]) * 60 + Number(parts[3]);
    return parts[1] === '-' ? -minutes : minutes;
  };
}

/** True where the clocks were set back and the same wall clock stood for two instants an hour apart. */
export function isInRepeatedHour(offsetMinutes: (utcMs: number) => number, utcMs: number): boolean {
  const wallMs = (ms: number): number => ms + offsetMinutes(ms) * MINUTE_MS;
  return wallMs(utcMs - HOUR_MS) === wallMs(utcMs) || wallMs(utcMs + HOUR_MS) === wallMs(utcMs);
}
