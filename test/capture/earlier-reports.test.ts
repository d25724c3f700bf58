import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { Report } from '../../src/model/report.js';
import { renderHtml } from '../../src/render/html/html.js';
import { renderJson } from '../../src/render/json.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { aFolder, runIn } from '../cli/a-world.js';
import { connections, evidenceFiles, HOST, iso, LISTENERS, netstat, OPTIONS, reportOf } from '../support/capture.js';

/** Short enough to be quoted whole: a report that is read as evidence has it twice. */
const shortEvent = (time: string, id: number): string =>
  `<Event><System><Provider Name='Tcpip'/><EventID>${String(id)}</EventID><TimeCreated SystemTime='${iso(time)}'/><Computer>${HOST}</Computer></System></Event>`;

const EVIDENCE = {
  'System.xml': [shortEvent('09:14:38', 4231), shortEvent('09:15:10', 4227)].join('\r\n'),
  'netstat.txt': netstat('09:14:40', [...LISTENERS, ...connections('TIME_WAIT', 50_000, 40)]),
};

const wide = (text: string, encoding: string): Uint8Array => new Uint8Array(iconv.encode(`\ufeff${text}`, encoding));

describe('an earlier report beside the evidence', () => {
  let alone: Report;
  let earlier: Record<string, string | Uint8Array>;

  beforeAll(async () => {
    alone = await reportOf(EVIDENCE);
    const [json, page] = [renderJson(alone), renderHtml(alone)];
    earlier = {
      'A.json': json,
      'report.txt': json,
      'System.old.xml': page,
      'netstat_2026-03-03_091510.log': page,
      'wide.txt': wide(json, 'utf16le'),
      'wide-page.csv': wide(page, 'utf16be'),
    };
  });

  it('changes nothing about any host, whatever its name, its extension and its encoding', async () => {
    const { hosts } = await reportOf({ ...earlier, ...EVIDENCE });
    expect(hosts).toEqual(alone.hosts);
  });

  it('is listed as what it is, without a record, a skipped one, or a problem but that of a copy', async () => {
    const { inputs } = await reportOf({ ...earlier, ...EVIDENCE });
    const listed = inputs.map(({ file, format, dialect, records, skipped, hosts }) =>
      [file, format, dialect, records, skipped, ...hosts].join(' '),
    );
    expect(listed.slice(0, 6)).toEqual([
      'A.json portmortem-report JSON 0 0',
      'report.txt portmortem-report JSON 0 0',
      'System.old.xml portmortem-report HTML 0 0',
      'netstat_2026-03-03_091510.log portmortem-report HTML 0 0',
      'wide.txt portmortem-report JSON 0 0',
      'wide-page.csv portmortem-report HTML 0 0',
    ]);
    const codes = inputs.flatMap(({ problems }) => problems.map(({ code }) => code));
    // The same report twice under two names.
    expect(codes).toEqual(['duplicate-file', 'duplicate-file']);
  });

  it('says nothing by its modification time about when the evidence was taken', async () => {
    const march = Date.UTC(2026, 2, 5, 12);
    const dump = EVIDENCE['netstat.txt'].replace('2026-03-03 09:14:40', '05/03/2026 09:14:40');
    const [netstatFile, earlierFile] = evidenceFiles({ 'netstat.txt': dump, 'A.json': earlier['A.json'] ?? '' });
    if (netstatFile === undefined || earlierFile === undefined) throw new Error('no file');
    const taken = { ...netstatFile, modifiedMs: march };
    const without = await analyze([taken], nodePlatform, OPTIONS);
    expect(without.hosts[0]?.ledger[0]?.at).toBe('2026-03-05T09:14:40Z');
    const later = { ...earlierFile, modifiedMs: Date.UTC(2026, 5, 20) };
    expect((await analyze([taken, later], nodePlatform, OPTIONS)).hosts).toEqual(without.hosts);
  });

  it('is counted by its format in the summary, and alone is nothing usable', async () => {
    const cwd = aFolder({ 'netstat.txt': EVIDENCE['netstat.txt'], 'report.txt': renderJson(alone) });
    const world = { cwd, engine: { analyze }, renderings: RENDERINGS };
    const { stderr } = await runIn(world, 'analyze', '.', '-v', '-o', 'again.html');
    expect(stderr).toMatch(/Read +2 files, .*: 1 netstat and 1 portmortem-report\n/);
    const only = await runIn(world, 'analyze', 'report.txt');
    expect(only.exitCode).toBe(3);
    expect(only.stderr).toContain('report.txt: read as portmortem-report, nothing in it counts');
  });
});
