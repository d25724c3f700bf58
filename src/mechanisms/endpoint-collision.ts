import type { HostFacts, PinnedTuple } from '../measure/facts.js';
import { ofTcp, snapshotSoonAfterOnset, type SnapshotNearOnset } from '../measure/events/snapshot-near-onset.js';
import { hasClosingDefect } from '../measure/events/windows-version.js';
import { say } from '../messages/say.js';
import type { Evidence, Message } from '../model/report-message.js';
import { sourcedBy } from '../model/source-ref.js';
import { namedBlame, type Blame } from './blame.js';
import { firstOf, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, eventCount, eventSource, evidence } from './mechanism.js';
import { WITNESS_SHARE_OF_DELAY } from './thresholds.js';
import { utilisation, isNearlyFull, isNearlyEmpty } from '../measure/pools/fullness.js';

/**
 * In a nearly empty pool one reopening of the same tuple may be chance (1 in 16,384 for each connection); two are not. A port that no
 * range holds is never handed out: there one is enough.
 */
const REOPENINGS_NEEDED = 2;
/** One port towards the same service of several far ends is one that a program gives to each of its connections. */
const REMOTES_NEEDED = 2;

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
  const { peak, pinned } = facts;
  const { collisions, tcpExhausted } = facts.events;
  const worst = pinned.find(comesAgain);
  const [chosen] = pinned.filter(({ isOutside }) => isOutside);
  const logged = collisions.length > 0;
  const full = isNearlyFull(peak);
  // Only a table near an event that lists the connected states and TIME_WAIT says how full the pool was then.
  const near = snapshotSoonAfterOnset(ofTcp(facts), facts.timeWaitDelay.effective.low * WITNESS_SHARE_OF_DELAY);
  const listsAll = near?.entry.unseen.every((what) => what === 'bound' || what === 'owner') ?? false;
  const isWhole = peak?.scope === 'whole';
  const portsToSpare = logged && isWhole && isNearlyEmpty(peak) && tcpExhausted.length === 0;
  return {
    share: 0,
    suspects: [(worst ?? chosen)?.consumer],
    logged,
    logIsWhole: facts.logExcludesEvents,
    worst,
    /** Seen once only, which a long-lived connection would be too. */
    chosen: worst === undefined ? chosen : undefined,
    showsBound: peak !== null && !peak.unseen.includes('bound'),
    fullTable: logged && full ? peak : null,
    freeTable: logged && !full ? peak : null,
    portsToSpare,
    witness: portsToSpare && listsAll ? near : null,
  };
}

type Measured = ReturnType<typeof measure>;

function decide(collision: Measured): Judgement['outcome'] {
  const { logged, logIsWhole, fullTable, freeTable, worst, chosen, portsToSpare, showsBound } = collision;
  return firstOf([
    [!logged && logIsWhole, 'ruled-out'],
    [fullTable !== null && worst === undefined, 'ruled-out'],
    // Ports that are only Bound may have filled the pool where no table shows them.
    [portsToSpare && worst !== undefined && showsBound, 'confirmed'],
    [freeTable !== null && worst !== undefined, 'likely'],
    [portsToSpare && chosen !== undefined, 'likely'],
  ]);
}

function collect({ events, hasSystemLog, peak }: HostFacts, measured: Measured) {
  const { logged, logIsWhole, worst, chosen, fullTable, freeTable, witness, portsToSpare, showsBound } = measured;
  const { collisions } = events;
  return {
    for: present(
      logged && evidence(say('collision.for.events', { count: eventCount(collisions) }), eventSource(collisions)),
      freeTable && worst && whatComesAgain(worst),
      portsToSpare && chosen && whatWasChosen(chosen),
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
      !logged && !(hasSystemLog && logIsWhole) && say('missing.log'),
      logged && peak === null && say('churn.missing.snapshot'),
      freeTable && worst === undefined && say('collision.missing.tuple'),
      portsToSpare && worst && !showsBound && say('leak.missing.unseen', { state: 'bound' }),
      freeTable?.unseen.includes('established') && say('missing.unseen', { classes: freeTable.unseen }),
    ),
  };
}

/** The same pair opened again, or one port for several far ends of one service. */
function comesAgain({ isOutside, reopened, remotes }: PinnedTuple): boolean {
  return reopened >= (isOutside ? 1 : REOPENINGS_NEEDED) || (isOutside && remotes >= REMOTES_NEEDED);
}

function whatComesAgain(tuple: PinnedTuple): Evidence {
  return tuple.reopened === 0 ? whatWasChosen(tuple) : reopening(tuple);
}

function whatWasChosen({ local, remote, remotes, process, ref }: PinnedTuple): Evidence {
  return evidence(say('collision.for.port', { local, remote, remotes, process }), sourcedBy([ref]));
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
  const tuple = pinned.find(comesAgain) ?? pinned.find(({ isOutside }) => isOutside) ?? pinned[0];
  return say('verdict.endpoint-collision', {
    host,
    ...namedBlame(facts, blame),
    local: tuple?.local ?? '',
    remote: tuple?.remote ?? '',
    inUse: peak?.inUse ?? 0,
    usable: peak?.usable ?? 0,
    bound: peak !== null && !peak.unseen.includes('bound'),
  });
}
