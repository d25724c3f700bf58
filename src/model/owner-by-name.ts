import { UNKNOWN } from './connection.js';

/** An owner that a file names without its PID: `netstat -b` without `-o`, a column `Process` without `OwningProcess`. */
export interface NamedOwner {
  readonly image: string;
  readonly services: readonly string[];
}

/** No image and no service has one in its name. */
const SEPARATOR = '\t';
/** The first number below PIDs and UNKNOWN. */
const FIRST = UNKNOWN - 1;

/** One text for the owner, so that it can be numbered like an address. */
export function ownerText({ image, services }: NamedOwner): string {
  return [image, ...services].join(SEPARATOR);
}

export function ownerOfText(text: string): NamedOwner {
  const [image = '', ...services] = text.split(SEPARATOR);
  return { image, services };
}

/** What stands in place of a PID where only a name is known: a number that no PID has. */
export function pidOfName(nameId: number): number {
  return FIRST - nameId;
}

/** The number of the name that stands in place of a PID; null for PIDs and for UNKNOWN. */
export function nameIdOf(pid: number): number | null {
  return pid <= FIRST ? FIRST - pid : null;
}

/** Whether a row names its owner, by PID or by name; PID 0 is nobody. */
export function hasOwner(pid: number): boolean {
  return pid > 0 || pid <= FIRST;
}

/** What tools print for the owner of a row that nobody owns any more, in lower case: the name of PID 0, or a lookup that failed. */
const NOBODY: ReadonlySet<string> = new Set([
  '',
  '-',
  '0',
  'idle',
  'system idle process',
  'time wait',
  'non-existent',
  'unknown',
  'n/a',
  'null',
  'leerlauf',
  'leerlaufprozess',
  'systemleerlaufprozess',
  'processus inactif du système',
  'processus inactif',
  'proceso inactivo del sistema',
  'processo inattivo del sistema',
  'processo ocioso do sistema',
  'systeeminactief',
  'бездействие системы',
  'システム アイドル プロセス',
  '系统空闲进程',
  '系統閒置處理程序',
]);

/** A name as a file prints it, or '' where it is nobody's. */
export function nameOfOwner(text: string): string {
  const bare = text
    .trim()
    .replace(/^[[<(](.*)[\])>]$/u, '$1')
    .trim();
  return NOBODY.has(bare.toLowerCase()) ? '' : bare;
}
