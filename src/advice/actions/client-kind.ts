import type { ConsumerIdentity } from '../../measure/owners/consumer-index.js';
import { imageKey, KERNEL_CLIENT_PORTS, SYSTEM_PID } from '../../model/process.js';

/**
 * What can be done about a program that opens connections too often; the first four cannot be mended by whoever runs the host. The
 * kernel connects as a client of its own, or a driver does in its name.
 */
export type ClientKind = 'kernel-client' | 'driver' | 'windows' | 'browser' | 'sql' | 'http' | 'other';

/** Ports of SQL Server, Oracle, MySQL and PostgreSQL. */
const SQL_PORTS: readonly number[] = [1433, 1434, 1521, 3306, 5432];
const HTTP_PORTS: readonly number[] = [80, 443, 8080, 8443];

/** Images that come with Windows; as `imageKey` has them. */
const WINDOWS_IMAGES = ['system', 'svchost', 'lsass', 'services', 'spoolsv', 'wininit', 'wsmprovhost', 'dns', 'dfsrs'];
const BROWSER_IMAGES = ['chrome', 'msedge', 'msedgewebview2', 'firefox', 'iexplore', 'brave', 'opera'];

/** By the image where every program at fault is Windows' own or a browser, else by the well-known service behind the remote port. */
export function clientKind(programs: readonly ConsumerIdentity[], port: number | null): ClientKind {
  const among = (images: readonly string[]): boolean =>
    programs.length > 0 && programs.every(({ process }) => images.includes(imageKey(process)));
  if (isKernel(programs)) return port !== null && KERNEL_CLIENT_PORTS.includes(port) ? 'kernel-client' : 'driver';
  if (among(WINDOWS_IMAGES)) return 'windows';
  if (among(BROWSER_IMAGES)) return 'browser';
  if (port !== null && SQL_PORTS.includes(port)) return 'sql';
  return port !== null && HTTP_PORTS.includes(port) ? 'http' : 'other';
}

/** True where nobody but the kernel (PID 4) is at fault, which has no Winsock options and cannot be restarted alone. */
export function isKernel(programs: readonly ConsumerIdentity[]): boolean {
  return (
    programs.length > 0 && programs.every(({ pids }) => pids.size > 0 && [...pids].every((pid) => pid === SYSTEM_PID))
  );
}
