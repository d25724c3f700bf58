import { ranOut } from '../measure/facts.js';
import { say } from '../messages/say.js';
import { culpritDestinations } from './culprit-destinations.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  evidence,
  weighing,
  type WithTcpTable,
} from './mechanism.js';
import { heaviest } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE, NEGLIGIBLE_SHARE } from './thresholds.js';
import { isNearlyFull, isExhausted } from '../measure/pools/fullness.js';

/** Connects to something that never answers: each holds its port until it times out (21 s with the default two retries). */
export const synSentPileup: MechanismRecord = {
  id: 'syn-sent-pileup',
  needs: 'tcp-table',
  settingsHelp: 'no',
  judge,
};

function judge(facts: WithTcpTable): Judgement {
  const { peak } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const most = facts.ledger.reduce((best, entry) => (entry.synSent > best.synSent ? entry : best), peak);
  const source = entrySource(most);
  const owner = heaviest(facts, 'synSent');
  const to = culpritDestinations(facts, owner === null ? [] : [owner.consumer]);
  const result = (outcome: Judgement['outcome']): Judgement =>
    weighed(outcome, most.synSent / Math.max(most.usable, 1), [owner?.consumer]);
  if (most.synSent > 0 && most.synSent >= most.usable * LEAK_SHARE) {
    const message = say('syn-sent.for.held', {
      ports: most.synSent,
      usable: most.usable,
      destination: to.main,
      destinations: to.count,
      port: to.port,
    });
    pro.push(evidence(message, source));
    return result(
      (isExhausted(most) || ranOut(facts)) && most.synSent >= most.inUse * DOMINANT_SHARE ? 'confirmed' : 'likely',
    );
  }
  if (!facts.everShown.has('synSent')) {
    missing.push(say('leak.missing.unseen', { state: 'synSent' }));
    return result('cannot-tell');
  }
  const small = most.synSent < most.usable * NEGLIGIBLE_SHARE;
  if (small) {
    contra.push(
      evidence(say('leak.against.small', { state: 'synSent', ports: most.synSent, usable: most.usable }), source),
    );
    // Such a pile-up lasts seconds: between two snapshots only a log would show that nothing ran out.
    if (
      (facts.onsets.length === 0 && facts.logCoversSnapshots) ||
      (isNearlyFull(peak) && !peak.unseen.includes('synSent'))
    )
      return result('ruled-out');
  }
  missing.push(say('leak.missing.near', { state: 'synSent' }));
  return result('cannot-tell');
}
