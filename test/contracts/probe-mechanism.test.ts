import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { summary } from '../../src/cli/summary.js';
import { isNearlyFull } from '../../src/measure/pools/fullness.js';
import { firstOf, judging, present } from '../../src/mechanisms/judging.js';
import { entrySource, evidence, type MechanismRecord, type WithTcpTable } from '../../src/mechanisms/mechanism.js';
import { MECHANISM_RECORDS } from '../../src/mechanisms/mechanisms.js';
import { say } from '../../src/messages/say.js';
import { MECHANISMS, type Mechanism } from '../../src/model/report-judgement.js';
import type { HostReport, Report } from '../../src/model/report.js';
import { renderHtml } from '../../src/render/html/html.js';
import { renderJson } from '../../src/render/json.js';
import { reportSchema, reportSchemaOf } from '../../src/report/schema.js';
import {
  connections,
  evidenceFiles,
  LISTENERS,
  netshRange,
  netstat,
  OPTIONS,
  systemLog,
  TASKS,
} from '../support/capture.js';

const ID: string = 'fin-wait-2-crowd';

/** A mechanism that the program does not know, whole in this file: the far end never closes its side. */
const finWait2Crowd: MechanismRecord = {
  id: ID as Mechanism,
  transport: 'tcp',
  ports: 'finWait2',
  leaks: null,
  fillsPool: true,
  doubts: [],
  isFilledByRate: false,
  settingsHelp: 'no',
  remedies: ['restart-host'],
  needs: 'tcp-table',
  judge: judging({
    measure: ({ peak, onsets, consumers }: WithTcpTable) => ({
      share: peak.finWait2 / Math.max(peak.usable, 1),
      suspects: [consumers[0]?.identity.id],
      crowded: isNearlyFull(peak) && peak.finWait2 >= peak.inUse / 2,
      refused: onsets.length > 0,
    }),
    decide: ({ crowded, refused }) =>
      firstOf([
        [crowded && refused, 'confirmed'],
        [crowded, 'likely'],
        [!crowded, 'ruled-out'],
      ]),
    collect: ({ peak }, { crowded }) => {
      const held = { state: 'finWait2', ports: peak.finWait2, usable: peak.usable };
      const counted = evidence(say('leak.against.small', held), entrySource(peak));
      return { for: present(crowded && counted), against: present(!crowded && counted), missing: [] };
    },
  }),
  summary: ({ host }) => say('verdict.stuck-time-wait', { host, longest: 4321 }),
};

const full = (time: string): string => netstat(time, [...LISTENERS, ...connections('FIN_WAIT_2', 49_152, 16_384)]);
const FILES = {
  'netstat.txt': [full('08:00:01'), netstat('12:00:00', LISTENERS), full('20:00:01')].join('\r\n'),
  'netsh.txt': netshRange(),
  'tasklist.csv': TASKS,
  'System.xml': systemLog([
    { time: '08:00:00', id: 4231 },
    { time: '20:00:00', id: 4231 },
  ]),
};

function analyzed(mechanisms?: readonly MechanismRecord[]): Promise<Report> {
  return analyze(evidenceFiles(FILES), nodePlatform, OPTIONS, () => undefined, mechanisms);
}

describe('a mechanism that stands in one file and the list', () => {
  let report: Report;
  let host: HostReport;
  beforeAll(async () => {
    report = await analyzed([...MECHANISM_RECORDS, finWait2Crowd]);
    const [first] = report.hosts;
    if (first === undefined) throw new Error('the capture holds a host');
    host = first;
  });

  it('is not found without its record', async () => {
    const { hosts } = await analyzed();
    expect(hosts.map(({ verdict }) => verdict.mechanism)).toEqual(['undetermined']);
  });

  it('is the verdict, of the pool and the ports that its record names', () => {
    const { mechanism, confidence, exhaustion, poolId, ports, isLeak, filledByRate } = host.verdict;
    expect({ mechanism, confidence, exhaustion, poolId, ports, isLeak, filledByRate }).toEqual({
      mechanism: ID,
      confidence: 'high',
      exhaustion: 'shown',
      poolId: 'tcp',
      ports: 'finWait2',
      isLeak: false,
      filledByRate: false,
    });
    expect(host.verdict.summary.params).toEqual({ host: 'APP02', longest: 4321 });
  });

  it('is judged for each incident and stands last among the hypotheses', () => {
    expect(host.incidents.map(({ mechanism, summary: { params } }) => [mechanism, params['longest']])).toEqual([
      [ID, 4321],
      [ID, 4321],
    ]);
    expect(host.hypotheses.at(-1)).toMatchObject({ id: ID, outcome: 'confirmed', against: [], missing: [] });
  });

  it('has its remedy, its help from the settings and its culprits in the report', () => {
    expect(host.recommendation.settingsHelp).toBe('no');
    expect(host.recommendation.actions.map(({ id }) => id)).toEqual(['restart-host']);
    expect(host.consumers.some(({ atFault }) => atFault === 'yes')).toBe(true);
  });

  it('is on the page and in the summary under its id', () => {
    const page = renderHtml(report);
    expect(page.split(ID).length - 1).toBeGreaterThan(2);
    expect(page).not.toContain('undefined');
    const context = {
      written: [],
      leftOut: [],
      elapsedMs: 1,
      verbose: false,
      paint: (_: unknown, text: string) => text,
    };
    expect(summary(report, context)).toContain(`APP02  ${ID}, high confidence`);
  });

  it('is in the JSON as the schema of the same list describes it', () => {
    const json: unknown = JSON.parse(renderJson(report));
    const ajv = new Ajv2020({ strict: true });
    expect(ajv.compile(reportSchemaOf([...MECHANISMS, ID]))(json)).toBe(true);
    expect(new Ajv2020({ strict: true }).compile(reportSchema)(json)).toBe(false);
  });
});
