/** How live connections of one snapshot had ended by the next one. */
export interface Endings {
  /** Still alive. */
  stayed: number;
  /** In TIME_WAIT: closed by this host. */
  waited: number;
  /** Gone without a trace: closed by the far end, or reset. */
  vanished: number;
}

/** The connections opened between two snapshots, as far as their tuples can be seen. */
export interface TableInterval {
  readonly fromMs: number;
  readonly toMs: number;
  /** How far the two stamps together may be off. */
  readonly errorSeconds: number;
  readonly newTuples: number;
  /** Ports in use by a tuple in the later snapshot and by none in the earlier one. */
  readonly newPorts: number;
  readonly freeBefore: number;
  readonly freeAfter: number;
  /** New tuples whose opening in between a log names. */
  readonly logged: number;
  /** TIME_WAIT tuples in the later snapshot that were not waiting in the earlier one. */
  readonly closes: number;
  readonly newByDestination: ReadonlyMap<number, number>;
  /** Of the connections alive in the earlier snapshot, by destination. */
  readonly endings: ReadonlyMap<number, Endings>;
  /** One of the two snapshots found nothing free: what could not be opened is not counted. */
  readonly exhausted: boolean;
}

export function gapSeconds({ fromMs, toMs }: Pick<TableInterval, 'fromMs' | 'toMs'>): number {
  return (toMs - fromMs) / 1000;
}

/** Over several intervals: how the connections to some destinations, or to all (null), ended, by destination. */
export function endingsOf(
  intervals: readonly TableInterval[],
  destinations: readonly number[] | null,
): ReadonlyMap<number, Readonly<Endings>> {
  const sums = new Map<number, Endings>();
  for (const { endings } of intervals) {
    for (const id of destinations ?? endings.keys()) {
      const ended = endings.get(id);
      if (ended === undefined) continue;
      const { stayed, waited, vanished } = sums.get(id) ?? { stayed: 0, waited: 0, vanished: 0 };
      sums.set(id, {
        stayed: stayed + ended.stayed,
        waited: waited + ended.waited,
        vanished: vanished + ended.vanished,
      });
    }
  }
  return sums;
}
