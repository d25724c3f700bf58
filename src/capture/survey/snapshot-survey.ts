import { TcpState, type ConnectionRow } from '../../model/connection.js';
import { isLoopback, isWildcard } from '../../model/endpoint.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { Stamp } from '../../model/stamp.js';
import type { SnapshotHeader } from '../../parsers/parser.js';
import { NewestCreation } from './newest-creation.js';
import { RepeatedListeners } from './repeated-listeners.js';
import { RowSetHash } from './row-set-hash.js';

/** A server has a handful; containers and clusters some more. */
const MAX_LOCAL_ADDRESSES = 64;

/** So many lines lost, and more than one in a hundred, are too many for a table to be whole: any count of it may be off by as much. */
const FEWEST_LOST_ROWS = 10;
const MOST_LOST_SHARE = 0.01;

/** Opened by this host, to all appearances: those that others opened may be old when it can open none any more. */
function isOutgoing({ state, localPort, remotePort }: ConnectionRow): boolean {
  return state !== TcpState.TimeWait && state !== TcpState.Bound && remotePort > 0 && localPort > remotePort;
}

/** Where in a file a snapshot is, and what it is, without its rows. */
export class SnapshotSurvey {
  readonly key: string;
  /** How many snapshots of its file begin before it. */
  readonly place: number;
  readonly stamp: Stamp | null;
  readonly hostText: string | null;
  readonly line: number;
  cannotShow: Snapshot['cannotShow'];
  readonly keeps: Snapshot['keeps'];
  readonly hasHeading: boolean;
  tcpRows = 0;
  udpRows = 0;
  /** Those that go within minutes: TIME_WAIT and SYN_SENT. */
  volatileRows = 0;
  listeners = 0;
  /** Lines that were rows of it and could not be read. */
  lostRows = 0;
  /** Several captures that nothing sets apart: of which of them a row is nobody knows. */
  areSeveralCaptures = false;
  #repeated = new RepeatedListeners();
  /** Of its last row. */
  lastLine: number;
  /** False when its rows stand in several places of the file. */
  contiguous = true;
  readonly hash = new RowSetHash();
  /** The host's own addresses but loopback and wildcards, the first ones. */
  readonly localAddresses = new Set<string>();
  /** When the youngest outgoing connections were opened, of a table without a time of its own. */
  readonly newest = new NewestCreation();

  constructor(key: string, place: number, { stamp, host, line, cannotShow, keeps, hasHeading }: SnapshotHeader) {
    this.key = key;
    this.place = place;
    this.stamp = stamp;
    this.hostText = host;
    this.line = line;
    this.lastLine = line;
    this.cannotShow = cannotShow;
    this.keeps = keeps;
    this.hasHeading = hasHeading;
  }

  /** Counts a row; its columns go nowhere. `created` is its CreationTime where it has one. */
  surveyRow(row: ConnectionRow, created: Stamp | null): void {
    this.hash.hashRow(row);
    this.lastLine = row.line;
    if (row.state === TcpState.TimeWait || row.state === TcpState.SynSent) this.volatileRows += 1;
    // What a format usually hides, a row of this file may show all the same.
    if (row.transport === 'udp') this.#shows('udp');
    else if (row.state === TcpState.Bound) this.#shows('bound');
    if (row.owner !== '') this.#shows('owner');
    if (row.transport === 'tcp' && row.state === TcpState.Listen) {
      this.listeners += 1;
      this.#repeated.addListener(row);
    }
    const { localAddress } = row;
    if (this.localAddresses.size < MAX_LOCAL_ADDRESSES && !isWildcard(localAddress) && !isLoopback(localAddress)) {
      if (localAddress !== '') this.localAddresses.add(localAddress);
    }
    if (created !== null && isOutgoing(row)) this.newest.addCreation(created);
  }

  #shows(what: 'udp' | 'bound' | 'owner'): void {
    if (this.cannotShow.includes(what)) this.cannotShow = this.cannotShow.filter((one) => one !== what);
  }

  /** Its rows have ended, for now: what was kept to find repetitions goes. */
  close(): void {
    this.areSeveralCaptures ||= this.#repeated.areSeveralCaptures;
    this.#repeated = new RepeatedListeners();
    const rows = this.tcpRows + this.udpRows;
    if (this.lostRows >= FEWEST_LOST_ROWS && this.lostRows > MOST_LOST_SHARE * rows) this.breakOff();
  }

  /** From here on it counts as one whose last rows are missing. */
  breakOff(): void {
    if (!this.cannotShow.includes('tail')) this.cannotShow = [...this.cannotShow, 'tail'];
  }
}
