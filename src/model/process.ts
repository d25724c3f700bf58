import type { Stamp } from './stamp.js';

/** PID 4 is the kernel: it owns sockets of SMB, iSCSI and NFS itself. */
export const SYSTEM_PID = 4;
/** Remote ports of the clients that Windows has in its kernel: NetBIOS and SMB, PPTP, NFS, iSCSI. Anywhere else a driver connects. */
export const KERNEL_CLIENT_PORTS: readonly number[] = [139, 445, 1723, 2049, 3260];

/** What a file says about a process: from tasklist, Get-Process, or the owner lines of `netstat -b`. */
export interface ProcessRecord {
  readonly pid: number;
  /** Image name as written (`sqlservr.exe`); Get-Process prints it without `.exe`. */
  readonly image: string;
  readonly services: readonly string[];
  readonly user: string | null;
  readonly commandLine: string | null;
  readonly startedAt: Stamp | null;
  readonly line: number;
}

/** Two spellings of one image compared: case and a trailing `.exe` do not count. */
export function imageKey(image: string): string {
  const lower = image.toLowerCase();
  return lower.endsWith('.exe') ? lower.slice(0, -4) : lower;
}

/** What processes are called that no list names because they live too short: no image can have this name. */
export const SHORT_LIVED = '<short-lived>';
