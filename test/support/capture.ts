import { analyze } from '../../src/analyze.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { DEFAULT_HEADROOM, type AnalysisOptions } from '../../src/model/analysis.js';
import type { EvidenceFile } from '../../src/model/input.js';
import type { HostReport, Phrased, ReportDocument } from '../../src/model/report.js';
import { reportDocument } from '../../src/render/report-document.js';

/** The host that the built captures come from. */
export const HOST = 'APP02';
/** Its address, and the remote endpoint that most stories are about. */
export const LOCAL = '10.20.4.12';
export const SQL = '10.20.7.31:1433';

/** One line of a port table; `remote` is `address:port`, and `*:*` for UDP. */
export interface TableRow {
  readonly transport: 'TCP' | 'UDP';
  readonly local: string;
  readonly remote: string;
  readonly state: string;
  readonly pid: number;
  /** `hh:mm:ss` of 3 March 2026 in UTC; a CSV where any row has it has the column. */
  readonly created?: string;
}

/** `count` rows of one state from consecutive ports upwards, as `netstat -ano` would show them. */
export function connections(
  state: string,
  from: number,
  count: number,
  {
    remote = SQL,
    pid = state === 'TIME_WAIT' ? 0 : 4312,
    local = LOCAL,
    created,
  }: { remote?: string; pid?: number; local?: string; created?: string } = {},
): TableRow[] {
  return Array.from({ length: count }, (_, index) => ({
    transport: 'TCP',
    local: `${local}:${String(from + index)}`,
    remote,
    state,
    pid,
    ...(created === undefined ? {} : { created }),
  }));
}

/** Ports bound without a connection: only `-q` tables and unfiltered CSVs have them. */
export function bound(from: number, count: number, pid = 3120): TableRow[] {
  return connections('BOUND', from, count, { remote: '0.0.0.0:0', pid, local: '0.0.0.0' });
}

export function udp(from: number, count: number, pid = 1424): TableRow[] {
  return connections('', from, count, { remote: '*:*', pid, local: '0.0.0.0' }).map((row) => ({
    ...row,
    transport: 'UDP',
  }));
}

/** What every Windows server listens on; without a listener a table counts as filtered. */
export const LISTENERS: readonly TableRow[] = [
  { transport: 'TCP', local: '0.0.0.0:135', remote: '0.0.0.0:0', state: 'LISTENING', pid: 716 },
  { transport: 'TCP', local: '0.0.0.0:445', remote: '0.0.0.0:0', state: 'LISTENING', pid: 4 },
];

/** A moment of 3 March 2026 in UTC, as `hh:mm:ss`. */
export function iso(time: string): string {
  return `2026-03-03T${time}Z`;
}

/** `netstat -ano` (or `-anoq` where BOUND rows are among them) under the line of a dated prompt, CRLF. */
export function netstat(time: string, rows: readonly TableRow[]): string {
  const lines = rows.map(({ transport, local, remote, state, pid }) =>
    ['  ' + transport.padEnd(5), local.padEnd(23), remote.padEnd(23), state.padEnd(15), String(pid)].join(' '),
  );
  return [
    `2026-03-03 ${time}`,
    '',
    'Active Connections',
    '',
    '  Proto  Local Address          Foreign Address        State           PID',
    ...lines,
    '',
  ].join('\r\n');
}

const CSV_STATES: Readonly<Record<string, string>> = {
  LISTENING: 'Listen',
  ESTABLISHED: 'Established',
  TIME_WAIT: 'TimeWait',
  CLOSE_WAIT: 'CloseWait',
  SYN_SENT: 'SynSent',
  BOUND: 'Bound',
};

/** `Get-NetTCPConnection` with time and host on each row, as the loop this program recommends writes it. */
export function tcpCsv(time: string, rows: readonly TableRow[], host = HOST): string {
  const isAged = rows.some(({ created }) => created !== undefined);
  const lines = rows.map(({ local, remote, state, pid, created }) => {
    const [localAddress, localPort] = endpoint(local);
    const [remoteAddress, remotePort] = endpoint(remote);
    const values = [iso(time), host, localAddress, localPort, remoteAddress, remotePort, CSV_STATES[state], pid];
    if (isAged) values.push(created === undefined ? '' : iso(created));
    return values.map((value) => `"${String(value)}"`).join(',');
  });
  const columns = ['Timestamp', 'HostName', 'LocalAddress', 'LocalPort', 'RemoteAddress', 'RemotePort', 'State'];
  return [
    [...columns, 'OwningProcess', ...(isAged ? ['CreationTime'] : [])].map((name) => `"${name}"`).join(','),
    ...lines,
    '',
  ].join('\r\n');
}

