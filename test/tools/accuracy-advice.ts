import type { HostReport } from '../../src/index.js';
import { phrase } from '../../src/messages/phrase.js';
import type { LabelledHost } from '../simulator/incident.js';
import { planHolds, type ReplayedPlan } from './accuracy-plan.js';

/** What netsh accepts (KB 929851). */
const LOWEST_START = 1_025;
const HIGHEST_PORT = 65_535;
const FEWEST_PORTS = 255;
/** What Windows reads of TcpTimedWaitDelay, and the least that is documented as safe practice (KB 314053). */
const DELAYS = { shortest: 30, longest: 300 };
const MAX_USER_PORT = { lowest: 5_000, highest: 65_534 };
/** Critical processes of Windows, those of RPC, COM, sessions and filtering in a svchost.exe. */
const ESSENTIAL = ['lsass', 'lsaiso', 'csrss', 'wininit', 'winlogon', 'services', 'smss', 'dwm', 'system'];
const ESSENTIAL_SERVICES = ['rpcss', 'dcomlaunch', 'lsm', 'bfe'];

type Range = HostReport['recommendation']['dynamicPortRanges'][number]['recommended'];

/** What is wrong with the advice, whatever the verdict: nothing, or `illegal`, `unsafe`, `too large`, `not first`, `breaks with exclusions`. */
export function adviceFaults(
  host: HostReport,
  labelled: LabelledHost,
  plan: ReplayedPlan | null,
  misses: string[],
): string[] {
  const told = (fault: string, what: string | null): string[] => {
    if (what === null) return [];
    misses.push(`advice ${fault}: ${what}`);
    return [fault];
  };
  return [
    ...told('illegal', illegal(host)),
    ...told('unsafe', unsafe(host, labelled.truth.forbidden ?? [])),
    ...told('too large', tooLarge(host)),
    ...told('not first', notFirst(host, labelled.truth.advisedFirst)),
    ...told('breaks with exclusions', breaksWithExclusions(host, labelled, plan)),
  ];
}

function illegal({ recommendation }: HostReport): string | null {
  const { tcpTimedWaitDelay: delay, maxUserPort, dynamicPortRanges, actions } = recommendation;
  const commands = actions.flatMap(({ apply }) => [...apply.cmd, ...apply.powershell]);
  const set = commands.flatMap((command): Range[] => {
    const [, start, count] = /set dynamicport \w+ start=(\d+) num=(\d+)/.exec(command) ?? [];
    return start === undefined ? [] : [{ start: Number(start), count: Number(count) }];
  });
  const changed = dynamicPortRanges.filter(({ change }) => change).map((range) => range.recommended);
  const range = [...set, ...changed].find(
    ({ start, count }) => start < LOWEST_START || count < FEWEST_PORTS || start + count - 1 > HIGHEST_PORT,
  );
  if (range !== undefined) return `range ${String(range.start)}:${String(range.count)}`;
  const seconds = delay.recommended;
  if (seconds !== null && (seconds < DELAYS.shortest || seconds > DELAYS.longest)) return `delay ${String(seconds)}`;
  const value = maxUserPort.recommended;
  if (value !== null && (value < MAX_USER_PORT.lowest || value > MAX_USER_PORT.highest)) {
    return `MaxUserPort ${String(value)}`;
  }
  return null;
}

/** What an action would have somebody do: its title, its reason and its commands. */
function unsafe({ recommendation, consumers }: HostReport, forbidden: readonly string[]): string | null {
  const essential = consumers.filter(
    ({ process, services }) =>
      ESSENTIAL.includes(process.toLowerCase().replace(/\.exe$/, '')) ||
      services.some((service) => ESSENTIAL_SERVICES.includes(service.toLowerCase())),
  );
  for (const { id, title, why, apply } of recommendation.actions) {
    const named = phrase(title, 'en');
    const said = [named, phrase(why, 'en'), ...apply.cmd, ...apply.powershell].join('\n');
    const found = forbidden.find((one) => said.includes(one));
    if (found !== undefined) return `${id}: ${found}`;
    for (const { process, pids } of essential) {
      if (named.startsWith(`Restart ${process}`)) return `${id}: ${named}`;
      const dumped = pids.find((pid) =>
        new RegExp(`(?:procdump|taskkill|Stop-Process)[^;\n]* ${String(pid)}\\b`).test(said),
      );
      if (dumped !== undefined) return `${id}: ends or dumps ${process}`;
    }
  }
  return null;
}

/** Where the demand is known to its upper end nothing may be asked for beyond what that needs. */
function tooLarge({ recommendation }: HostReport): string | null {
  const { predicted, dynamicPortRanges } = recommendation;
  const inside = (small: Range, large: Range): boolean =>
    small.start >= large.start && small.start + small.count <= large.start + large.count;
  for (const { recommended, needed, upTo, change, transport } of dynamicPortRanges) {
    const name = `${transport} ${String(recommended.start)}:${String(recommended.count)}`;
    if (!change) continue;
    if (upTo === null || !inside(recommended, upTo)) return `${name} beyond the largest`;
    if (needed !== null && needed.count > recommended.count) return `${name} below what is needed`;
    const isKnown = transport === 'tcp' && predicted.peakPorts?.high != null && recommendation.settingsHelp === 'yes';
    if (isKnown && needed !== null && recommended.count > needed.count)
      return `${name}, needed ${String(needed.count)}`;
  }
  return null;
}

function notFirst({ recommendation }: HostReport, first: string | undefined): string | null {
  const [action] = recommendation.actions;
  return first === undefined || action?.id.includes(first) === true ? null : (action?.id ?? 'nothing');
}

/** Nobody is sure to get excluded ports back: the plan has to carry the load without them. */
function breaksWithExclusions(host: HostReport, labelled: LabelledHost, plan: ReplayedPlan | null): string | null {
  if (plan === null || plan.settings.freed === undefined) return null;
  const { freed: _left, ...settings } = plan.settings;
  const result = planHolds(host, labelled, { settings, weaker: [] }, []);
  return result.startsWith('holds') ? null : result;
}
