import { backgroundEvents } from './background-events.js';
import { hostEvents } from './host-events.js';
import type { LogRecord } from './log-record.js';
import type { Outcome } from './simulation.js';
import { eventXml, type EventXmlStyle } from './writers/event-xml.js';
import type { HostClock } from './writers/host-clock.js';

export interface SystemLogOptions {
  readonly clock: HostClock;
  readonly style: EventXmlStyle;
  /** Oldest and newest moment the export reaches; seconds since the simulation's start. */
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  readonly perHour?: number;
  readonly domain?: string;
  readonly fractionDigits?: 7 | 9;
  /** First and last second of a stretch whose records were overwritten or filtered away. */
  readonly gap?: readonly [fromSeconds: number, toSeconds: number];
  /** Events from elsewhere: look-alikes, changes, other causes. */
  readonly also?: readonly LogRecord[];
}

/** The System log of a run as an export: what had to do with ports among what a server writes anyway. */
export function systemLog(outcome: Outcome, seed: number, options: SystemLogOptions): Uint8Array {
  const { host, seconds } = outcome.scenario;
  const fromMs = host.startMs + (options.fromSeconds ?? -86_400) * 1000;
  const toMs = host.startMs + (options.toSeconds ?? seconds) * 1000;
  const bootMs = host.startMs + host.bootSeconds * 1000;
  const records = [
    ...backgroundEvents(seed, fromMs, toMs, options.perHour ?? 4, bootMs, options.clock),
    ...hostEvents(outcome, options.clock),
    ...(options.also ?? []),
  ].filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const [gapFrom, gapTo] = (options.gap ?? [Infinity, -Infinity]).map((seconds) => host.startMs + seconds * 1000);
  return eventXml(records, {
    lacks: ({ atMs }) => atMs >= (gapFrom ?? Infinity) && atMs <= (gapTo ?? -Infinity),
    style: options.style,
    computer: `${host.name}.${options.domain ?? 'contoso.example'}`,
    culture: options.clock.culture,
    fractionDigits: options.fractionDigits ?? 9,
  });
}
