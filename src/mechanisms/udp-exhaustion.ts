import { WINDOWS_DEFAULT_RANGE } from '../model/port.js';
import type { HostFacts, NamedTrend } from '../measure/facts.js';
import { say } from '../messages/say.js';
import { sourcedBy } from '../model/source-ref.js';
import { namedBlame, type Blame } from './blame.js';
import type { Message } from '../model/report-message.js';
import { firstOf, isFound, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, eventCount, eventSource, evidence } from './mechanism.js';
import { growthOf, risingTrends } from './leak.js';
import { isSocketPool } from './dns-socket-pool.js';
import { DOMINANT_SHARE, LEAK_SHARE } from './thresholds.js';
import {
  PRESSURE_UTILISATION,
  utilisation,
  isUnderPressure,
  isNearlyFull,
  isExhausted,
} from '../measure/pools/fullness.js';

/** The UDP pool ran out: Event 4266. Its range is a range of its own; TIME_WAIT has no part in it. */
export const udpExhaustion: MechanismRecord = {
  id: 'udp-exhaustion',
  transport: 'udp',
  ports: 'udp',
  leaks: null,
  fillsPool: true,
  doubts: [],
  needs: null,
  isFilledByRate: false,
  settingsHelp: udpSettingsHelp,
  remedies: ['shrink-dns-socket-pool', 'stop-the-leak', 'find-udp-holder', 'change-udp-port-range', 'mend-the-leak'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function measure(facts: HostFacts) {
  const { udpPeak, events } = facts;
  const rising = risingHolder(facts);
  return {
    share: utilisation(udpPeak),
    suspects: [rising?.consumer ?? (isSmallRange(facts) ? null : mostOf(facts))],
    rising,
    logged: events.udpExhausted.length > 0,
    full: isNearlyFull(udpPeak),
    exhausted: isExhausted(udpPeak),
    logIsWhole: facts.logExcludesEvents,
  };
}

type Measured = ReturnType<typeof measure>;

function decide({ full, exhausted, logged, rising, logIsWhole }: Measured): Judgement['outcome'] {
  return firstOf([
    [full && (exhausted || logged), 'confirmed'],
    [full || logged || rising !== undefined, 'likely'],
    [logIsWhole, 'ruled-out'],
  ]);
}

function collect(facts: HostFacts, { rising, logged, full }: Measured, outcome: Judgement['outcome']) {
  const { udpPeak, hasSystemLog } = facts;
  const { udpExhausted } = facts.events;
  const isOpen = !isFound(outcome);
  const { inUse = 0, usable = 0 } = udpPeak ?? {};
  return {
    for: present(
      logged && evidence(say('udp.for.events', { count: eventCount(udpExhausted) }), eventSource(udpExhausted)),
      rising && growthOf(rising, 'udp'),
      full && udpPeak !== null && evidence(say('udp.for.full', { inUse, usable }), entrySource(udpPeak)),
    ),
    against: present(
      isOpen && hasSystemLog && evidence(say('udp.against.no-event'), sourcedBy([])),
      isOpen &&
        udpPeak !== null &&
        !isUnderPressure(udpPeak) &&
        evidence(say('udp.against.low', { inUse, usable }), entrySource(udpPeak)),
    ),
    missing: present(
      // The event itself says that the pool was empty at that moment; who held it only a port table can tell.
      (isOpen ? hasSystemLog : logged && !full) && say('udp.missing.snapshot'),
      isOpen && !hasSystemLog && say('missing.log'),
    ),
  };
}

/** A range smaller than Windows' default, full of a load that the default would carry: nobody is at fault who uses it. */
function isSmallRange({ udpPool, udpPeak }: HostFacts): boolean {
  const { count } = WINDOWS_DEFAULT_RANGE;
  return udpPool.range.count - udpPool.excluded < count && (udpPeak?.inUse ?? 0) < count * PRESSURE_UTILISATION;
}

/** A leak fills any range; a small one can be restored; without a full table of UDP endpoints it cannot be told. */
function udpSettingsHelp(facts: HostFacts): 'no' | 'yes' | 'cannot-tell' {
  const { udpPeak } = facts;
  if (udpPeak === null || !isNearlyFull(udpPeak)) return risingHolder(facts) === undefined ? 'cannot-tell' : 'no';
  return risingHolder(facts) === undefined && (isSmallRange(facts) || mostOf(facts) === null) ? 'yes' : 'no';
}

/** The consumer whose UDP ports keep rising to a tenth of the pool or more. */
function risingHolder(facts: HostFacts): NamedTrend | undefined {
  const { udpPeak } = facts;
  if (udpPeak === null) return undefined;
  return risingTrends(facts, 'udp').find(
    ({ last, peak, identity }) => last >= udpPeak.usable * LEAK_SHARE && !isSocketPool(identity, peak),
  );
}

/** The consumer that holds most of the pool in its fullest table: one table shows it. */
function mostOf({ udpHolders: [most], udpPeak }: HostFacts): number | null {
  if (most === undefined || udpPeak === null) return null;
  return most.ports >= udpPeak.usable * DOMINANT_SHARE ? most.identity.id : null;
}

function summary(facts: HostFacts, blame: Blame): Message {
  const { host, udpPeak } = facts;
  return say('verdict.udp-exhaustion', {
    host,
    ...namedBlame(facts, blame),
    inUse: udpPeak?.inUse ?? null,
    usable: udpPeak?.usable ?? null,
    full: isNearlyFull(udpPeak),
    exhausted: blame.exhausted,
  });
}
