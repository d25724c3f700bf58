import type { Estimate } from '../../model/estimate.js';
import { interval, number, share } from './figures.js';

const TOO_SHORT = ' So short a delay is legal since Windows Server 2012 R2 only, and shorter than can be recommended.';

/** What is to be said of each setting that was captured. */
export const settingWords = {
  'lint.sample-range': (p: { count: number }) =>
    `start=10000 num=1000 is the sample of a Microsoft article: it shrinks the range to ${number(p.count)} ports, ${share(1 - p.count / 16_384)} less than the default.`,
  'lint.small-range': (p: { start: number; count: number }) =>
    `The range has ${number(p.count)} ports, fewer than the Windows default of 16,384.`,
  'lint.range': (p: { start: number; count: number }) =>
    `${String(p.start)}–${String(p.start + p.count - 1)}, ${number(p.count)} ports.`,
  'lint.misspelt': (p: { name: string; meant: string }) => `No Windows reads ${p.name}; ${p.meant} was meant.`,
  'lint.wrong-key': (p: { name: string; path: string }) =>
    `${p.name} has no effect under ${p.path}; it belongs directly under Tcpip\\Parameters.`,
  'lint.wrong-type': (p: { name: string; type: string }) => `${p.name} must be a REG_DWORD; ${p.type} is not read.`,
  'lint.wrong-base': (p: { name: string; value: number; meant: number }) =>
    `${p.name} is ${number(p.value)}; ${number(p.meant)} was probably meant, and its digits were taken as hexadecimal.`,
  'lint.corrupt': (p: { name: string; undo: string }) =>
    `${p.name} is 0xFFFFFFFF: no legal value, probably left by a script that failed. Remove it: ${p.undo}.`,
  'lint.out-of-range': (p: { name: string; value: number; low: number; high: number }) =>
    `${p.name} is ${String(p.value)}; legal values are ${String(p.low)} to ${String(p.high)}.`,
  'lint.max-user-port': (p: { value: number }) =>
    `MaxUserPort=${String(p.value)} stands for 1025–${String(p.value)}; whether that is the range only netsh shows, and that was not captured.`,
  'lint.max-user-port-agrees': (p: { value: number; source: string }) =>
    `${p.source} shows the range that MaxUserPort=${String(p.value)} stands for. Since Vista netsh is the place to set it.`,
  'lint.max-user-port-overruled': (p: { value: number; source: string; start: number; end: number; undo: string }) =>
    `MaxUserPort=${String(p.value)} is set, but ${p.source} shows ${String(p.start)}–${String(p.end)}: it is not in effect. It may change the range at the next restart; remove it (${p.undo}), or check with netsh after the restart.`,
  'lint.max-user-port-contradicted': (p: { value: number; undo: string }) =>
    `MaxUserPort=${String(p.value)} is set, but the ports in the tables are not those of 1025–${String(p.value)}: it is not in effect. It may change the range at the next restart; remove it (${p.undo}), or check with netsh after the restart.`,
  'lint.tcp-num-connections': (p: { isDefault: boolean }) =>
    p.isDefault
      ? 'This is the default of TcpNumConnections: setting it changes nothing.'
      : 'TcpNumConnections limits nothing that runs out here.',
  'lint.strict-time-wait': () =>
    'StrictTimeWaitSeqCheck is copied from script to script; no Microsoft source says that TcpTimedWaitDelay needs it.',
  'lint.pending-restart': (p: { configured: number; effective: Estimate }) =>
    `${number(p.configured)} s is configured, but the sockets live ${interval(p.effective)} s: either the host has not been restarted since it was set, or this Windows does not read it.`,
  'lint.delay': (p: { value: number; short: boolean; measured: Estimate }) =>
    `${number(p.value)} s is configured, and the sockets live ${interval(p.measured)} s.${p.short ? TOO_SHORT : ''}`,
  'lint.delay-unproven': (p: { value: number; short: boolean; undo: string }) =>
    `${number(p.value)} s is configured; whether it is in effect cannot be told (it needs a restart after it was set).${p.short ? TOO_SHORT : ''} Back to the default: ${p.undo}, then a restart.`,
} as const;
