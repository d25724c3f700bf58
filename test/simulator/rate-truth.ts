import type { Outcome } from './simulation.js';

/** Minutes before the first table that its TIME_WAIT tells of: 240 seconds. */
const WAITING_MINUTES = 4;

/** Connections a second in the minutes that a capture can speak of. */
export interface RateTruth {
  /** Fewest that found a port in any of these minutes. */
  readonly quietest: number;
  /** Most that wanted one. */
  readonly busiest: number;
}

export interface RateTruths {
  /** By image; images that several services share are left out, for a table without services cannot tell them apart. */
  readonly byProcess: ReadonlyMap<string, RateTruth>;
  /** By remote endpoint as Windows prints it. */
  readonly byDestination: ReadonlyMap<string, RateTruth>;
}

/** What was opened a second, by whom and towards where. */
export function rateTruths({ scenario, snapshots, minutes }: Outcome): RateTruths {
  const seconds = snapshots.map(({ atMs }) => (atMs - scenario.host.startMs) / 1000);
  const whole = Math.ceil(scenario.seconds / 60);
  const from = seconds.length === 0 ? 0 : Math.max(0, Math.floor(Math.min(...seconds) / 60) - WAITING_MINUTES);
  const to = seconds.length === 0 ? whole : Math.min(whole, Math.ceil(Math.max(...seconds) / 60));
  const truth = (attempts: readonly (readonly number[])[], refusals: readonly (readonly number[])[]): RateTruth => {
    const sum = (lists: readonly (readonly number[])[], minute: number): number =>
      lists.reduce((total, list) => total + (list[minute] ?? 0), 0);
    let [quietest, busiest] = [Infinity, 0];
    for (let minute = from; minute < Math.max(to, from + 1); minute++) {
      const wanted = sum(attempts, minute);
      quietest = Math.min(quietest, Math.max(0, wanted - sum(refusals, minute)) / 60);
      busiest = Math.max(busiest, wanted / 60);
    }
    return { quietest, busiest };
  };

  const clients = new Map<string, string[]>();
  const services = new Map<string, Set<string>>();
  for (const { name, process } of scenario.clients) {
    clients.set(process.image, [...(clients.get(process.image) ?? []), name]);
    const known = services.get(process.image) ?? new Set<string>();
    services.set(process.image, known.add((process.services ?? []).join()));
  }
  const byProcess = new Map<string, RateTruth>();
  for (const [image, names] of clients) {
    if ((services.get(image)?.size ?? 0) > 1) continue;
    const of = (counts: ReadonlyMap<string, readonly number[]>): (readonly number[])[] =>
      names.flatMap((name) => [counts.get(name) ?? []]);
    byProcess.set(image, truth(of(minutes.attempts), of(minutes.refusals)));
  }
  const byDestination = new Map<string, RateTruth>();
  for (const [remote, attempts] of minutes.attemptsTowards) {
    byDestination.set(remote, truth([attempts], [minutes.refusalsTowards.get(remote) ?? []]));
  }
  return { byProcess, byDestination };
}
