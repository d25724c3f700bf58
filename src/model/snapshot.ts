import type { TcpState } from './connection.js';
import type { ConnectionTable } from './connection-table.js';

/**
 * How much of a host's port table a list holds. It is filtered where the command line above it says so, and whole where it shows it;
 * most lists that people paste do neither.
 */
export type TableScope = 'whole' | 'filtered' | 'not-known';

/** One port table of one host at one moment. */
export interface Snapshot {
  readonly host: string;
  readonly file: string;
  /** First line of the dump. */
  readonly line: number;
  /** UTC milliseconds; null when nothing tells. */
  readonly atMs: number | null;
  /** How far `atMs` may be off, in seconds. */
  readonly clockErrorSeconds: number;
  /** False when `atMs` is only the file's modification time: such moments order files but give no rates. */
  readonly isDated: boolean;
  /** What its format hides; `tail` where the table breaks off, so that any state may have had more rows. */
  readonly cannotShow: readonly ('bound' | 'listening' | 'owner' | 'tcp' | 'udp' | 'tail')[];
  /** Of a command line that filters: the states of which it let every row through, `None` for UDP. Null without one. */
  readonly keeps: readonly TcpState[] | null;
  /** The title or headings that the tool prints stand above its rows. */
  readonly hasHeading: boolean;
  readonly rows: ConnectionTable;
}