function endpoint(text: string): [string, string] {
  const colon = text.lastIndexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

export interface LogLine {
  readonly time: string;
  readonly id: number;
  readonly provider?: string;
  readonly data?: readonly string[];
}

/** A System log from midnight to noon with these events in it; the ones at its ends mean nothing. */
export function systemLog(events: readonly LogLine[], host = HOST): string {
  const ends = (time: string): LogLine => ({ time, id: 16, provider: 'Microsoft-Windows-Kernel-General' });
  const all = [ends('00:00:00'), ...events, ends('12:00:00')].toSorted((a, b) => (a.time < b.time ? -1 : 1));
  return `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>${all.map((event, at) => eventXml(event, 5001 + at, host)).join('\r\n')}</Events>`;
}

function eventXml({ time, id, provider = 'Tcpip', data = [''] }: LogLine, record: number, host: string): string {
  return [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>",
    `<Provider Name='${provider}'/><EventID Qualifiers='32768'>${String(id)}</EventID><Level>3</Level>`,
    `<TimeCreated SystemTime='${iso(time).replace('Z', '.000000000Z')}'/><EventRecordID>${String(record)}</EventRecordID>`,
    `<Channel>System</Channel><Computer>${host}</Computer></System>`,
    `<EventData>${data.map((value) => `<Data>${value}</Data>`).join('')}</EventData></Event>`,
  ].join('');
}

/** `netsh int ipv4 show dynamicport tcp`. */
export function netshRange(start = 49_152, count = 16_384, transport = 'tcp'): string {
  return [
    '',
    `Protocol ${transport} Dynamic Port Range`,
    '---------------------------------',
    `Start Port      : ${String(start)}`,
    `Number of Ports : ${String(count)}`,
    '',
  ].join('\r\n');
}

/** `netsh int ipv4 show excludedportrange protocol=tcp`; administered blocks carry a star. */
export function netshExclusions(...blocks: readonly (readonly [first: number, last: number, star?: '*'])[]): string {
  const lines = blocks.map(
    ([first, last, star]) =>
      `${String(first).padStart(10)}${String(last).padStart(12)}${star === undefined ? '' : '     *'}`,
  );
  const head = ['', 'Protocol tcp Port Exclusion Ranges', '', 'Start Port    End Port', '----------    --------'];
  return [...head, ...lines, '', '* - Administered port exclusions.', ''].join('\r\n');
}

/** `reg query` of Tcpip\Parameters (or a key below it) with these dwords. */
export function regQuery(values: Readonly<Record<string, number>>, below = ''): string {
  const lines = Object.entries(values).map(([name, value]) => `    ${name}    REG_DWORD    0x${value.toString(16)}`);
  const key = `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters${below}`;
  const always = [
    '    DataBasePath    REG_EXPAND_SZ    %SystemRoot%\\System32\\drivers\\etc',
    '    ICSDomain    REG_SZ    mshome.net',
  ];
  return ['', key, ...always, ...lines, ''].join('\r\n');
}

/** `tasklist /fo csv` with these images by PID. */
export function tasklist(images: Readonly<Record<number, string>>): string {
  const lines = Object.entries(images).map(([pid, image]) => `"${image}","${pid}","Services","0","8,192 K"`);
  return ['"Image Name","PID","Session Name","Session#","Mem Usage"', ...lines, ''].join('\r\n');
}

export const TASKS = tasklist({
  4: 'System',
  716: 'svchost.exe',
  1424: 'dns.exe',
  3120: 'FabrikamAgent.exe',
  4312: 'Contoso.Sync.exe',
  5000: 'w3wp.exe',
});

/** Files in memory, without modification times. */
export function evidenceFiles(files: Readonly<Record<string, string | Uint8Array>>): EvidenceFile[] {
  return Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return {
      path,
      bytes: bytes.length,
      modifiedMs: null,
      open: async function* () {
        yield await Promise.resolve(bytes);
      },
    };
  });
}

export const OPTIONS: AnalysisOptions = {
  headroom: DEFAULT_HEADROOM,
  range: null,
  timeWaitSeconds: null,
  timezone: '+00:00',
  host: null,
  fromMs: null,
  toMs: null,
  generatedAtMs: Date.UTC(2026, 5, 30, 12),
  arguments: [],
};

export async function reportOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<AnalysisOptions> = {},
): Promise<ReportDocument> {
  return reportDocument(await analyze(evidenceFiles(files), nodePlatform, { ...OPTIONS, ...options }), 'en');
}

/** The only host of a capture. */
export async function hostOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<AnalysisOptions> = {},
): Promise<Phrased<HostReport>> {
  const { hosts } = await reportOf(files, options);
  const [host] = hosts;
  if (host === undefined || hosts.length !== 1) throw new Error(`one host expected, ${String(hosts.length)} found`);
  return host;
}

/** What a hypothesis came to. */
export function outcomeOf(host: HostReport, id: string): string {
  return host.hypotheses.find((hypothesis) => hypothesis.id === id)?.outcome ?? 'missing';
}
