import type { Estimate } from '../../model/estimate.js';
import { counted, interval, listed, moment, number, share } from './figures.js';
import { inState, stateName } from './hypotheses.js';
import { processName } from './processes.js';

/** How a leak grows since its last restart, beside before. */
const PACE = {
  faster: ' and grows faster',
  slower: ' and grows more slowly',
  alike: ' and grows as fast',
} as const;

/** Evidence about ports that are held: leaks, and crowds of live connections. */
export const heldPortsWords = {
  'leak.for.growth': (p: {
    process: string;
    state: string;
    first: number;
    last: number;
    snapshots: number;
    perHour: Estimate;
  }) =>
    `${stateName(p.state)} ports of ${processName(p.process)} rose from ${number(p.first)} to ${number(p.last)} over ${counted(p.snapshots, 'snapshot')}, ${interval(p.perHour)} an hour, and hardly ever fell.`,
  'leak.for.ages': (p: {
    process: string;
    state: string;
    sockets: number;
    since: string;
    offsetMinutes: number | null;
    perHour: Estimate;
  }) =>
    `The ${number(p.sockets)} ${stateName(p.state)} sockets of ${processName(p.process)} were created one after another since about ${moment(p.since, p.offsetMinutes)}, ${interval(p.perHour)} an hour, and are all still held.`,
  'leak.for.lives': (p: {
    process: string;
    state: string;
    restarts: number;
    /** Most ports of each of the latest lives that have ended, in their order. */
    ended: readonly string[];
    present: number;
    pace: 'faster' | 'slower' | 'alike' | null;
  }) =>
    `${processName(p.process)} started anew ${counted(p.restarts, 'time')} and leaked again: ${p.ended.length < p.restarts ? 'its latest lives' : p.restarts === 1 ? 'the life before' : 'the lives before'} reached ${listed(p.ended.map((most) => number(Number(most))))} ${stateName(p.state)} ports, the present one has reached ${number(p.present)}${p.pace === null ? '' : PACE[p.pace]}.`,
  'leak.for.held': (p: { process: string; ports: number; state: string; usable: number }) =>
    `${processName(p.process)} alone held ${number(p.ports)} of ${number(p.usable)} ports ${inState(p.state)}.`,
  'leak.against.small': (p: { state: string; ports: number; usable: number }) =>
    p.ports === 0
      ? `In the snapshots that can show it no port was ${inState(p.state)}.`
      : `In the snapshots that can show it at most ${number(p.ports)} of ${number(p.usable)} ports were ${inState(p.state)}.`,
  'leak.against.no-room': (p: { state: string; free: number }) =>
    `The table does not list ${stateName(p.state)} ports, but the states it lists already filled the pool: at most ${counted(p.free, 'port')} could be ${inState(p.state)}.`,
  'leak.missing.unseen': (p: { state: string }) =>
    p.state === 'bound'
      ? 'No snapshot can show all Bound ports: netstat without -q does not list them, nor does a filtered Get-NetTCPConnection. Keep netstat -anoq (Windows 10 or Server 2016), or the whole table of Get-NetTCPConnection.'
      : `No snapshot shows that it lists all ${stateName(p.state)} ports: none is known to be the whole table. Keep netstat -anoq with its heading and nothing filtered out.`,
  'leak.missing.blind': () =>
    'This version of Windows does not list all ports in use before KB 3123245 (October 2016): few Bound ports in a table prove nothing.',
  'leak.missing.series': (p: { state: string }) =>
    `Whether ${stateName(p.state)} ports keep growing needs at least three snapshots, some minutes apart.`,
  'leak.missing.near': (p: { state: string }) =>
    `No snapshot from the height of the trouble shows how many ports were ${inState(p.state)}.`,
  'established.against.no-growth': (p: { process: string; ports: number }) =>
    `The live connections do not keep growing; ${processName(p.process)} has most of them (${number(p.ports)}).`,

  'established.for.stay': (p: { share: number }) =>
    `${share(p.share)} of the live connections were still there in the next snapshot: hardly any ever ends.`,
  'established.for.oldest': (p: { process: string; old: number; left: number; due: number }) =>
    `Of the older half of what ${processName(p.process)} held in an earlier table, ${number(p.left)} of ${number(p.old)} connections were still there in the newest: a crowd of steady size would have lost about ${number(p.due)}, as many as came.`,
  'established.against.turnover': (p: { share: number }) =>
    `Only ${share(p.share)} of the live connections were still there in the next snapshot: they come and go.`,
  'established.missing.turnover': () => 'Too few live connections were followed to tell whether old ones ever end.',

  'saturation.for.full': (p: { established: number; inUse: number; usable: number }) =>
    `${number(p.established)} of ${number(p.inUse)} ports in use were live connections; the pool has ${number(p.usable)}.`,
  'saturation.missing.turnover': () =>
    'Whether these connections come and go, or are never closed, needs their creation times (Get-NetTCPConnection) or tables from before the pool was full.',
  'saturation.against.growing': () => 'The number of live connections keeps growing: that is a leak, not a crowd.',
} as const;
