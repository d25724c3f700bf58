import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RENDERINGS, type Rendering } from '../../src/render/renderings.js';
import { aHost, aReport } from '../cli/a-report.js';
import { aFolder, runIn } from '../cli/a-world.js';
import { goldenFaults, goldenNames, goldensOf } from '../support/scenarios.js';

/** Ends in the suffix of another one, so that the longest has to decide. */
const PROBE: Rendering = {
  suffix: '.probe.json',
  description: 'the hosts, one a line',
  render: ({ hosts }, language) => Promise.resolve(hosts.map(({ host }) => `${language} ${host}\n`).join('')),
};
/** Two of the list: its lines below stay true when it grows. */
const renderings = [...RENDERINGS.filter(({ suffix }) => ['.html', '.json'].includes(suffix)), PROBE];

describe('a rendering that only a test knows', () => {
  const engine = { analyze: () => Promise.resolve(aReport({ hosts: [aHost(), aHost({ host: 'APP02' })] })) };

  it('is written where the longest suffix of a name is its own', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const outputs = ['-o', 'a.PROBE.json', '-o', 'probe.json', '-o', '.probe.json'];
    const { exitCode, stdout } = await runIn({ cwd, engine, renderings }, 'analyze', 'netstat.txt', ...outputs);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'a.PROBE.json\nprobe.json\n.probe.json\n' });
    const [probe = '', ...others] = ['a.PROBE.json', 'probe.json', '.probe.json'].map((name) =>
      readFileSync(join(cwd, name), 'utf8'),
    );
    expect(probe).toBe('en RDSH01\nen APP02\n');
    // The last has no name before its suffix, but one before `.json`.
    expect(others.map((text) => text.startsWith('{\n  "schemaVersion"'))).toEqual([true, true]);
  });

  it('stands in the help and in the one line that names the kinds', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const { stdout } = await runIn({ cwd, renderings }, 'analyze', '--help');
    expect(stdout).toContain('write the report here (.html, .json or .probe.json)');
    expect(stdout).toContain('    .html        a page in one file\n');
    expect(stdout).toContain('    .probe.json  the hosts, one a line\n');
    const wrong = await runIn({ cwd, renderings }, 'analyze', 'netstat.txt', '-o', 'a.docx');
    expect({ exitCode: wrong.exitCode, stderr: wrong.stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: -o a.docx: .docx is no kind of report; let the name end in .html, .json or .probe.json\n',
    });
  });

  it('has a golden of its own in every scenario, missed where it is not there', async () => {
    expect(goldenNames(renderings)).toEqual(['report.html', 'report.json', 'report.probe.json']);
    expect((await goldensOf(aReport({ hosts: [aHost()] }), renderings)).get('report.probe.json')).toBe('en RDSH01\n');
    expect(goldenFaults('healthy', renderings)).toEqual(['missing: report.probe.json']);
    expect(goldenFaults('healthy', [PROBE])).toEqual([
      'missing: report.probe.json',
      'orphaned: report.html',
      'orphaned: report.json',
    ]);
  });
});
