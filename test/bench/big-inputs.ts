import { backgroundEvents } from '../simulator/background-events.js';
import { tcpipEvent } from '../simulator/host-events.js';
import { DEFAULT_RANGE } from '../simulator/ordinary-server.js';
import { RandomStream } from '../simulator/random.js';
import type { Ledger, Snapshot, TableRow } from '../simulator/snapshot.js';
import { eventXml } from '../simulator/writers/event-xml.js';
import type { HostClock } from '../simulator/writers/host-clock.js';
import { netstatSeries } from '../simulator/writers/netstat.js';
import { tcpConnectionCsv, type CsvColumn } from '../simulator/writers/tcp-connection-csv.js';

const clock: HostClock = { culture: 'en-US', standardMinutes: 60, zoneName: 'Romance Standard Time' };
const startMs = Date.UTC(2026, 0, 5, 6);
const DAY_MS = 86_400_000;

/** A root-less System log (`wevtutil`), oldest first: a day a piece, one 4227 in each. */
export function* systemLogPieces(seed: number, bytes: number): Generator<string> {
  const decoder = new TextDecoder();
  let record = 1_000;
  let written = 0;
  for (let day = 0; written < bytes; day++) {
    const fromMs = startMs + day * DAY_MS;
    const records = backgroundEvents(seed + day, fromMs, fromMs + DAY_MS, 200, startMs - DAY_MS, clock);
    records.push(tcpipEvent(fromMs + 3_600_000, 4_227));
    const text = decoder.decode(
      eventXml(records, { style: 'wevtutil', computer: 'BENCH01.contoso.example', firstRecordId: record }),
    );
    record += records.length;
    written += text.length;
    yield text;
  }
}

/** `netstat -ano` every minute of a host whose pool is full of TIME_WAIT. */
export function* netstatPieces(seed: number, bytes: number): Generator<string> {
  yield* seriesPieces(seed, bytes, (snapshot) => netstatSeries([snapshot], '-ano', clock));
}

const COLUMNS: readonly CsvColumn[] = [
  'Timestamp',
  'HostName',
  'Protocol',
  'State',
  'CreationTime',
  'LocalAddress',
  'LocalPort',
  'RemoteAddress',
  'RemotePort',
  'OwningProcess',
];

/** `Get-NetTCPConnection` of the same host, every moment in one CSV. */
export function* connectionCsvPieces(seed: number, bytes: number): Generator<string> {
  let first = true;
  yield* seriesPieces(seed, bytes, (snapshot) => {
    const text = tcpConnectionCsv([snapshot], { clock, columns: COLUMNS, hostName: 'BENCH01' });
    const piece = first ? text : text.slice(text.indexOf('\n') + 1);
    first = false;
    return piece;
  });
}

function* seriesPieces(seed: number, bytes: number, write: (snapshot: Snapshot) => string): Generator<string> {
  const random = new RandomStream(seed, 'big series');
  const rows = fullPool(random);
  let written = 0;
  for (let minute = 0; written < bytes; minute++) {
    const atMs = startMs + minute * 60_000;
    renew(rows, random, atMs);
    const piece = write({ atMs, rows, processes: [], ledger: NO_LEDGER, udpLedger: NO_LEDGER }).replaceAll(
      '\n',
      '\r\n',
    );
    written += piece.length;
    yield piece;
  }
}

const NO_LEDGER: Ledger = {
  usable: 0,
  inUse: 0,
  free: 0,
  established: 0,
  synSent: 0,
  finWait2: 0,
  lastAck: 0,
  closeWait: 0,
  timeWait: 0,
  bound: 0,
  listening: 0,
};

function fullPool(random: RandomStream): TableRow[] {
  return Array.from({ length: DEFAULT_RANGE.count }, (_, index) =>
    connection(DEFAULT_RANGE.start + index, random, startMs),
  );
}

/** About half of the ports change hands within a minute. */
function renew(rows: TableRow[], random: RandomStream, atMs: number): void {
  for (let index = 0; index < rows.length; index++) {
    if (random.next() < 0.5) rows[index] = connection(DEFAULT_RANGE.start + index, random, atMs);
  }
}

function connection(localPort: number, random: RandomStream, atMs: number): TableRow {
  const live = random.next() < 0.02;
  const many = random.next() < 0.05;
  return {
    transport: 'tcp',
    state: live ? 'Established' : 'TimeWait',
    localAddress: '10.20.4.12',
    localPort,
    remoteAddress: many ? `198.51.100.${String(1 + random.below(250))}` : '10.20.7.31',
    remotePort: many ? 443 : 1_433,
    pid: live ? 4_312 : 0,
    createdMs: atMs - random.below(60_000),
    sinceMs: atMs - random.below(60_000),
  };
}
