import type { HostFacts } from '../../measure/facts.js';
import { DEFAULT_SOCKET_POOL, isSocketPool } from '../../mechanisms/dns-socket-pool.js';
import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import { namedCulprits } from './culprits.js';

const id = 'shrink-dns-socket-pool';
const SHOW = 'dnscmd /Info /SocketPoolSize';

/** What a DNS server holds by design is a setting of it, and no leak to stop. */
export const shrinkDnsSocketPool: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => {
    const ports = socketPoolOf(facts, atFault);
    if (ports === null || ports <= DEFAULT_SOCKET_POOL) return null;
    const set = (size: number): string => `dnscmd /Config /SocketPoolSize ${String(size)}`;
    return {
      id,
      title: say('action.dns-socket-pool.title', { size: DEFAULT_SOCKET_POOL }),
      why: say('action.dns-socket-pool.why', { ...namedCulprits(facts, atFault), ports, size: DEFAULT_SOCKET_POOL }),
      who: say('action.who', { role: 'host' }),
      when: 'now',
      planned: true,
      restartRequired: 'program',
      duration: say('action.duration', { kind: 'service' }),
      apply: {
        cmd: [SHOW, set(DEFAULT_SOCKET_POOL), 'net stop DNS', 'net start DNS'],
        powershell: [SHOW, set(DEFAULT_SOCKET_POOL), 'Restart-Service DNS'],
        reg: null,
      },
      verify: [SHOW],
      workedWhen: say('action.worked.dns-socket-pool', { size: DEFAULT_SOCKET_POOL }),
      rollback: [set(ports), 'net stop DNS', 'net start DNS'],
      risks: [say('action.dns-socket-pool.risk')],
    };
  },
};

/** UDP ports of the DNS server, where it alone is at fault and holds no more than its socket pool may have. */
export function socketPoolOf({ udpHolders }: HostFacts, atFault: readonly number[]): number | null {
  const holders = udpHolders.filter(({ identity }) => atFault.includes(identity.id));
  const [holder] = holders;
  if (holder === undefined || holders.length !== atFault.length) return null;
  return holders.every(({ identity, ports }) => isSocketPool(identity, ports)) ? holder.ports : null;
}
