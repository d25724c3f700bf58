import { RARE_DEVIATIONS } from '../numbers/standard-deviations.js';
import { LEGAL_DELAY_SECONDS, SHORTEST_USUAL_DELAY } from '../../model/legal-delay.js';
import { destinationOfKey, PORT_NUMBERS, type ClientTuples } from './client-tuples.js';

/** Fewer ports freed by others do not show where freed ports go: of eight that somebody else took, one in two may still be taken. */
const FREED_FOR_A_SHARE = 9;
/** What a gap before this one counts beside it: ports may be handed out otherwise once the pool is fuller. */
const KEPT_OF_EARLIER_GAPS = 0.75;
/** Where more than one in four new connections sits on a port that had just waited for the same destination, ports come round at once. */
const COMES_ROUND = 0.25;
/** So many tuples go only where TIME_WAIT ends at all, and then no fewer than half of those that must by the longest legal delay. */
const TUPLES_GOING = 5;
const FEWEST_OF_THOSE_DUE = 0.5;
const NOBODY = -1;
const SEVERAL = -2;

/** What one destination did in the gap between two tables. */
interface Turn {
  /** Tuples that wait in the earlier table, in the later one, and in the earlier one alone. */
  before: number;
  after: number;
  gone: number;
  /** Ports on which nothing but its waiting tuple was, and no longer is. */
  freed: number;
  /** Such ports of other destinations that it has in the later table. */
  taken: number;
  /** Connections that are alive now and were not before, and those of them on a port that had waited for it. */
  opened: number;
  openedAgain: number;
}

/** The gaps so far, each counting a quarter less than the one after it. */
interface Sample {
  freedByOthers: number;
  taken: number;
  opened: number;
  openedAgain: number;
}

/**
 * How likely a port that comes free is taken again by a connection to the same destination. A tuple that waits in two tables may be
 * such a connection, and then it says nothing of how long TIME_WAIT lasts.
 *
 * Nothing is assumed of the order in which ports are handed out (in rolling sequence, at random, the latest freed one first), only
 * that it does not matter who had the port before. So a destination takes its own freed ports no more often than those that others
 * free, and these can be counted; nor more often than its share of all connections.
 */
export class PortReuse {
  #previous = new Map<number, number>();
  #previousMs = NaN;
  #previousFree = 0;
  readonly #samples = new Map<number, Sample>();

