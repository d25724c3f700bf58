import type { Outcome } from './simulation.js';

/** Minutes before the first table that its TIME_WAIT tells of: 240 seconds. */
const WAITING_MINUTES = 4;

/** Connections a second in the minutes that a capture can speak of. */
export interface RateTruth {
  /** Fewest that found a port in any of these minutes. */
  readonly quietest: number;
  /** Most that wanted one. */
  readonly busiest: number;
  /** Of those that found a port, over all of these minutes. */
  readonly mean: number;
}

export interface RateTruths {
  /** Of everybody who needs a dynamic TCP port. */
  readonly host: RateTruth;
  /** By image (see bareImage); images that several services share are left out, for a table without services cannot tell them apart. */
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
    let [quietest, busiest, opened, counted] = [Infinity, 0, 0, 0];
    for (let minute = from; minute < Math.max(to, from + 1); minute++) {
      const wanted = sum(attempts, minute);
      const found = Math.max(0, wanted - sum(refusals, minute));
      quietest = Math.min(quietest, found / 60);
      busiest = Math.max(busiest, wanted / 60);
      opened += found;
      counted++;
    }
    return { quietest, busiest, mean: opened / (counted * 60) };
  };

  const clients = new Map<string, string[]>();
  const services = new Map<string, Set<string>>();
  for (const { name, process } of scenario.clients) {
    clients.set(process.image, [...(clients.get(process.image) ?? []), name]);
    const known = services.get(process.image) ?? new Set<string>();
    services.set(process.image, known.add((process.services ?? []).join()));
  }
  const all = scenario.clients.map(({ name }) => name);
  const of = (names: readonly string[], counts: ReadonlyMap<string, readonly number[]>): (readonly number[])[] =>
    names.map((name) => [...(counts.get(name) ?? [])]);
  const connecting = scenario.clients.filter(({ ending }) => ending !== 'bound-for-ever').map(({ name }) => name);
  // A bind alone is no connection; a report may count it or not.
  const connected = truth(of(connecting, minutes.attempts), of(connecting, minutes.refusals));
  const host = { ...connected, busiest: truth(of(all, minutes.attempts), []).busiest };
  const byProcess = new Map<string, RateTruth>();
  for (const [image, names] of clients) {
    if ((services.get(image)?.size ?? 0) > 1) continue;
    byProcess.set(bareImage(image), truth(of(names, minutes.attempts), of(names, minutes.refusals)));
  }
  const byDestination = new Map<string, RateTruth>();
  for (const [remote, attempts] of minutes.attemptsTowards) {
    byDestination.set(remote, truth([attempts], [minutes.refusalsTowards.get(remote) ?? []]));
  }
  return { host, byProcess, byDestination };
}

/** `Get-Process` prints image names without their ending. */
export function bareImage(image: string): string {
  return image.toLowerCase().replace(/\.exe$/, '');
}
