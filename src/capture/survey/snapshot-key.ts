import type { Format } from '../../model/format.js';
import type { SnapshotHeader } from '../../parsers/parser.js';

/** How a format sets its snapshots apart: a dump is one for itself, rows with one time and host are one wherever they stand. */
export type SnapshotKind = 'dump' | 'stamped-rows';

export function snapshotKindOf(format: Format): SnapshotKind {
  return format === 'netstat' ? 'dump' : 'stamped-rows';
}

/**
 * Names a snapshot inside its file the same way in both passes. A dump, and rows without a stamp, are named by how many came
 * before: `time /t` prints no seconds, so two dumps may show one time.
 */
export function snapshotKey(header: SnapshotHeader, kind: SnapshotKind, snapshotsBefore: number): string {
  const { stamp, host } = header;
  if (stamp === null || kind === 'dump') return `#${String(snapshotsBefore)}|${host ?? ''}`;
  const moment =
    stamp.kind === 'instant'
      ? `i${String(stamp.epochMs)}`
      : stamp.kind === 'local'
        ? `l${String(stamp.localMs)}`
        : `a${String(stamp.monthFirstMs)}`;
  return `${moment}|${host ?? ''}`;
}
