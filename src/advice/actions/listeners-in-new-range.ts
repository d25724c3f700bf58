import type { HostFacts } from '../../measure/facts.js';
import { say } from '../../messages/say.js';
import { ADDRESS_FAMILIES } from '../../model/endpoint.js';
import { formatRange, inRange, lastPort, MAX_PORT, WINDOWS_DEFAULT_RANGE, type PortRange } from '../../model/port.js';
import { imageKey } from '../../model/process.js';
import type { Message } from '../../model/report-message.js';
import { namedListeners } from '../plan/named-listeners.js';
import type { SettingsPlan } from '../plan/settings-plan.js';
import { ROUND_TO } from '../plan/usable-ports.js';

/** RPC servers of Windows: their endpoints are dynamic ports themselves, from the default range and from nowhere else. */
const RPC_SERVERS = ['wininit', 'lsass', 'services', 'spoolsv', 'svchost'];
/** Their endpoints in the order they start, on current Windows; what stands for the name where a table has no owners. */
const RPC_ENDPOINTS: PortRange = { start: 49_664, count: 16 };
/** For more ports than this the commands are shown for the first one. */
const MOST_COMMANDS = 3;

/** The listening ports that the new range has and the old one had not; the RPC endpoints in the default range are at home there. */
export function listenersInNewRange(facts: HostFacts, { offer, current }: SettingsPlan, range: PortRange): number[] {
  const now = new Set(offer.listenersIn(current));
  const owners = new Map(facts.listeners.map(({ port, process }) => [port, process]));
  return offer.listenersIn(range).filter((port) => !now.has(port) && !isRpcEndpoint(port, owners.get(port) ?? null));
}

function isRpcEndpoint(port: number, process: string | null): boolean {
  if (process === null) return inRange(RPC_ENDPOINTS, port);
  return inRange(WINDOWS_DEFAULT_RANGE, port) && RPC_SERVERS.includes(imageKey(process));
}

/** Who listens, to be looked at before a range is changed; nothing where a table that was captured lists it. */
export function listingFirst({ listeners }: HostFacts): { cmd: string[]; powershell: string[] } {
  if (listeners.length > 0) return { cmd: [], powershell: [] };
  return {
    cmd: ['netstat -ano -p tcp'],
    powershell: [
      'Get-NetTCPConnection -State Listen | Sort-Object LocalPort | Format-Table LocalAddress, LocalPort, OwningProcess',
    ],
  };
}

/** What can collide in the new range: the services by name with the commands that keep their ports, and what could not be checked. */
export function collisionRisks(facts: HostFacts, plan: SettingsPlan, range: PortRange): Message[] {
  if (facts.listeners.length === 0) {
    return [say('action.range.risk-no-listeners', { start: range.start, end: lastPort(range) })];
  }
  const added = listenersInNewRange(facts, plan, range);
  const unseen = say('action.range.risk-unseen');
  if (added.length === 0) return [unseen];
  const shown = added.length > MOST_COMMANDS ? added.slice(0, 1) : added;
  const exclude = shown.flatMap((port) =>
    ADDRESS_FAMILIES.map(
      (family) => `netsh int ${family} add excludedportrange protocol=tcp startport=${String(port)} numberofports=1`,
    ),
  );
  const above = startAbove(plan, added);
  const risk = say('action.range.risk-listeners', {
    ...namedListeners(facts, added),
    exclude,
    likewise: shown.length < added.length,
    above: above === null ? null : formatRange(above),
    usable: above === null ? null : plan.offer.usable(above),
  });
  return [risk, unseen];
}

/** The range with its start moved above these listeners, where that still adds ports to the present one; else null. */
function startAbove({ offer, current, currentUsable }: SettingsPlan, added: readonly number[]): PortRange | null {
  const highest = Math.max(...added);
  if (highest >= current.start) return null;
  const rounded = Math.ceil((highest + 1) / ROUND_TO) * ROUND_TO;
  const start = rounded < current.start ? rounded : highest + 1;
  const range = { start, count: MAX_PORT - start + 1 };
  return start < current.start && offer.usable(range) > currentUsable ? range : null;
}