  /** The chance, at most, for each destination that waits in this table or in the one before it. `free`: ports that nothing holds. */
  compareTables(tuples: ClientTuples, atMs: number, free: number): ReadonlyMap<number, number> {
    const now = new Map<number, number>();
    for (let index = 0; index < tuples.length; index += 1)
      now.set(tuples.key[index] ?? 0, tuples.isTimeWait[index] ?? 0);
    const turns = turnsBetween(this.#previous, now);
    const all = { before: 0, after: 0, freed: 0 };
    for (const { before, after, freed } of turns.values()) {
      all.before += before;
      all.after += after;
      all.freed += freed;
    }
    const gapSeconds = (atMs - this.#previousMs) / 1000;
    const freeAtLeast = Math.min(free, this.#previousFree);
    const chances = new Map<number, number>();
    for (const [destination, turn] of turns) {
      const share = Math.max(atMost(turn.before, all.before), atMost(turn.after, all.after));
      const inGap = { ...turn, freedByOthers: all.freed - turn.freed };
      const sample = addGap(this.#samples.get(destination), inGap);
      this.#samples.set(destination, sample);
      const taken = chanceByOthers(sample) ?? chanceAlone(turn, sample, gapSeconds, freeAtLeast);
      chances.set(destination, Math.min(share, taken));
    }
    this.#previous = now;
    this.#previousMs = atMs;
    this.#previousFree = free;
    return chances;
  }
}

/** From the ports that other destinations freed; null where they are too few. */
function chanceByOthers({ taken, freedByOthers }: Sample): number | null {
  return freedByOthers < FREED_FOR_A_SHARE ? null : shareBetween(taken, freedByOthers)[1];
}

/** Of a destination that next to nothing is beside: how often it can have come round the free ports, if it takes those at all. */
function chanceAlone(
  { before, after, gone }: Turn,
  { opened, openedAgain }: Sample,
  gapSeconds: number,
  freeAtLeast: number,
): number {
  const due = before * Math.min(gapSeconds / LEGAL_DELAY_SECONDS.high, 1);
  const goesTooSeldom = gone >= TUPLES_GOING && gone < due * FEWEST_OF_THOSE_DUE;
  if (goesTooSeldom || openedAgain > opened * COMES_ROUND) return 1;
  // As many as wait are opened in each delay.
  const openings = Math.max(before, after) * (gapSeconds / SHORTEST_USUAL_DELAY + 1);
  return freeAtLeast < 1 || !(openings < freeAtLeast) ? 1 : openings / freeAtLeast;
}

/** A gap in which clearly more is taken than before, as when the pool has just become full, counts alone. */
function addGap(known: Sample | undefined, inGap: Sample): Sample {
  const sum = (name: keyof Sample): number => (known?.[name] ?? 0) * KEPT_OF_EARLIER_GAPS + inGap[name];
  const both = {
    freedByOthers: sum('freedByOthers'),
    taken: sum('taken'),
    opened: sum('opened'),
    openedAgain: sum('openedAgain'),
  };
  const [low] = shareBetween(inGap.taken, inGap.freedByOthers);
  const [, high] = shareBetween(both.taken, both.freedByOthers);
  return low > high ? inGap : both;
}

function turnsBetween(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): Map<number, Turn> {
  const turns = new Map<number, Turn>();
  const waitedOn = new Float64Array(PORT_NUMBERS).fill(NOBODY);
  for (const [key, waited] of before) {
    const port = key % PORT_NUMBERS;
    waitedOn[port] = waited === 1 && waitedOn[port] === NOBODY ? key : SEVERAL;
  }
  for (const [key, waited] of before) {
    if (waited === 0) continue;
    const turn = turnOf(turns, key);
    turn.before += 1;
    if (now.get(key) === 1) continue;
    turn.gone += 1;
    if (waitedOn[key % PORT_NUMBERS] === key) turn.freed += 1;
  }
  for (const [key, waits] of now) {
    const was = before.get(key);
    const other = waitedOn[key % PORT_NUMBERS] ?? NOBODY;
    const isTaken = other >= 0 && destinationOfKey(other) !== destinationOfKey(key) && !now.has(other);
    if (waits === 0 && was === 0 && !isTaken) continue;
    const turn = turnOf(turns, key);
    turn.after += waits;
    if (isTaken) turn.taken += 1;
    if (waits === 0 && was !== 0) turn.opened += 1;
    if (waits === 0 && was === 1) turn.openedAgain += 1;
  }
  return turns;
}

function turnOf(turns: Map<number, Turn>, key: number): Turn {
  const destination = destinationOfKey(key);
  let turn = turns.get(destination);
  if (turn === undefined)
    turns.set(destination, (turn = { before: 0, after: 0, gone: 0, freed: 0, taken: 0, opened: 0, openedAgain: 0 }));
  return turn;
}

/** `count` of `total` as a share, and what chance leaves below it. */
function atMost(count: number, total: number): number {
  return Math.min((count + RARE_DEVIATIONS * Math.sqrt(Math.max(count, 1))) / Math.max(total, 1), 1);
}

/** Wilson's interval for a share of which `found` of `asked` is a sample, in all but three cases of a thousand. */
function shareBetween(found: number, asked: number): readonly [low: number, high: number] {
  const z = RARE_DEVIATIONS;
  const middle = found + (z * z) / 2;
  const half = z * Math.sqrt(Math.max((found * (asked - found)) / Math.max(asked, 1), 0) + (z * z) / 4);
  const total = asked + z * z;
  return [Math.max((middle - half) / total, 0), Math.min((middle + half) / total, 1)];
}
