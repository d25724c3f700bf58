import type { HostReport } from '../../src/index.js';

type Hypothesis = HostReport['hypotheses'][number];

/** What a gap asks for and the only mechanism that it is asked for. */
const GAP_OF: Readonly<Record<string, string>> = { 'lacking.bound': 'bound-leak', 'lacking.udp': 'udp-exhaustion' };

/** What a report says and takes back: none may. */
export function contradictionsOf(host: HostReport): string[] {
  return [...hypothesesAgainst(host), ...gapsAgainst(host), ...roomAgainst(host), ...exhaustionAgainst(host)];
}

function hypothesesAgainst({ hypotheses }: HostReport): string[] {
  return hypotheses.flatMap(({ id, outcome, for: pro, against, missing }) => {
    if (outcome === 'cannot-tell' && missing.length === 0) return [`${id} cannot be told, and nothing is missing`];
    if ((outcome === 'likely' || outcome === 'confirmed') && pro.length === 0)
      return [`${id} is ${outcome} for nothing`];
    return outcome === 'ruled-out' && against.length === 0 ? [`${id} is ruled out by nothing`] : [];
  });
}

/** A log is asked for that was captured, or a table for what is ruled out. */
function gapsAgainst(host: HostReport): string[] {
  const { hypotheses, missingEvidence } = host;
  const covers = logCoversTables(host);
  const ids = missingEvidence.map(({ what }) => what.id);
  const ruledOut = ids.flatMap((id) => {
    const mechanism = GAP_OF[id];
    const isRuledOut = hypotheses.some((one) => one.id === mechanism && one.outcome === 'ruled-out');
    return isRuledOut ? [`${id} is asked for, and ${String(mechanism)} is ruled out`] : [];
  });
  if (!covers) return ruledOut;
  const asking = hypotheses.filter(({ missing }) => missing.some(({ id }) => id === 'missing.log'));
  return [
    ...ruledOut,
    ...asking.map(({ id }) => `${id} lacks a log, and one covers the tables`),
    ...(ids.includes('lacking.log') ? ['a log is asked for, and one covers the tables'] : []),
  ];
}

function logCoversTables({ coverage, ledger }: HostReport): boolean {
  const times = ledger.flatMap(({ at }) => at ?? []).sort();
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return false;
  return coverage.some(({ from, to, gaps }) => from <= first && to >= last && gaps.length === 0);
}

/** One says that a full table leaves no room for a class, another that it cannot tell for want of that class. */
function roomAgainst({ hypotheses }: HostReport): string[] {
  const noRoom = new Set(
    hypotheses.flatMap(({ against }) =>
      against.flatMap(({ message: { id, params } }) =>
        id === 'leak.against.no-room' ? (params['state'] as string) : [],
      ),
    ),
  );
  const lacks = ({ missing }: Hypothesis): string[] =>
    missing.flatMap(({ id, params }) => (id === 'missing.unseen' ? (params['classes'] as string[]) : []));
  return hypotheses
    .filter(({ outcome }) => outcome === 'cannot-tell')
    .flatMap((one) =>
      lacks(one)
        .filter((state) => noRoom.has(state))
        .map((state) => `${one.id} lacks ${state}, which has no room`),
    );
}

function exhaustionAgainst({ verdict, hypotheses }: HostReport): string[] {
  const main = hypotheses.find(({ id }) => id === verdict.mechanism);
  const isRuledOut = main !== undefined && ['ruled-out', 'cannot-tell', 'not-applicable'].includes(main.outcome);
  return isRuledOut ? [`the verdict is ${verdict.mechanism}, which is ${main.outcome}`] : [];
}

/** Quantities outside the sentences for which a report has two values. */
export function twoValuesOf(host: HostReport): string[] {
  return [...predictedPeak(host), ...whatIfOfPlan(host)];
}

/** With the same delay and the program going on, as many ports at least are in use as were seen. */
function predictedPeak({ recommendation, pools, verdict }: HostReport): string[] {
  const { predicted, tcpTimedWaitDelay, settingsHelp } = recommendation;
  if (settingsHelp !== 'yes' || tcpTimedWaitDelay.change || predicted.peakPorts === null || verdict.poolId !== 'tcp')
    return [];
  const seen = pools.find(({ id }) => id === 'tcp')?.peakInUse ?? 0;
  const most = predicted.peakPorts.high ?? Infinity;
  return most >= seen ? [] : [`${String(most)} ports are predicted at most, and ${String(seen)} were seen`];
}

/** The cell of the plan sustains what the plan is said to sustain. */
function whatIfOfPlan({ recommendation }: HostReport): string[] {
  const { predicted, whatIf, dynamicPortRanges, tcpTimedWaitDelay, settingsHelp } = recommendation;
  const range = dynamicPortRanges.find(
    ({ transport, family }) => transport === 'tcp' && family === 'ipv4',
  )?.recommended;
  const sustained = predicted.sustainsConnectionsPerSecond;
  if (range === undefined || sustained === null || settingsHelp !== 'yes') return [];
  const cell = whatIf.find(
    ({ timeWaitSeconds, start }) => start === range.start && timeWaitSeconds === tcpTimedWaitDelay.recommended,
  );
  if (cell === undefined || cell.sustainsConnectionsPerSecond === sustained) return [];
  return [`the plan sustains ${String(sustained)} a second, its cell ${String(cell.sustainsConnectionsPerSecond)}`];
}
