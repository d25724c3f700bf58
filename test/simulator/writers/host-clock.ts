/** The wall clock of a host: what is added to UTC, and from when. */
export interface HostClock {
  readonly culture: 'en-US' | 'en-GB' | 'fr-FR' | 'de-DE';
  /** Minutes east of UTC without summer time, as EventLog 6013 and the 1601 sentinel show it. */
  readonly standardMinutes: number;
  /** Changes between standard and summer time, ascending; before the first the standard offset holds. */
  readonly changes?: readonly { readonly fromMs: number; readonly offsetMinutes: number }[];
  readonly zoneName?: string;
  /** Seconds by which the clock that stamps snapshots runs ahead of the true time. */
  readonly fastSeconds?: number;
}

export function offsetMinutes(clock: HostClock, atMs: number): number {
  let offset = clock.standardMinutes;
  for (const change of clock.changes ?? []) if (atMs >= change.fromMs) offset = change.offsetMinutes;
  return offset;
}

interface WallTime {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly hundredth: string;
  readonly weekday: string;
}

function wallTime(clock: HostClock, atMs: number): WallTime {
  const local = new Date(atMs + offsetMinutes(clock, atMs) * 60_000 + (clock.fastSeconds ?? 0) * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    year: String(local.getUTCFullYear()),
    month: two(local.getUTCMonth() + 1),
    day: two(local.getUTCDate()),
    hour: two(local.getUTCHours()),
    minute: two(local.getUTCMinutes()),
    second: two(local.getUTCSeconds()),
    hundredth: two(Math.floor(local.getUTCMilliseconds() / 10)),
    weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][local.getUTCDay()] ?? '',
  };
}

/** What `echo %date% %time%` prints: `Mon 03/02/2026  9:15:00.12`, `02/03/2026  9:15:00,12`, `02.03.2026  9:15:00,12`. */
export function cmdDateTime(clock: HostClock, atMs: number): string {
  const { year, month, day, hour, minute, second, hundredth, weekday } = wallTime(clock, atMs);
  // %time% pads the hour with a blank.
  const time = `${hour.replace(/^0/, ' ')}:${minute}:${second}`;
  switch (clock.culture) {
    case 'en-US':
      return `${weekday} ${month}/${day}/${year} ${time}.${hundredth}`;
    case 'en-GB':
      return `${day}/${month}/${year} ${time}.${hundredth}`;
    case 'fr-FR':
      return `${day}/${month}/${year} ${time},${hundredth}`;
    case 'de-DE':
      return `${day}.${month}.${year} ${time},${hundredth}`;
  }
}

/** A DateTime in a CSV: `8/26/2019 12:08:30 AM`, `26/08/2019 00:08:30`, `26.08.2019 00:08:30`. */
export function cultureDateTime(clock: HostClock, atMs: number): string {
  return cultureText(clock, wallTime(clock, atMs));
}

/** The CreationTime of a TIME_WAIT row: FILETIME zero in the zone's standard time. */
export function zeroFileTime(clock: HostClock): string {
  return cultureText(clock, wallTime({ ...clock, changes: [], fastSeconds: 0 }, Date.UTC(1601, 0, 1)));
}

function cultureText({ culture }: HostClock, time: WallTime): string {
  const { year, month, day, hour, minute, second } = time;
  switch (culture) {
    case 'en-US': {
      const hours = Number(hour);
      const half = hours < 12 ? 'AM' : 'PM';
      return `${String(Number(month))}/${String(Number(day))}/${year} ${String(hours % 12 || 12)}:${minute}:${second} ${half}`;
    }
    case 'en-GB':
    case 'fr-FR':
      return `${day}/${month}/${year} ${hour}:${minute}:${second}`;
    case 'de-DE':
      return `${day}.${month}.${year} ${hour}:${minute}:${second}`;
  }
}

/** `20260302T101500+0100`, a stamp that scripts put into columns and file names. */
export function stampWithOffset(clock: HostClock, atMs: number): string {
  const { year, month, day, hour, minute, second } = wallTime(clock, atMs);
  const offset = offsetMinutes(clock, atMs);
  const sign = offset < 0 ? '-' : '+';
  const size = Math.abs(offset);
  const zone = `${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`;
  return `${year}${month}${day}T${hour}${minute}${second}${sign}${zone}`;
}

/** `2026-03-02_10-15-00`, local time as people write it into file names. */
export function fileNameTime(clock: HostClock, atMs: number): string {
  const { year, month, day, hour, minute, second } = wallTime(clock, atMs);
  return `${year}-${month}-${day}_${hour}-${minute}-${second}`;
}
