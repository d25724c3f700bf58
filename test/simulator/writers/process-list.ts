import type { Snapshot } from '../snapshot.js';
import { csvRecord } from './csv.js';
import { cultureDateTime, stampWithOffset, type HostClock } from './host-clock.js';

const RULER = '========================= ======== ================ =========== ============';
const HEADINGS = {
  en: 'Image Name                     PID Session Name        Session#    Mem Usage',
  fr: "Nom de l'image                 PID Nom de la sessio Numéro de s Utilisation ",
  de: 'Abbildname                     PID Sitzungsname       Sitz.-Nr. Speichernutzung',
} as const;

interface Listed {
  readonly image: string;
  readonly pid: number;
  readonly session: string;
  readonly memory: number;
  readonly services: readonly string[];
  readonly user: string;
}

function listed(snapshot: Snapshot): Listed[] {
  const rows = snapshot.processes.map(({ pid, spec }) => ({
    image: spec.image,
    pid,
    session: spec.user === undefined || spec.user.startsWith('NT ') ? 'Services' : 'RDP-Tcp#3',
    memory: 3_000 + ((pid * 7_919) % 240_000),
    services: spec.services ?? [],
    user: spec.user ?? 'NT AUTHORITY\\SYSTEM',
  }));
  const idle = {
    image: 'System Idle Process',
    pid: 0,
    session: 'Services',
    memory: 8,
    services: [],
    user: 'NT AUTHORITY\\SYSTEM',
  };
  const system = { ...idle, image: 'System', pid: 4, memory: 148 };
  return [idle, ...(rows.some((row) => row.pid === 4) ? [] : [system]), ...rows].sort((a, b) => a.pid - b.pid);
}

/** `tasklist`: a table with a blank line before it; names longer than 25 characters are cut. */
export function tasklistTable(snapshot: Snapshot, language: keyof typeof HEADINGS = 'en'): string {
  const lines = ['', HEADINGS[language], RULER];
  for (const { image, pid, session, memory } of listed(snapshot)) {
    const number = session === 'Services' ? '0' : '3';
    const group = { en: ',', fr: '\u00a0', de: '.' }[language];
    const amount = `${String(memory).replace(/\B(?=(\d{3})+$)/, group)} ${language === 'fr' ? 'Ko' : 'K'}`;
    lines.push(
      `${image.slice(0, 25).padEnd(25)} ${String(pid).padStart(8)} ${session.padEnd(16)} ${number.padStart(11)} ${amount.padStart(12)}`,
    );
  }
  return lines.join('\n') + '\n';
}

/** `tasklist /v /fo csv`. */
export function tasklistCsv(snapshot: Snapshot): string {
  const columns = [
    'Image Name',
    'PID',
    'Session Name',
    'Session#',
    'Mem Usage',
    'Status',
    'User Name',
    'CPU Time',
    'Window Title',
  ];
  const lines = [csvRecord(columns, ',')];
  for (const { image, pid, session, memory, user } of listed(snapshot)) {
    const amount = `${String(memory).replace(/\B(?=(\d{3})+$)/, ',')} K`;
    const number = session === 'Services' ? '0' : '3';
    lines.push(csvRecord([image, String(pid), session, number, amount, 'Unknown', user, '0:00:12', 'N/A'], ','));
  }
  return lines.join('\n') + '\n';
}

/** `tasklist /svc`: the services of each process, long lists wrapped. */
export function tasklistServices(snapshot: Snapshot): string {
  const lines = [
    '',
    'Image Name                     PID Services',
    '========================= ======== ============================================',
  ];
  for (const { image, pid, services } of listed(snapshot)) {
    lines.push(
      `${image.slice(0, 25).padEnd(25)} ${String(pid).padStart(8)} ${services.length === 0 ? 'N/A' : services.join(', ')}`,
    );
  }
  return lines.join('\n') + '\n';
}

/** `Get-Process` with chosen columns; names come without `.exe`. */
export function getProcessCsv(
  snapshots: readonly Snapshot[],
  clock: HostClock,
  hostName: string,
  startMs: number,
): string {
  const lines = [csvRecord(['Timestamp', 'HostName', 'Id', 'ProcessName', 'StartTime'], ',')];
  for (const snapshot of snapshots) {
    for (const { pid, spec, startedSeconds } of snapshot.processes) {
      const started = cultureDateTime(clock, startMs + startedSeconds * 1000);
      const name = spec.image.replace(/\.exe$/i, '');
      lines.push(csvRecord([stampWithOffset(clock, snapshot.atMs), hostName, String(pid), name, started], ','));
    }
  }
  return lines.join('\n') + '\n';
}
