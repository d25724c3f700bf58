import type { HostFacts } from '../../measure/facts.js';
import { say } from '../../messages/say.js';
import type { AddressFamily } from '../../model/endpoint.js';
import type { Message } from '../../model/report-message.js';
import type { Transport } from '../../model/connection.js';

/** What the way back rests on without proof: a range that was not captured, or IPv6's taken to be the same as IPv4's. */
export function rollbackRisks(facts: HostFacts, transport: Transport): Message[] {
  if (!isCaptured(facts, transport, 'ipv4')) return [say('action.range.risk-assumed')];
  return isCaptured(facts, transport, 'ipv6') ? [] : [say('action.range.risk-assumed-ipv6')];
}

/** netsh prints no family, so a range belongs to IPv6 only where the capture says so; Get-NetTCPSetting knows one range for both. */
export function isCaptured(facts: HostFacts, transport: Transport, family: AddressFamily): boolean {
  return facts.evidence.settings.some(
    ({ record }) =>
      record.kind === 'dynamic-range' &&
      record.pool === 'dynamic' &&
      (record.transport ?? 'tcp') === transport &&
      (record.family === family ||
        record.origin === 'Get-NetTCPSetting' ||
        (record.family === null && family === 'ipv4')),
  );
}
