import type { Snapshot, StateWord, TableRow } from '../snapshot.js';
import { cmdDateTime, type HostClock } from './host-clock.js';

export type NetstatLanguage = 'en' | 'fr' | 'de';
export type NetstatSwitches = '-ano' | '-anoq' | '-anoi' | '-an';

const TITLES: Readonly<Record<NetstatLanguage, string>> = {
  en: 'Active Connections',
  fr: 'Connexions actives',
  de: 'Aktive Verbindungen',
};

/** French Windows prints no title over the PID column. */
const HEADINGS: Readonly<Record<NetstatLanguage, string>> = {
  en: '  Proto  Local Address          Foreign Address        State           PID',
  fr: '  Proto  Adresse locale         Adresse distante       État',
  de: '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
};
const AGE_HEADING = '  Proto  Local Address          Foreign Address        State        PID       Time in State (ms)';

const ENGLISH: Readonly<Record<StateWord, string>> = {
  Listen: 'LISTENING',
  SynSent: 'SYN_SENT',
  Established: 'ESTABLISHED',
  FinWait2: 'FIN_WAIT_2',
  CloseWait: 'CLOSE_WAIT',
  Closing: 'CLOSING',
  LastAck: 'LAST_ACK',
  TimeWait: 'TIME_WAIT',
  Bound: 'BOUND',
};

const GERMAN: Readonly<Partial<Record<StateWord, string>>> = {
  Listen: 'ABHÖREN',
  SynSent: 'SYN_GESENDET',
  Established: 'HERGESTELLT',
  FinWait2: 'FIN_WARTEN_2',
  CloseWait: 'SCHLIESSEN_WARTEN',
  TimeWait: 'WARTEND',
};

/** One run of netstat with its title and heading, lines ended by `\n`. */
export function netstat(snapshot: Snapshot, switches: NetstatSwitches, language: NetstatLanguage = 'en'): string {
  const withPid = switches !== '-an';
  const heading =
    switches === '-anoi' ? AGE_HEADING : withPid ? HEADINGS[language] : HEADINGS[language].replace(/ +PID$/, '');
  const lines = ['', TITLES[language], '', heading];
  for (const row of snapshot.rows) {
    if (row.state === 'Bound' && switches !== '-anoq') continue;
    if (switches === '-anoi') {
      if (row.transport === 'tcp') lines.push(ageRow(row, snapshot.atMs));
      continue;
    }
    const state = row.state === null ? '' : ((language === 'de' ? GERMAN[row.state] : undefined) ?? ENGLISH[row.state]);
    const pid = withPid ? String(row.pid) : '';
    lines.push(`${addresses(row, '  ')}${state.padEnd(15)} ${pid}`);
  }
  return lines.join('\n') + '\n';
}

/** Several dumps in one file, each under the line that `echo %date% %time% >> netstat.txt` writes. */
export function netstatSeries(
  snapshots: readonly Snapshot[],
  switches: NetstatSwitches,
  clock: HostClock,
  language: NetstatLanguage = 'en',
): string {
  return snapshots
    .map((snapshot) => `${cmdDateTime(clock, snapshot.atMs)} \n${netstat(snapshot, switches, language)}`)
    .join('');
}

function addresses(row: TableRow, indent: string): string {
  const protocol = row.transport === 'tcp' ? 'TCP' : 'UDP';
  const remote = row.remoteAddress === '' ? '*:*' : endpoint(row.remoteAddress, row.remotePort);
  return `${indent}${protocol}    ${endpoint(row.localAddress, row.localPort).padEnd(22)} ${remote.padEnd(22)} `;
}

function ageRow(row: TableRow, atMs: number): string {
  const state = row.state === null ? '' : ENGLISH[row.state];
  return `${addresses(row, '')}${state.padEnd(12)}${String(row.pid).padStart(8)}${String(atMs - row.sinceMs).padStart(11)}`;
}

function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${String(port)}` : `${address}:${String(port)}`;
}
