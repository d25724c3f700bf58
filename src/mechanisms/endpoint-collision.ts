import type { HostFacts, PinnedTuple } from '../measure/facts.js';
import { snapshotSoonAfterOnset, type SnapshotNearOnset } from '../measure/events/snapshot-near-onset.js';
import { hasClosingDefect } from '../measure/events/windows-version.js';
import { say } from '../messages/say.js';
import type { Evidence, Message } from '../model/report-message.js';
import { sourcedBy } from '../model/source-ref.js';
import { namedBlame, type Blame } from './blame.js';
import { firstOf, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, eventCount, eventSource, evidence } from './mechanism.js';
import { WITNESS_SHARE_OF_DELAY } from './thresholds.js';
import { utilisation, isNearlyFull, isNearlyEmpty } from '../measure/pools/fullness.js';

/** In a nearly empty pool one reopening of the same tuple may be chance (1 in 16,384 for each connection); two are not. */
const REOPENINGS_NEEDED = 2;

/** 4227 with a nearly empty pool: a program pins its source port, or reopens the same tuple within TIME_WAIT. */
export const endpointCollision: MechanismRecord = {
  id: 'endpoint-collision',
  transport: 'tcp',
  ports: 'timeWait',
  leaks: null,
  fillsPool: false,
  doubts: [({ events }) => hasClosingDefect(events)],
  needs: null,
  isFilledByRate: false,
  settingsHelp: 'no',
  remedies: ['unpin-source-port'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function measure(facts: HostFacts) {
  const { peak, pinned, hasSystemLog } = facts;
  const { collisions, tcpExhausted } = facts.events;
  const [worst] = pinned.filter(({ reopened }) => reopened >= REOPENINGS_NEEDED);
  const logged = collisions.length > 0;
  const full = isNearlyFull(peak);
  // Only a table near an event that lists the connected states and TIME_WAIT says how full the pool was then.
  const near = snapshotSoonAfterOnset(facts, facts.timeWaitDelay.effective.low * WITNESS_SHARE_OF_DELAY);
  const listsAll = near?.entry.unseen.every((what) => what === 'bound' || what === 'owner') ?? false;
  const portsToSpare = logged && peak !== null && isNearlyEmpty(peak) && tcpExhausted.length === 0;
  return {
    share: 0,
    suspects: [worst?.consumer],
    logged,
    logIsWhole: hasSystemLog && (facts.logCoversSnapshots || facts.snapshots === 0),
    worst,
    fullTable: logged && full ? peak : null,
    freeTable: logged && !full ? peak : null,
    portsToSpare,
    witness: portsToSpare && listsAll ? near : null,
  };
}

type Measured = ReturnType<typeof measure>;

function decide({ logged, logIsWhole, fullTable, worst, portsToSpare }: Measured): Judgement['outcome'] {
  return firstOf([
    [!logged && logIsWhole, 'ruled-out'],
    [fullTable !== null && worst === undefined, 'ruled-out'],
    [portsToSpare && worst !== undefined, 'confirmed'],
  ]);
}

function collect({ events, hasSystemLog, peak }: HostFacts, measured: Measured) {
  const { logged, worst, fullTable, freeTable, witness } = measured;
  const { collisions } = events;
  return {
    for: present(
      logged && evidence(say('collision.for.events', { count: eventCount(collisions) }), eventSource(collisions)),
      freeTable && worst && reopening(worst),
      witness && portsLeftThen(witness),
    ),
    against: present(
      !logged && hasSystemLog && evidence(say('collision.against.no-event'), sourcedBy([])),
      fullTable &&
        evidence(
          say('collision.against.full', { inUse: fullTable.inUse, usable: fullTable.usable }),
          entrySource(fullTable),
        ),
    ),
    missing: present(
      !logged && !hasSystemLog && say('missing.log'),
      logged && peak === null && say('churn.missing.snapshot'),
      freeTable && worst === undefined && say('collision.missing.tuple'),
      freeTable?.unseen.includes('established') && say('missing.unseen', { classes: freeTable.unseen }),
    ),
  };
}

function reopening({ local, remote, reopened, sightings, process, ref }: PinnedTuple): Evidence {
  return evidence(say('collision.for.tuple', { local, remote, reopened, sightings, process }), sourcedBy([ref]));
}

function portsLeftThen({ entry, secondsAfterOnset }: SnapshotNearOnset): Evidence {
  const message = say('collision.for.empty', {
    inUse: entry.inUse,
    usable: entry.usable,
    share: utilisation(entry),
    seconds: Math.round(Math.abs(secondsAfterOnset)),
    bound: !entry.unseen.includes('bound'),
  });
  return evidence(message, entrySource(entry));
}

function summary(facts: HostFacts, blame: Blame): Message {
  const { host, peak, pinned } = facts;
  const [tuple] = pinned;
  return say('verdict.endpoint-collision', {
    host,
    ...namedBlame(facts, blame),
    local: tuple?.local ?? '',
    remote: tuple?.remote ?? '',
    inUse: peak?.inUse ?? 0,
    usable: peak?.usable ?? 0,
  });
}
