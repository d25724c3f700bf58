import { ranOut, type HostFacts } from '../measure/facts.js';
import { ofTcp, snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import { namedBlame, namedRange, type Blame } from './blame.js';
import type { Message } from '../model/report-message.js';
import { firstOf, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, evidence, type WithTcpTable } from './mechanism.js';
import { agingHolder, STAYING_SHARE } from './established-leak.js';
import { crowdOfProcesses } from './crowd-of-processes.js';
import { heaviest, mostShown, risingTrends } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE } from './thresholds.js';
import { NEARLY_EMPTY_UTILISATION, isUnderPressure, isNearlyFull, isNearlyEmpty } from '../measure/pools/fullness.js';

/** A steady crowd does not vanish within a minute of a refused connection, least of all without a trace in TIME_WAIT. */
const CROWD_STAYS_SECONDS = 60;

/** A steady crowd of live connections as large as the pool. */
export const connectionSaturation: MechanismRecord = {
  id: 'connection-saturation',
  transport: 'tcp',
  ports: 'established',
  leaks: null,
  fillsPool: true,
  doubts: [],
  needs: 'tcp-table',
  isFilledByRate: true,
  settingsHelp: 'yes',
  remedies: ['share-connections', 'use-auto-reuse-range'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function measure(facts: WithTcpTable) {
  const { peak, stayingShare } = facts;
  const seen = !peak.unseen.includes('established');
  const rising = risingTrends(facts, 'established').some(({ last }) => last >= peak.usable * LEAK_SHARE);
  const most = mostShown(facts, 'established', peak);
  const witness = snapshotSoonAfterOnset(ofTcp(facts), CROWD_STAYS_SECONDS)?.entry;
  const emptyRightAfter =
    witness !== undefined &&
    !witness.unseen.includes('established') &&
    !witness.unseen.includes('timeWait') &&
    isNearlyEmpty(witness);
  return {
    share: peak.established / Math.max(peak.usable, 1),
    suspects: [crowdOfProcesses(facts) === null ? heaviest(facts, 'established')?.consumer : null],
    seen,
    crowded: isUnderPressure(peak) && peak.established > 0 && peak.established >= peak.inUse * DOMINANT_SHARE,
    growing: (rising && (stayingShare ?? 1) >= STAYING_SHARE) || agingHolder(facts)?.lasting != null,
    several: facts.ledger.filter(({ at, established }) => at !== null && established > 0).length >= 3,
    // The same sockets in every table of a full pool may as well be a leak that has nowhere left to grow.
    turnsOver: stayingShare !== null && stayingShare < STAYING_SHARE,
    ranOut: ranOut(facts),
    most,
    small: most.established < most.usable * NEARLY_EMPTY_UTILISATION,
    seenWhereItMatters: isNearlyFull(peak) || facts.tcpOnsets.length === 0 || emptyRightAfter,
  };
}

type Measured = ReturnType<typeof measure>;

function decide(crowd: Measured): Judgement['outcome'] {
  return firstOf([
    [!crowd.seen && !crowd.crowded, 'cannot-tell'],
    [crowd.crowded && crowd.growing, 'cannot-tell'],
    [crowd.crowded && crowd.ranOut && crowd.several && crowd.turnsOver, 'confirmed'],
    [crowd.crowded, 'likely'],
    [crowd.small && crowd.seenWhereItMatters, 'ruled-out'],
  ]);
}

function collect({ peak }: WithTcpTable, { seen, crowded, growing, several, turnsOver, most, small }: Measured) {
  const source = entrySource(peak);
  const state = 'established';
  const { established, inUse, usable } = peak;
  const counted = say('leak.against.small', { state, ports: most.established, usable: most.usable });
  return {
    for: present(crowded && evidence(say('saturation.for.full', { established, inUse, usable }), source)),
    against: present(
      crowded && growing && evidence(say('saturation.against.growing'), source),
      seen && !crowded && small && evidence(counted, entrySource(most)),
    ),
    missing: present(
      !seen && !crowded && say('leak.missing.unseen', { state }),
      crowded && !growing && !several && say('leak.missing.series', { state }),
      crowded && (growing || !turnsOver) && say('saturation.missing.turnover'),
      seen && !crowded && say('leak.missing.near', { state }),
    ),
  };
}

function summary(facts: HostFacts, blame: Blame): Message {
  const { host, peak } = facts;
  return say('verdict.connection-saturation', {
    host,
    ...namedBlame(facts, blame),
    ...namedCrowd(facts),
    ports: peak?.established ?? 0,
    usable: peak?.usable ?? 0,
    ...namedRange(facts),
  });
}

function namedCrowd(facts: HostFacts): { crowd?: string; crowdProcesses?: number } {
  const crowd = crowdOfProcesses(facts);
  return crowd === null ? {} : { crowd: crowd.image, crowdProcesses: crowd.processes };
}
