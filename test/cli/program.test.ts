import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExitCode } from '../../src/cli/exit-code.js';
import { reportSchema } from '../../src/report/schema.js';
import { aHost, aReport, words } from './a-report.js';
import { aFolder, runIn } from './a-world.js';

describe('portmortem', () => {
  it('prints its version', async () => {
    const { exitCode, stdout, stderr } = await runIn({ cwd: aFolder() }, '--version');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it('prints its help on standard output when asked, and on standard error with exit code 2 when called with nothing', async () => {
    const asked = await runIn({ cwd: aFolder() }, '--help');
    expect({ exitCode: asked.exitCode, stderr: asked.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(asked.stdout).toMatch(/^Usage: portmortem /);
    const bare = await runIn({ cwd: aFolder() });
    expect({ exitCode: bare.exitCode, stdout: bare.stdout, stderr: bare.stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: asked.stdout,
    });
  });

  it('documents every exit code in its help', async () => {
    const { stdout } = await runIn({ cwd: aFolder() }, '--help');
    const documented = [...stdout.matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => Number(code));
    expect(documented).toEqual(Object.values(ExitCode));
  });

  it('documents default name, renderings and every option in the help of analyze', async () => {
    const { stdout } = await runIn({ cwd: aFolder() }, 'analyze', '--help');
    const options = [
      '-o, --output',
      '--force',
      '-q',
      '-v',
      '--timezone',
      '--range',
      '--time-wait',
      '--headroom',
      '--encoding',
    ];
    for (const text of [...options, '--host', '--from', '--to', 'HOST_2026-03-02T10-15-00Z.portmortem.html', '.json']) {
      expect(stdout).toContain(text);
    }
  });

  it('keeps the lines of its help within 100 characters', async () => {
    for (const argv of [['--help'], ['analyze', '--help'], ['sample', '--help']]) {
      const { stdout } = await runIn({ cwd: aFolder() }, ...argv);
      expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  });

  it('says in one line that a command is unknown', async () => {
    const { exitCode, stdout, stderr } = await runIn({ cwd: aFolder() }, 'analyse', 'x');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "portmortem: unknown command 'analyse' (Did you mean analyze?); see portmortem --help\n",
    });
  });

  it.each([
    [['--bogus'], "unknown option '--bogus'", 'portmortem --help'],
    [['analyze', '--bogus', 'x'], "unknown option '--bogus'", 'portmortem analyze --help'],
    [['analyze'], "missing required argument 'path'", 'portmortem analyze --help'],
    [['analyze', 'x', '--host'], "option '--host <name>' argument missing", 'portmortem analyze --help'],
    [['sample', '--bogus'], "unknown option '--bogus'", 'portmortem sample --help'],
  ])('points from a wrong option to the help of its own command: %j', async (argv, what, help) => {
    const { exitCode, stderr } = await runIn({ cwd: aFolder() }, ...argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `portmortem: ${what}; see ${help}\n` });
  });

  it('makes control characters of an argument harmless before it repeats them', async () => {
    const { stderr } = await runIn({ cwd: aFolder() }, 'analyze', 'a\u001b]0;x\u0007\u202e.txt');
    expect(stderr).toBe(
      'portmortem: a\\u001b]0;x\\u0007\\u202e.txt: no such file or folder; name an existing file or folder, or - for standard input\n',
    );
  });
});

describe('portmortem with a path and no command', () => {
  const CWD = { 'night/netstat.txt': 'TCP', 'sample/netstat.txt': 'TCP', 'netstat.txt': 'TCP' };
  const read = async (...argv: string[]): Promise<unknown> => {
    const { exitCode, analysed } = await runIn({ cwd: aFolder(CWD), stdin: ['TCP'] }, ...argv);
    return { exitCode, files: analysed?.files.map(({ path }) => path) };
  };

  it('analyses what is there', async () => {
    expect(await read('night')).toEqual({ exitCode: 0, files: ['netstat.txt'] });
    expect(await read('netstat.txt', '-q', '-o', 'a.json')).toEqual({ exitCode: 0, files: ['netstat.txt'] });
    expect(await read('-q', '-o', 'a.json', 'night')).toEqual({ exitCode: 0, files: ['netstat.txt'] });
    expect(await read('-')).toEqual({ exitCode: 0, files: ['stdin'] });
    expect(await read('*.txt')).toEqual({ exitCode: 0, files: ['netstat.txt'] });
  });

  it('leaves its name to a command', async () => {
    const sampleCapture = aFolder({ 'System.xml': '<Events/>' });
    const { analysed } = await runIn({ cwd: aFolder(CWD), sampleCapture }, 'sample');
    expect(analysed?.files.map(({ path }) => path)).toEqual(['System.xml']);
    expect(await read('./sample')).toEqual({ exitCode: 0, files: ['netstat.txt'] });
  });

  it('says what is wrong with a path that is not there, and of a word that no command is it', async () => {
    const said = async (...argv: string[]): Promise<string> => (await runIn({ cwd: aFolder(CWD) }, ...argv)).stderr;
    expect(await said('no/such')).toContain('portmortem: no/such: no such file or folder;');
    expect(await said('analyse', 'night')).toContain("unknown command 'analyse' (Did you mean analyze?)");
    expect(await said('--bogus')).toContain("unknown option '--bogus'; see portmortem --help");
    expect(await said('--bogus', 'night')).toContain("unknown option '--bogus'; see portmortem analyze --help");
  });
});

describe('portmortem schema', () => {
  it('prints the schema of the report', async () => {
    const { exitCode, stdout } = await runIn({ cwd: aFolder() }, 'schema');
    expect({ exitCode, schema: JSON.parse(stdout) as unknown }).toEqual({ exitCode: 0, schema: reportSchema });
  });
});

describe('portmortem sample', () => {
  const engine = {
    analyze: () => {
      const { verdict } = aHost();
      return Promise.resolve(
        aReport({ hosts: [aHost({ verdict: { ...verdict, summary: words('All was\u0007 well.') } })] }),
      );
    },
  };

  it('writes both renderings into the current folder and prints the verdict and the plain paths', async () => {
    const cwd = aFolder();
    const sampleCapture = aFolder({ 'System.xml': '<Events/>' });
    const { exitCode, stdout, stderr, analysed } = await runIn({ cwd, sampleCapture, engine }, 'sample');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: 'All was\\u0007 well.\nreport.html\nreport.json\n',
      stderr: '',
    });
    expect(readdirSync(cwd)).toEqual(['report.html', 'report.json']);
    expect(analysed?.files.map(({ path }) => path)).toEqual(['System.xml']);
    expect(analysed?.options.arguments).toEqual([]);
  });

  it('overwrites only with --force', async () => {
    const cwd = aFolder({ 'report.html': 'mine' });
    const sampleCapture = aFolder({ 'System.xml': '<Events/>' });
    expect((await runIn({ cwd, sampleCapture, engine }, 'sample')).exitCode).toBe(5);
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toBe('mine');
    expect((await runIn({ cwd, sampleCapture, engine }, 'sample', '--force')).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toBe('<!doctype html>');
  });

  it('writes elsewhere with -o', async () => {
    const cwd = aFolder();
    const { stdout } = await runIn({ cwd, sampleCapture: aFolder({ x: '' }), engine }, 'sample', '-o', 'a.json');
    expect(stdout).toBe('All was\\u0007 well.\na.json\n');
    expect(readdirSync(cwd)).toEqual(['a.json']);
  });
});
