import type { HostReport } from '../../src/index.js';
import type { HeldMoment } from '../simulator/held-ports.js';
import type { IncidentTruth, LabelledHost } from '../simulator/incident.js';
import { bareImage } from '../simulator/rate-truth.js';

/** Ports of a program too small to matter, which need not be credited to anybody. */
const SMALL = 50;
/** What a report calls a process that no list names. */
const UNNAMED = /^PID \d+$/u;
/** What nobody can know from a table: which of two programs a row in TIME_WAIT came from, where one of them is rarely met alive. */
const TOLERANCE = 0.03;

/**
 * Whether ports, connections and exclusive ports of every program are those it had in the fullest table: `equal 3 of 3`, each within
 * three of a hundred; where the report shares rows out among candidates, the truth lies inside its interval. `–` where no table of
 * the dynamic range stands behind the consumers, or the table has no owners.
 */
export function creditedRight(host: HostReport, { held }: LabelledHost, misses: string[]): string {
  const moment = fullest(host, held);
  if (moment === null) return '–';
  const { destinationOnly, directionUnknown, unknown } = host.attribution;
  // What the report gives to nobody, or to a PID that no list names, may be anybody's.
  const unnamedOnes = host.consumers.filter(({ process }) => UNNAMED.test(process));
  const unnamed = unnamedOnes.reduce((sum, { ports }) => sum + ports.low, 0);
  const unnamedExclusive = unnamedOnes.reduce((sum, one) => sum + (one.exclusivePorts ?? 0), 0);
  const nobodys = destinationOnly + directionUnknown + unknown + unnamed;
  const judged: boolean[] = [];
  for (const [image, truth] of moment.byImage) {
    if (truth.ports < SMALL) continue;
    const own = host.consumers.filter(({ process }) => bareImage(process) === image);
    const [consumer] = own;
    if (consumer === undefined || own.length > 1) continue;
    // Named for another incident than the one whose table the ports are of.
    if (consumer.sourceCount === 0 && host.incidents.length > 1) continue;
    const { ports, basis } = consumer;
    const [connections, exclusivePorts] = [consumer.connections ?? -1, consumer.exclusivePorts ?? -1];
    const { best, high } = ports;
    const shared = basis === 'weighted-candidates' || best === null || high === null || !near(best, high);
    const isRight =
      within(truth.ports, ports.low, (ports.high ?? Infinity) + nobodys) &&
      (shared || (near(ports.best ?? -1, truth.ports, nobodys) && near(connections, truth.connections, nobodys))) &&
      near(exclusivePorts, truth.exclusive, unnamedExclusive);
    judged.push(isRight);
    if (!isRight) {
      const said = `${String(ports.low)}–${String(ports.high)}, best ${String(ports.best)}`;
      const found = `${said}, connections ${String(connections)}, exclusive ${String(exclusivePorts)}`;
      const true_ = `${truth.ports.toFixed(1)}, ${String(truth.connections)}, ${String(truth.exclusive)}`;
      misses.push(`${image} (${basis}) is credited with ${found}; true ${true_}`);
    }
  }
  if (judged.length === 0) return '–';
  const right = judged.filter((one) => one).length;
  return `${right === judged.length ? 'equal' : 'off'} ${String(right)} of ${String(judged.length)}`;
}

function near(found: number, truth: number, nobodys = 0): boolean {
  const off = Math.max(truth * TOLERANCE, 3);
  return found <= truth + off && found + nobodys >= truth - off;
}

function within(truth: number, low: number, high: number): boolean {
  return truth >= low - 1 && truth <= high + 1;
}

/** The moment of the table with most ports in use, the first of several; null where the report is about another pool. */
function fullest({ ledger, verdict }: HostReport, held: readonly HeldMoment[]): HeldMoment | null {
  if (verdict.poolId !== 'tcp') return null;
  const tables = ledger.filter(({ poolId, unseen }) => poolId === 'tcp' && !unseen.includes('owner'));
  const [first] = [...tables].sort((a, b) => b.inUse - a.inUse);
  if (first === undefined) return null;
  const place = tables.filter(({ file, line }) => file === first.file && line < first.line).length;
  return held.find((moment) => moment.file === first.file && moment.place === place) ?? null;
}

/** Whether those that contribute beside whoever is at fault are named, and nobody else: `–` where the label does not say who. */
export function contributorsRight(
  { consumers }: HostReport,
  { contributingProcesses }: IncidentTruth,
  misses: string[],
): 'yes' | 'no' | '–' {
  if (contributingProcesses === undefined) return '–';
  const wanted = contributingProcesses.map(bareImage).sort().join();
  const found = consumers.filter(({ atFault }) => atFault === 'contributing').map(({ process }) => bareImage(process));
  if (found.sort().join() === wanted) return 'yes';
  misses.push(`contributing processes ${found.join() || 'none'}, right ${wanted || 'none'}`);
  return 'no';
}
