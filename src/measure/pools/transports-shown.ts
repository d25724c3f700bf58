import type { Snapshot } from '../../model/snapshot.js';

/** Of which transports a snapshot has rows. */
export function transportsShown({ rows }: Snapshot): { tcp: boolean; udp: boolean } {
  let tcp = false;
  let udp = false;
  for (let index = 0; index < rows.length && !(tcp && udp); index += 1) {
    if (rows.udp[index] === 1) udp = true;
    else tcp = true;
  }
  return { tcp, udp };
}
