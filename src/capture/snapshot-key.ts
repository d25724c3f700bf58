import type { SnapshotHeader } from '../parsers/parser.js';

/**
 * Names a snapshot inside its file the same way in both passes: rows with one stamp and host are one snapshot wherever they
 * stand; a dump without a stamp is one for itself, named by how many came before it.
 */
export function snapshotKey(header: SnapshotHeader, snapshotsBefore: number): string {
  const { stamp, host } = header;
  if (stamp === null) return `#${String(snapshotsBefore)}|${host ?? ''}`;
  const moment =
    stamp.kind === 'instant'
      ? `i${String(stamp.epochMs)}`
      : stamp.kind === 'local'
        ? `l${String(stamp.localMs)}`
        : `a${String(stamp.monthFirstMs)}`;
  return `${moment}|${host ?? ''}`;
}
