import type { EventGroup } from '../../model/event-group.js';
import type { ClassifiedEvents } from './classified-events.js';

/** Server 2008 SP2: 4227 for a port in state "Closing" (Microsoft hotfix article b980ba14). */
const CLOSING_DEFECT = '6.0';
/** Until KB 3123245 (October 2016) netstat and Get-NetTCPConnection showed too few ports up to Windows Server 2012 R2. */
const BLIND_VERSIONS = ['6.0', '6.1', '6.2', '6.3'];

/** `6.1` from the latest EventLog 6009, whose first string is `6.01.` or `10.00.`; null where none was captured. */
export function windowsVersion({
  boots,
}: ClassifiedEvents): { readonly name: string; readonly group: EventGroup } | null {
  const started = boots.filter(({ id, provider }) => id === 6009 && provider.toLowerCase() === 'eventlog');
  const latest = started.at(-1);
  const match = latest === undefined ? null : /^(\d+)\.(\d+)\.?$/.exec(latest.sample.data[0]?.value ?? '');
  if (latest === undefined || match === null) return null;
  return { name: `${String(Number(match[1]))}.${String(Number(match[2]))}`, group: latest };
}

/** True where this Windows may show fewer ports than are in use; whether it was updated no log says. */
export function undercountsPorts(events: ClassifiedEvents): boolean {
  return BLIND_VERSIONS.includes(windowsVersion(events)?.name ?? '');
}

/** True where this Windows logs 4227 for ports that are only closing, unless its hotfix is installed. */
export function hasClosingDefect(events: ClassifiedEvents): boolean {
  return windowsVersion(events)?.name === CLOSING_DEFECT && events.collisions.length > 0;
}
