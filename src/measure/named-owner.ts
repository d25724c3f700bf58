import type { NumberedNames } from './host-measures.js';
import type { ConsumerIdentity } from './owners/consumer-index.js';

/** The consumer that owns a PID at a moment (UTC milliseconds); null for PID 0 and unknown owners. */
export function ownerOf({ consumers }: NumberedNames, pid: number, atMs: number | null): ConsumerIdentity | null {
  const id = consumers.idOf(pid, atMs);
  return id === null ? null : consumers.identity(id);
}
