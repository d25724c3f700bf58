import { describe, expect, it } from 'vitest';
import { defaultName } from '../../src/cli/default-name.js';
import type { HostReport } from '../../src/model/report.js';
import type { Incident } from '../../src/model/report-judgement.js';
import { aHost, aReport } from './a-report.js';

const incident: Omit<Incident, 'from'> = {
  to: null,
  mechanism: 'undetermined',
  contributing: [],
  confidence: 'low',
  summary: { id: 'verdict.undetermined', params: {}, text: 'Not known.' },
  atFault: [],
  onsets: 1,
  endedBy: null,
};

const entry = {
  secondsFromOnset: null,
  clockErrorSeconds: null,
  file: 'netstat.txt',
  line: 1,
  poolId: 'tcp',
  transport: 'tcp',
  family: 'combined',
  usable: 0,
  inUse: 0,
  free: 0,
  udp: 0,
  listening: 0,
  directionUnknown: 0,
  rowsCountedNaively: 0,
  scope: 'whole',
  unseen: [],
  established: 0,
  synSent: 0,
  synReceived: 0,
  finWait1: 0,
  finWait2: 0,
  closing: 0,
  lastAck: 0,
  closeWait: 0,
  otherState: 0,
  timeWait: 0,
  bound: 0,
} satisfies Partial<HostReport['ledger'][number]>;

function nameOf(changes: Partial<HostReport>): string {
  return defaultName(aReport({ hosts: [aHost(changes)] }));
}

describe('the default name', () => {
  it('cuts a long host name between two characters and fits into 255 bytes', () => {
    expect(nameOf({ host: `a${'\u{20000}'.repeat(60)}` })).toMatch(/^a\u{20000}{31}_/u);
    expect(Buffer.byteLength(nameOf({ host: '\u6f22'.repeat(300) }))).toBeLessThanOrEqual(255);
  });

  it('has the start of the worst incident, not of the first', () => {
    const { verdict } = aHost();
    const incidents = [
      { ...incident, from: '2026-03-01T22:00:00Z' },
      { ...incident, from: '2026-03-02T10:15:00.250Z' },
    ];
    expect(nameOf({ incidents, verdict: { ...verdict, incident: 1 } })).toBe(
      'RDSH01_2026-03-02T10-15-00Z.portmortem.html',
    );
  });

  it('has the newest snapshot where there is no incident', () => {
    const ledger = [
      { ...entry, at: '2026-03-02T11:00:00Z' },
      { ...entry, at: '2026-03-02T10:00:00Z' },
      { ...entry, at: null },
    ];
    expect(nameOf({ ledger })).toBe('RDSH01_2026-03-02T11-00-00Z.portmortem.html');
  });

  it('has the moment of the report where nothing is dated', () => {
    expect(nameOf({})).toBe('RDSH01_2026-03-03T08-00-00Z.portmortem.html');
  });

  it('says capture for several hosts and for none', () => {
    const moment = '2026-03-03T08-00-00Z.portmortem.html';
    expect(defaultName(aReport({ hosts: [aHost(), aHost()] }))).toBe(`capture_${moment}`);
    expect(defaultName(aReport({ hosts: [] }))).toBe(`capture_${moment}`);
  });

  it.each([
    ['rdsh01.contoso.example', 'rdsh01.contoso.example'],
    ['..\\..\\evil', '__.._evil'],
    ['a/b:c*?"<>|', 'a_b_c______'],
    ['-rf', '_rf'],
    ['\u202egnp.exe', '_gnp.exe'],
    ['SRV-MÜNCHEN', 'SRV-MÜNCHEN'],
    ['x'.repeat(300), 'x'.repeat(64)],
    ['', 'unknown'],
  ])('makes %j fit for a file name', (host, part) => {
    expect(nameOf({ host })).toBe(`${part}_2026-03-03T08-00-00Z.portmortem.html`);
  });
});
