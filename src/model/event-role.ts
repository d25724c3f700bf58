import type { EventRole } from './report.js';

/**
 * Which events mean something here. Provider names are compared whole and in any case; ids are the low 16 bits.
 * Sources: netevent.h (4227, 4231, 4266), Microsoft's "Troubleshoot port exhaustion" and the RDP sign-in article (5719, 1129);
 * the rest are consistent with exhaustion but not documented as signs of it, so they weigh less.
 */
interface KnownEvent {
  readonly provider: string;
  readonly ids: readonly number[];
  readonly role: EventRole;
  /** 1 = documented sign of port exhaustion, below 1 = only consistent with it. */
  readonly weight: number;
}

export const TIME_WAIT_COLLISION = 4227;
export const TCP_PORT_SPACE_EXHAUSTED = 4231;
export const UDP_PORT_SPACE_EXHAUSTED = 4266;
export const NAT_POOL_EXHAUSTED = 1033;
export const FIXED_PORT_REFUSED = 15_005;
export const ONSET_IDS: readonly number[] = [TIME_WAIT_COLLISION, TCP_PORT_SPACE_EXHAUSTED, UDP_PORT_SPACE_EXHAUSTED];

export const KNOWN_EVENTS: readonly KnownEvent[] = [
  { provider: 'Tcpip', ids: ONSET_IDS, role: 'onset', weight: 1 },
  { provider: 'NETLOGON', ids: [5719], role: 'symptom', weight: 1 },
  { provider: 'NETLOGON', ids: [5783, 5722, 5823], role: 'symptom', weight: 0.3 },
  { provider: 'Microsoft-Windows-GroupPolicy', ids: [1129], role: 'symptom', weight: 1 },
  {
    provider: 'Microsoft-Windows-GroupPolicy',
    ids: [1006, 1030, 1053, 1054, 1055, 1058],
    role: 'symptom',
    weight: 0.3,
  },
  { provider: 'Microsoft-Windows-DistributedCOM', ids: [10009, 10028], role: 'symptom', weight: 0.3 },
  { provider: 'DCOM', ids: [10009, 10028], role: 'symptom', weight: 0.3 },
  { provider: 'Microsoft-Windows-DNS-Client', ids: [1014], role: 'symptom', weight: 0.3 },
  { provider: 'LsaSrv', ids: [40960, 40961], role: 'symptom', weight: 0.3 },
  { provider: 'Microsoft-Windows-Time-Service', ids: [24, 29, 47, 129, 131, 134], role: 'symptom', weight: 0.2 },
  { provider: 'Schannel', ids: [36871, 36887], role: 'symptom', weight: 0.1 },
  { provider: 'TermDD', ids: [56], role: 'symptom', weight: 0.1 },
  // Non-paged or paged pool empty: the other cause of error 10055, a competing explanation.
  { provider: 'Srv', ids: [2019, 2020], role: 'context', weight: 1 },
  // The text of 1033: "failed to allocate a %2 port dynamically because all ports in the instance's external address pool are in use".
  { provider: 'Microsoft-Windows-WinNat', ids: [NAT_POOL_EXHAUSTED], role: 'context', weight: 1 },
  // A program could not bind the port it is set up with: "Unable to bind to the underlying transport for %2".
  { provider: 'Microsoft-Windows-HttpEvent', ids: [FIXED_PORT_REFUSED], role: 'context', weight: 1 },
  { provider: 'EventLog', ids: [6005, 6006, 6008, 6009, 6013], role: 'boot', weight: 1 },
  { provider: 'Microsoft-Windows-Kernel-General', ids: [12, 13], role: 'boot', weight: 1 },
  { provider: 'Microsoft-Windows-Kernel-Power', ids: [41], role: 'boot', weight: 1 },
  { provider: 'User32', ids: [1074], role: 'change', weight: 1 },
  { provider: 'Microsoft-Windows-WindowsUpdateClient', ids: [19], role: 'change', weight: 1 },
  { provider: 'Service Control Manager', ids: [7045, 7036], role: 'change', weight: 1 },
];

const byProvider = new Map<string, KnownEvent[]>();
for (const known of KNOWN_EVENTS) {
  const key = known.provider.toLowerCase();
  byProvider.set(key, [...(byProvider.get(key) ?? []), known]);
}

/** The role of an event, or null for one that is only counted. Another provider's 4227 is a look-alike, never an onset. */
export function eventRole(provider: string, id: number): { readonly role: EventRole; readonly weight: number } | null {
  const known = byProvider.get(provider.toLowerCase())?.find((candidate) => candidate.ids.includes(id));
  if (known !== undefined) return known;
  return ONSET_IDS.includes(id) ? { role: 'look-alike', weight: 0 } : null;
}

/** Of the boot events those that say that the host has started: EventLog 6005 and 6009, Kernel-General 12. Others say that it stopped. */
export const STARTED_IDS: readonly number[] = [6005, 6009, 12];
