import { describe, expect, it } from 'vitest';
import type { HostFacts } from '../../../src/measure/facts.js';
import {
  snapshotNearestOnset,
  snapshotSoonAfterOnset,
  type SnapshotNearOnset,
} from '../../../src/measure/events/snapshot-near-onset.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';
import { factsOf } from '../../support/host-facts.js';
import { LISTENERS, netstat, systemLog } from '../../support/capture.js';

/** A host with events of 4227 and snapshots at these times of day; the clock of the snapshots is good to two seconds. */
async function host(onsets: readonly string[], snapshots: readonly string[]): Promise<HostFacts> {
  return factsOf({
    'netstat.txt': snapshots.map((time) => netstat(time, LISTENERS)).join('\r\n'),
    'System.xml': systemLog(onsets.map((time) => ({ time, id: 4227 }))),
  });
}

/** As `time of the snapshot: seconds after the onset`. */
function shown(witness: SnapshotNearOnset | null): string {
  return witness === null ? 'none' : `${witness.entry.at?.slice(11, 19) ?? '?'}: ${String(witness.secondsAfterOnset)}`;
}

describe('the nearest witness', () => {
  it('is the snapshot nearest to any onset, on either side', async () => {
    expect(shown(snapshotNearestOnset(await host(['09:00:00'], ['09:01:00', '09:05:00'])))).toBe('09:01:00: 60');
    expect(shown(snapshotNearestOnset(await host(['09:00:00'], ['08:59:30', '09:01:00'])))).toBe('08:59:30: -30');
    expect(shown(snapshotNearestOnset(await host(['09:00:00', '09:04:50'], ['09:01:00', '09:05:00'])))).toBe(
      '09:05:00: 10',
    );
  });

  it('goes by the first and the last event of a minute', async () => {
    expect(shown(snapshotNearestOnset(await host(['09:00:00', '09:00:50'], ['09:00:20'])))).toBe('09:00:20: 20');
    expect(shown(snapshotNearestOnset(await host(['09:00:00', '09:00:50'], ['09:00:40'])))).toBe('09:00:40: -10');
  });

  it('is none without an onset, and without a dated snapshot', async () => {
    expect(snapshotNearestOnset(await host([], ['09:01:00']))).toBeNull();
    const undated = netstat('', LISTENERS).replace('2026-03-03 ', '');
    const files = { 'netstat.txt': undated, 'System.xml': systemLog([{ time: '09:00:00', id: 4227 }]) };
    expect(snapshotNearestOnset(await factsOf(files))).toBeNull();
  });
});

describe('a witness to what held the ports for sixty seconds', () => {
  const within = async (onsets: readonly string[], ...snapshots: readonly string[]): Promise<string> =>
    shown(snapshotSoonAfterOnset(await host(onsets, snapshots), 60));

  it('was taken after the onset and within that time, the error of the clock taken off at both ends', async () => {
    expect(await within(['09:00:00'], '09:00:58')).toBe('09:00:58: 58');
    expect(await within(['09:00:00'], '09:00:59')).toBe('none');
    expect(await within(['09:00:00'], '08:59:58')).toBe('08:59:58: -2');
    expect(await within(['09:00:00'], '08:59:57')).toBe('none');
  });

  it('was taken after it by its own time where its clock may be off by more than seconds', async () => {
    const named = (seconds: string): Promise<HostFacts> =>
      factsOf({
        [`netstat_2026-03-03_09-00-${seconds}.txt`]: netstat('', LISTENERS).replace(/^.*\r\n/, ''),
        'System.xml': systemLog([{ time: '09:00:37', id: 4227 }]),
      });
    const after = async (seconds: string): Promise<string> => shown(snapshotSoonAfterOnset(await named(seconds), 120));
    expect(await after('00')).toBe('none');
    expect(await after('31')).toBe('none');
    expect(await after('32')).toBe('09:00:32: -5');
    expect(await after('59')).toBe('09:00:59: 22');
  });

  it('may be one of the last onset although the next one is nearer', async () => {
    expect(await within(['09:00:00', '09:01:05'], '09:00:50')).toBe('09:00:50: 50');
    expect(await within(['09:00:00', '09:00:55'], '09:00:50')).toBe('09:00:50: 50');
  });

  it('is the nearest of several', async () => {
    expect(await within(['09:00:00'], '09:00:50', '09:05:00')).toBe('09:00:50: 50');
    expect(await within(['09:00:00', '10:00:00'], '09:00:50', '10:00:20')).toBe('10:00:20: 20');
  });

  it('is one that hides less before one that is nearer', async () => {
    const facts = await host(['09:00:00'], ['09:00:10', '09:00:50']);
    const hiding = (hidden: LedgerEntry['unseen']): HostFacts => ({
      ...facts,
      ledger: facts.ledger.map((entry, index) => (index === 0 ? { ...entry, unseen: hidden } : entry)),
    });
    expect(shown(snapshotSoonAfterOnset(facts, 60))).toBe('09:00:10: 10');
    expect(shown(snapshotSoonAfterOnset(hiding(['bound', 'timeWait', 'listening']), 60))).toBe('09:00:50: 50');
  });

  it('cannot be a snapshot whose clock is off by an unknown time', async () => {
    const facts = await host(['09:00:00'], ['09:00:10']);
    const ledger = facts.ledger.map((entry) => ({ ...entry, clockErrorSeconds: null }));
    expect(snapshotSoonAfterOnset({ ...facts, ledger }, 60)).toBeNull();
  });
});
