import type { ConnectionTable } from './connection-table.js';

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
  readonly rows: ConnectionTable;
}
