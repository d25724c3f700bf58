import { ranOut } from '../measure/facts.js';
import { snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  evidence,
  weighing,
  type WithTcpTable,
} from './mechanism.js';
import { STAYING_SHARE } from './established-leak.js';
import { heaviest, mostShown, risingTrends } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE } from './thresholds.js';
import { NEARLY_EMPTY_UTILISATION, isUnderPressure, isNearlyFull, isNearlyEmpty } from '../measure/pools/fullness.js';

/** A steady crowd does not vanish within a minute of a refused connection, least of all without a trace in TIME_WAIT. */
const CROWD_STAYS_SECONDS = 60;

/** A steady crowd of live connections as large as the pool. */
export const connectionSaturation: MechanismRecord = {
  id: 'connection-saturation',
  needs: 'tcp-table',
  settingsHelp: 'yes',
  judge,
};

function judge(facts: WithTcpTable): Judgement {
  const { peak } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const source = entrySource(peak);
  const owner = heaviest(facts, 'established');
  const result = (outcome: Judgement['outcome']): Judgement =>
    weighed(outcome, peak.established / Math.max(peak.usable, 1), [owner?.consumer]);
  if (peak.unseen.includes('established')) {
    missing.push(say('leak.missing.unseen', { state: 'established' }));
    return result('cannot-tell');
  }
  if (isUnderPressure(peak) && peak.established > 0 && peak.established >= peak.inUse * DOMINANT_SHARE) {
    pro.push(
      evidence(
        say('saturation.for.full', { established: peak.established, inUse: peak.inUse, usable: peak.usable }),
        source,
      ),
    );
    const rising = risingTrends(facts, 'established').some(({ last }) => last >= peak.usable * LEAK_SHARE);
    if (rising && (facts.stayingShare ?? 1) >= STAYING_SHARE) {
      contra.push(evidence(say('saturation.against.growing'), source));
      return result('cannot-tell');
    }
    const several = facts.ledger.filter(({ at, unseen }) => at !== null && !unseen.includes('established')).length >= 3;
    if (!several) missing.push(say('leak.missing.series', { state: 'established' }));
    // The same sockets in every table of a full pool may as well be a leak that has nowhere left to grow.
    const turnsOver = facts.stayingShare !== null && facts.stayingShare < STAYING_SHARE;
    if (!turnsOver) missing.push(say('saturation.missing.turnover'));
    return result(ranOut(facts) && several && turnsOver ? 'confirmed' : 'likely');
  }
  const most = mostShown(facts, 'established', peak);
  if (most.established < most.usable * NEARLY_EMPTY_UTILISATION) {
    const message = say('leak.against.small', { state: 'established', ports: most.established, usable: most.usable });
    contra.push(evidence(message, entrySource(most)));
    const witness = snapshotSoonAfterOnset(facts, CROWD_STAYS_SECONDS);
    const seenRightAfter =
      witness !== null &&
      !witness.entry.unseen.includes('established') &&
      !witness.entry.unseen.includes('timeWait') &&
      isNearlyEmpty(witness.entry);
    if (isNearlyFull(peak) || facts.onsets.length === 0 || seenRightAfter) return result('ruled-out');
  }
  missing.push(say('leak.missing.near', { state: 'established' }));
  return result('cannot-tell');
}
