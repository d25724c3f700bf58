import type { HostFacts } from '../../measure/facts.js';
import { settingsHelpOf } from '../../mechanisms/mechanism.js';
import type { Conclusion } from '../../verdict/conclude.js';
import { say } from '../../messages/say.js';
import { lastPort, MAX_PORT, WINDOWS_DEFAULT_RANGE, type PortRange } from '../../model/port.js';
import type { RangeAdvice } from '../../model/report-advice.js';
import { LOWEST_START } from './usable-ports.js';

/** The UDP range to set, where UDP ran out and nothing leaks: the default, or twice what there is; null = leave. */
export function plannedUdpRange(facts: HostFacts, { main }: Conclusion): PortRange | null {
  if (main?.transport !== 'udp' || settingsHelpOf(main, facts) !== 'yes') return null;
  const { range } = facts.udpPool;
  if (range.count < WINDOWS_DEFAULT_RANGE.count) return WINDOWS_DEFAULT_RANGE;
  const start = Math.max(lastPort(range) + 1 - range.count * 2, LOWEST_START);
  return start < range.start ? { start, count: MAX_PORT - start + 1 } : null;
}

/** Usable UDP ports after the change: the exclusions known lie in the new range as well; null where UDP stays as it is. */
export function plannedUdpUsable(facts: HostFacts, conclusion: Conclusion): number | null {
  const planned = plannedUdpRange(facts, conclusion);
  return planned === null ? null : planned.count - facts.udpPool.excluded;
}

/** One advice for both address families: netsh keeps a range of each, and a program may use either. */
export function udpRangeAdvice(facts: HostFacts, conclusion: Conclusion): RangeAdvice[] {
  const { range, rangeSource } = facts.udpPool;
  const planned = plannedUdpRange(facts, conclusion);
  const current = { start: range.start, count: range.count };
  const why = planned === null ? whyLeft(facts, conclusion) : 'change';
  const reason = say('advice.range.udp', { why, assumed: rangeSource === 'assumed-default' });
  return (['ipv4', 'ipv6'] as const).map((family) => ({
    transport: 'udp',
    family,
    current,
    recommended: planned ?? current,
    needed: planned,
    upTo: planned,
    change: planned !== null,
    reason,
  }));
}

function whyLeft(facts: HostFacts, { main }: Conclusion): 'not-asked' | 'no' | 'yes' | 'cannot-tell' {
  if (main?.transport !== 'udp') return 'not-asked';
  const help = settingsHelpOf(main, facts);
  return help === 'buys-time' ? 'yes' : help;
}
