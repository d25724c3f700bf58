import { ranOut, type HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import { culpritDestinations } from './culprit-destinations.js';
import { namedBlame, namedRange, type Blame } from './blame.js';
import type { Message } from '../model/report-message.js';
import { firstOf, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, evidence, type WithTcpTable } from './mechanism.js';
import { heaviest } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE, NEGLIGIBLE_SHARE } from './thresholds.js';
import { isNearlyFull, isExhausted } from '../measure/pools/fullness.js';

/** Connects to something that never answers: each holds its port until it times out (21 s with the default two retries). */
export const synSentPileup: MechanismRecord = {
  id: 'syn-sent-pileup',
  transport: 'tcp',
  ports: 'synSent',
  leaks: null,
  fillsPool: true,
  doubts: [],
  needs: 'tcp-table',
  isFilledByRate: false,
  settingsHelp: 'no',
  remedies: ['answer-or-stop'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function measure(facts: WithTcpTable) {
  const { peak } = facts;
  const most = facts.ledger.reduce((best, entry) => (entry.synSent > best.synSent ? entry : best), peak);
  const owner = heaviest(facts, 'synSent');
  return {
    share: most.synSent / Math.max(most.usable, 1),
    suspects: [owner?.consumer],
    most,
    piledUp: most.synSent > 0 && most.synSent >= most.usable * LEAK_SHARE,
    fillsPool: (isExhausted(most) || ranOut(facts)) && most.synSent >= most.inUse * DOMINANT_SHARE,
    shown: facts.everShown.has('synSent'),
    small: most.synSent < most.usable * NEGLIGIBLE_SHARE,
    // Such a pile-up lasts seconds: between two snapshots only a log would show that nothing ran out.
    seenWhereItMatters:
      (facts.tcpOnsets.length === 0 && facts.logCoversSnapshots) ||
      (isNearlyFull(peak) && !peak.unseen.includes('synSent')),
    to: culpritDestinations(facts, owner === null ? [] : [owner.consumer]),
  };
}

type Measured = ReturnType<typeof measure>;

function decide(attempts: Measured): Judgement['outcome'] {
  return firstOf([
    [attempts.piledUp && attempts.fillsPool, 'confirmed'],
    [attempts.piledUp, 'likely'],
    [!attempts.shown, 'cannot-tell'],
    [attempts.small && attempts.seenWhereItMatters, 'ruled-out'],
  ]);
}

function collect(_facts: WithTcpTable, { piledUp, shown, small, most, to }: Measured) {
  const source = entrySource(most);
  const state = 'synSent';
  const { synSent: ports, usable } = most;
  const held = { ports, usable, destination: to.main, destinations: to.count, port: to.port };
  return {
    for: present(piledUp && evidence(say('syn-sent.for.held', held), source)),
    against: present(
      !piledUp && shown && small && evidence(say('leak.against.small', { state, ports, usable }), source),
    ),
    missing: present(!piledUp && (shown ? say('syn-sent.missing.while') : say('leak.missing.unseen', { state }))),
  };
}

function summary(facts: HostFacts, blame: Blame): Message {
  const { host, peak } = facts;
  return say('verdict.syn-sent-pileup', {
    host,
    ...namedBlame(facts, blame),
    ports: peak?.synSent ?? 0,
    usable: peak?.usable ?? 0,
    ...namedRange(facts),
  });
}
