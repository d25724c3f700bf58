import type { SnapshotHeader } from '../../parsers/parser.js';

/**
 * Names a snapshot inside its file the same way in both passes. A dump, and rows without a stamp, are named by how many came
 * before: `time /t` prints no seconds, so two dumps may show one time.
 */
export function snapshotKey(header: SnapshotHeader, snapshotsBefore: number): string {
  const { kind, stamp, host } = header;
  if (stamp === null || kind === 'dump') return `#${String(snapshotsBefore)}|${host ?? ''}`;
  const moment =
    stamp.kind === 'instant'
      ? `i${String(stamp.epochMs)}`
      : stamp.kind === 'local'
        ? `l${String(stamp.localMs)}`
        : `a${String(stamp.monthFirstMs)}`;
  return `${moment}|${host ?? ''}`;
}
