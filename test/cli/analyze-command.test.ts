import {
  chmodSync,
  existsSync,
  linkSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fileIdentity } from '../../src/cli/file-identity.js';
import { say } from '../../src/messages/say.js';
import { NothingUsableError, UnknownHostError, UnknownZoneError } from '../../src/model/analysis.js';
import type { ProblemCode } from '../../src/model/format.js';
import type { Message } from '../../src/model/report-message.js';
import type { ReportInput, ReportProblem } from '../../src/model/report.js';
import { aHost, aReport, words } from './a-report.js';
import { aFolder, contentOf, runIn } from './a-world.js';

const DEFAULT_NAME = 'RDSH01_2026-03-03T08-00-00Z.portmortem.html';

/** An input that the system stops giving. */
async function* failing(code: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from('TCP');
  await Promise.reject(Object.assign(new Error(code), { code }));
}

describe('portmortem analyze', () => {
  it('writes the page under its default name and prints nothing but the path', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const { exitCode, stdout, stderr } = await runIn({ cwd }, 'analyze', 'netstat.txt');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${DEFAULT_NAME}\n`, stderr: '' });
    expect(readFileSync(join(cwd, DEFAULT_NAME), 'utf8')).toBe('<!doctype html>');
  });

  it('writes every output in the rendering of its extension, in the order given', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const outcome = await runIn({ cwd }, 'analyze', 'netstat.txt', '-o', 'b.json', '-o', 'a.HTML');
    expect({ exitCode: outcome.exitCode, stdout: outcome.stdout }).toEqual({ exitCode: 0, stdout: 'b.json\na.HTML\n' });
    expect(readFileSync(join(cwd, 'b.json'), 'utf8')).toBe('{}');
    expect(readFileSync(join(cwd, 'a.HTML'), 'utf8')).toBe('<!doctype html>');
    expect(readdirSync(cwd).sort()).toEqual(['a.HTML', 'b.json', 'netstat.txt']);
  });

  it('hands the engine the options as the model writes them', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const argv = [
      'analyze',
      'netstat.txt',
      '--timezone',
      'Europe/Paris',
      '--range',
      '10000:55536',
      '--time-wait',
      '30',
    ];
    argv.push(
      '--encoding',
      '850',
      '--headroom',
      '65%',
      '--host',
      'RDSH01',
      '--from',
      '2026-03-02T10:00',
      '--to',
      '2026-03-02',
    );
    const { exitCode, analysed } = await runIn({ cwd, env: { SOURCE_DATE_EPOCH: '1772445600' } }, ...argv);
    expect(exitCode).toBe(0);
    expect(analysed?.options).toEqual({
      headroom: 0.65,
      encoding: 'cp850',
      range: { start: 10000, count: 55536 },
      timeWaitSeconds: 30,
      timezone: 'Europe/Paris',
      host: 'RDSH01',
      fromMs: Date.UTC(2026, 2, 2, 9),
      toMs: Date.UTC(2026, 2, 2, 23) - 1,
      generatedAtMs: Date.UTC(2026, 2, 2, 10),
      arguments: argv.slice(2),
    });
  });

  it('tells the report its options under their long names, and no path', async () => {
    const cwd = aFolder({ 'e/netstat.txt': 'TCP' });
    const argv = [join(cwd, 'e'), '-v', '--host=RDSH01', '-o', join(cwd, 'a.html'), '--force', '-oa.json'];
    const { analysed } = await runIn({ cwd }, 'analyze', ...argv, '--from', '2026-03-02T10:00Z');
    const told = ['--verbose', '--host', 'RDSH01', '--force', '--from', '2026-03-02T10:00Z'];
    expect(analysed?.options.arguments).toEqual(told);
  });

  it('leaves every option it was not given to the evidence', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const { analysed } = await runIn({ cwd }, 'analyze', 'netstat.txt');
    expect(analysed?.options).toEqual({
      headroom: 0.7,
      range: null,
      timeWaitSeconds: null,
      timezone: null,
      host: null,
      fromMs: null,
      toMs: null,
      generatedAtMs: Date.UTC(2026, 2, 3, 8),
      arguments: [],
    });
  });

  it('refuses to overwrite before anything is analysed, naming every file in the way', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP', 'a.html': 'old', 'a.json': 'old' });
    const outcome = await runIn({ cwd }, 'analyze', 'netstat.txt', '-o', 'a.html', '-o', 'a.json', '-o', 'b.html');
    expect(outcome.exitCode).toBe(5);
    expect(outcome.stderr).toBe(
      'portmortem: a.html, a.json: the files exist already; name another output with -o, or overwrite with --force\n',
    );
    expect(outcome.analysed).toBeNull();
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toBe('old');
    expect(existsSync(join(cwd, 'b.html'))).toBe(false);
  });

  it('overwrites with --force', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP', 'a.html': 'old' });
    expect((await runIn({ cwd }, 'analyze', 'netstat.txt', '-o', 'a.html', '--force')).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toBe('<!doctype html>');
  });

  it('overwrites nothing that came into its place while it was analysing', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const analyze = () => {
      writeFileSync(join(cwd, 'a.html'), 'mine');
      return Promise.resolve(aReport());
    };
    const { exitCode, stdout, stderr } = await runIn(
      { cwd, engine: { analyze } },
      'analyze',
      'netstat.txt',
      '-o',
      'a.html',
    );
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 5,
      stdout: '',
      stderr: 'portmortem: a.html: the file exists already; name another output with -o, or overwrite with --force\n',
    });
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toBe('mine');
    expect(readdirSync(cwd)).toEqual(['a.html', 'netstat.txt']);
  });

  it.each([
    ['a link to evidence', ['e'], 'link.html', 'b.txt'],
    ['a second hard link of evidence', ['e'], 'hard.json', 'b.txt'],
    ['a link beside the evidence that leads to it', ['e'], 'e/inner.html', 'b.txt'],
    ['evidence by way of a link to its folder', ['e/c.json'], 'folder/c.json', null],
    ['evidence with its own name', ['e/c.json'], 'e/c.json', null],
    ['evidence under the default name', [`e/${DEFAULT_NAME}`, 'e/b.txt'], null, DEFAULT_NAME],
    ['the file that standard input comes from', ['-'], 'e/c.json', 'stdin'],
  ])('never overwrites %s, even with --force', async (_what, paths, output, evidence) => {
    const cwd = aFolder({ 'e/b.txt': 'TCP', 'e/c.json': 'TCP', [`e/${DEFAULT_NAME}`]: 'TCP' });
    symlinkSync('e/b.txt', join(cwd, 'link.html'));
    symlinkSync('b.txt', join(cwd, 'e/inner.html'));
    symlinkSync('e', join(cwd, 'folder'));
    linkSync(join(cwd, 'e/b.txt'), join(cwd, 'hard.json'));
    linkSync(join(cwd, 'e', DEFAULT_NAME), join(cwd, DEFAULT_NAME));
    const stdinIdentity = await fileIdentity(join(cwd, 'e/c.json'));
    const named = output === null ? [] : ['-o', output];
    const { exitCode, stderr } = await runIn(
      { cwd, stdin: ['TCP'], stdinIdentity },
      'analyze',
      ...paths,
      ...named,
      '--force',
    );
    const why =
      evidence === null
        ? `${paths.join()}: it is named both as evidence and as output`
        : `${output ?? DEFAULT_NAME}: it is the same file as the evidence ${evidence}`;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `portmortem: ${why}; write the report under another name\n`,
    });
    const contents = ['b.txt', 'c.json', DEFAULT_NAME].map((name) => readFileSync(join(cwd, 'e', name), 'utf8'));
    expect(contents).toEqual(['TCP', 'TCP', 'TCP']);
    expect(readdirSync(cwd).sort()).toEqual([DEFAULT_NAME, 'e', 'folder', 'hard.json', 'link.html']);
  });

  it('overwrites an earlier report that lies in the folder of evidence, with --force', async () => {
    const earlier = '{ "schemaVersion": 2, "tool": { "name": "portmortem", "version": "0.1.0" } }';
    const cwd = aFolder({ 'e/netstat.txt': 'TCP' });
    symlinkSync('e', join(cwd, 'folder'));
    for (const output of ['e/old.json', 'folder/old.json']) {
      writeFileSync(join(cwd, 'e/old.json'), earlier);
      const { exitCode, analysed } = await runIn({ cwd }, 'analyze', 'e', '-o', output, '--force');
      expect({ exitCode, files: analysed?.files.map(({ path }) => path) }).toEqual({
        exitCode: 0,
        files: ['netstat.txt'],
      });
    }
    expect(readFileSync(join(cwd, 'e/old.json'), 'utf8')).toBe('{}');
  });

  it.each(['e/uniq.json', 'folder/uniq.json'])(
    'overwrites no evidence that it finds in a folder under the name of an output, with --force: %s',
    async (output) => {
      const cwd = aFolder({ 'e/netstat.txt': 'TCP', 'e/uniq.json': 'TCP 1' });
      symlinkSync('e', join(cwd, 'folder'));
      const { exitCode, stderr } = await runIn({ cwd }, 'analyze', 'e', '-o', output, '--force');
      expect({ exitCode, stderr, kept: readFileSync(join(cwd, 'e/uniq.json'), 'utf8') }).toEqual({
        exitCode: 2,
        stderr:
          'portmortem: e/uniq.json: it lies in the folder of evidence and is no report of this program; write the report under another name\n',
        kept: 'TCP 1',
      });
    },
  );

  it('refuses an empty path, which a variable that is not set leaves', async () => {
    const { exitCode, stderr } = await runIn({ cwd: aFolder({ 'netstat.txt': 'TCP' }) }, 'analyze', '');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "portmortem: '': an empty path names nothing; name the exported files or their folder\n",
    });
  });

  it('refuses to overwrite a report under the default name', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP', [DEFAULT_NAME]: 'old' });
    const { exitCode, stderr } = await runIn({ cwd }, 'analyze', 'netstat.txt');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 5,
      stderr: `portmortem: ${DEFAULT_NAME}: the file exists already; name another output with -o, or overwrite with --force\n`,
    });
    expect(readFileSync(join(cwd, DEFAULT_NAME), 'utf8')).toBe('old');
  });

  it.each([
    [['nowhere'], 'nowhere: no such file or folder; name an existing file or folder, or - for standard input'],
    [['netstat.txt', '-o', 'a.docx'], '-o a.docx: .docx is no kind of report; let the name end in .html or .json'],
    [
      ['netstat.txt', '-o', 'a'],
      '-o a: the name has no extension that tells the kind; let the name end in .html or .json',
    ],
    [['netstat.txt', '-o', '-'], '-o -: a report is written to a file; give a name that ends in .html or .json'],
    [
      ['netstat.txt', '-o', 'a.html', '-o', './a.html'],
      '-o ./a.html: the same file is named twice; name each output once',
    ],
    [['netstat.txt', '-o', 'folder.html'], '-o folder.html: it is a folder; name a file'],
    [
      ['netstat.txt', '--from', '2026-03-02T10:00Z', '--to', '2026-03-02T10:00Z'],
      '--from and --to: the window ends before it begins; swap or correct them',
    ],
    [['netstat.txt', '-q', '-v'], '-q and -v: one asks for silence, the other for more; give one of them'],
    [['-', '-'], '-: standard input can be read only once; name it once'],
    [
      ['old.json', '-o', 'old.json', '--force'],
      'old.json: it is named both as evidence and as output; write the report under another name',
    ],
    [[], "missing required argument 'path'; see portmortem analyze --help"],
    [
      ['netstat.txt', '--force-it'],
      "unknown option '--force-it' (Did you mean --force?); see portmortem analyze --help",
    ],
  ])('says in one line what is wrong with %j and exits 2', async (argv, message) => {
    const cwd = aFolder({ 'netstat.txt': 'TCP', 'old.json': '{}', 'folder.html/x': '' });
    const { exitCode, stdout, stderr, analysed } = await runIn({ cwd }, 'analyze', ...argv);
    expect({ exitCode, stdout, stderr, analysed }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `portmortem: ${message}\n`,
      analysed: null,
    });
  });

  it('says which hosts there are where the one that was asked for is not among them', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const said = async (hosts: readonly string[]): Promise<unknown> => {
      const analyze = () => Promise.reject(new UnknownHostError('APP2', hosts));
      const { exitCode, stderr } = await runIn(
        { cwd, engine: { analyze } },
        'analyze',
        'netstat.txt',
        '--host',
        'APP2',
      );
      return { exitCode, stderr };
    };
    expect(await said(['APP02', 'unknown'])).toEqual({
      exitCode: 3,
      stderr: 'portmortem: --host APP2: no such host in the input; it has APP02, unknown\n',
    });
    const many = Array.from({ length: 22 }, (_, at) => `H${String(at)}`);
    expect(await said(many)).toMatchObject({ stderr: expect.stringMatching(/ H18, H19, and 2 more\n$/) as string });
  });

  it('leaves a time without a zone to the clock of the host, and says where nothing tells that', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const argv = ['analyze', 'netstat.txt', '--from', '2026-03-02', '--to', '2026-03-02T10:00Z'];
    const { analysed } = await runIn({ cwd }, ...argv);
    expect(analysed?.options).toMatchObject({
      fromMs: null,
      toMs: Date.UTC(2026, 2, 2, 10),
      localWindow: { fromMs: Date.UTC(2026, 2, 2), toMs: null },
    });
    const analyze = () => Promise.reject(new UnknownZoneError('APP02'));
    const { exitCode, stderr } = await runIn({ cwd, engine: { analyze } }, ...argv);
    const why = 'the time has no zone, and nothing in the evidence tells that of APP02';
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `portmortem: --from 2026-03-02: ${why}; end it with Z or an offset such as +02:00, or give --timezone\n`,
    });
  });

  it('makes the folder of an output, once there is something to put in it', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const argv = ['analyze', 'netstat.txt', '-o', 'new/of today/a.html', '-o', 'new/b.json'];
    const analyze = () => Promise.reject(new NothingUsableError([], 'nothing'));
    expect((await runIn({ cwd, engine: { analyze } }, ...argv)).exitCode).toBe(3);
    expect(readdirSync(cwd)).toEqual(['netstat.txt']);
    const { exitCode, stdout } = await runIn({ cwd }, ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'new/of today/a.html\nnew/b.json\n' });
    expect(readFileSync(join(cwd, 'new/of today/a.html'), 'utf8')).toBe('<!doctype html>');
  });

  it('exits 2 with one line, before it analyses, when the folder of an output cannot be made', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    symlinkSync('nowhere', join(cwd, 'link'));
    for (const [folder, why] of [
      ['netstat.txt', `${join(cwd, 'netstat.txt')} is not a folder; name a file in a folder`],
      [
        'link',
        `cannot write into ${join(cwd, 'link')}: no such file or folder; name a file in a folder that you may write into`,
      ],
    ] as const) {
      const { exitCode, stderr, analysed } = await runIn({ cwd }, 'analyze', 'netstat.txt', '-o', `${folder}/a.html`);
      const said = `portmortem: -o ${folder}/a.html: ${why}\n`;
      expect({ exitCode, stderr, analysed }).toEqual({ exitCode: 2, stderr: said, analysed: null });
    }
  });

  it('exits 2 for a SOURCE_DATE_EPOCH that is no number', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const { exitCode, stderr } = await runIn({ cwd, env: { SOURCE_DATE_EPOCH: 'now' } }, 'analyze', 'netstat.txt');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: SOURCE_DATE_EPOCH=now: not a number of seconds since 1970; correct or unset it\n',
    });
  });

  it('exits 3 for a folder without files', async () => {
    const cwd = aFolder({ 'evidence/.keep': '' });
    unlinkSync(join(cwd, 'evidence/.keep'));
    const { exitCode, stderr, analysed } = await runIn({ cwd }, 'analyze', 'evidence');
    expect({ exitCode, stderr, analysed }).toEqual({
      exitCode: 3,
      stderr:
        'portmortem: evidence: there are no files in it; name the folder that holds the exported logs and port tables\n',
      analysed: null,
    });
  });

  it('exits 3 and lists every file with its reason when none is usable', async () => {
    const cwd = aFolder({ 'notes.txt': 'call Bob' });
    const [input] = aReport().inputs;
    const problem: ReportProblem = {
      code: 'not-recognised',
      count: 1,
      message: words('Not evidence.'),
      sources: [],
      sourceCount: 0,
    };
    const inputs: ReportInput[] = input === undefined ? [] : [{ ...input, file: 'notes.txt', problems: [problem] }];
    const analyze = () => Promise.reject(new NothingUsableError(inputs, 'no usable port table'));
    const { exitCode, stdout, stderr } = await runIn({ cwd, engine: { analyze } }, 'analyze', 'notes.txt');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'portmortem: no usable port table; see portmortem analyze --help for what to export\n  notes.txt: Not evidence.\n',
    });
    expect(readdirSync(cwd)).toEqual(['notes.txt']);
  });

  it('says once what it left out: in the summary, or in lines of their own where there is none', async () => {
    const cwd = aFolder({ 'e/netstat.txt': 'TCP' });
    symlinkSync('..', join(cwd, 'e/up'));
    const line = 'e/up: a link that leads outside the folder, not followed; name its target to have it read';
    const plain = await runIn({ cwd }, 'analyze', 'e', '-o', '1.html');
    expect({ stdout: plain.stdout, stderr: plain.stderr }).toEqual({
      stdout: '1.html\n',
      stderr: `portmortem: ${line}\n`,
    });
    const verbose = await runIn({ cwd }, 'analyze', 'e', '-v', '-o', '2.html');
    expect(verbose.stderr.split(line)).toHaveLength(2);
    expect(verbose.stderr).toContain(`Problems  ${line}\n`);
    expect((await runIn({ cwd }, 'analyze', 'e', '-q', '-o', '3.html')).stderr).toBe('');
    const analyze = () => Promise.reject(new NothingUsableError([], 'no usable port table'));
    const failed = await runIn({ cwd, engine: { analyze } }, 'analyze', 'e', '-v', '-o', '4.html');
    expect(failed.stderr).toBe(
      `portmortem: ${line}\nportmortem: no usable port table; see portmortem analyze --help for what to export\n`,
    );
  });

  it.each([[[]], [['-q']]])('says which file could not be read where no summary says it: %j', async (flags) => {
    const cwd = aFolder({ 'e/a.txt': 'TCP', 'e/b.txt': 'TCP' });
    symlinkSync('self', join(cwd, 'e/self'));
    const [input] = aReport().inputs;
    if (input === undefined) throw new Error('no input');
    const problem = (code: ProblemCode, message: Message): ReportProblem => ({
      code,
      count: 1,
      message,
      sources: [],
      sourceCount: 0,
    });
    const inputs: ReportInput[] = [
      {
        ...input,
        file: 'b.txt',
        problems: [
          problem('no-time', say('problem.no-time')),
          problem('unreadable-file', say('problem.unreadable-file', { count: 1, reason: 'EACCES' })),
        ],
      },
    ];
    const analyze = () => Promise.resolve(aReport({ inputs }));
    const { stderr } = await runIn({ cwd, engine: { analyze } }, 'analyze', 'e', ...flags, '-o', '1.html');
    expect(stderr).toBe(
      'portmortem: e/self: it is a link, or too many links lead to each other\n' +
        'portmortem: b.txt: The file could not be read: permission denied.\n',
    );
  });

  it.skipIf(process.platform === 'win32')(
    'shows a line feed in a path escaped, so that a line is one path',
    async () => {
      const cwd = aFolder({ 'netstat.txt': 'TCP' });
      const { stdout } = await runIn({ cwd }, 'analyze', 'netstat.txt', '-o', 'a\nb\u001b.html');
      expect(stdout).toBe('a\\nb\\u001b.html\n');
    },
  );

  it('prints the stack of a bug, exits 70 and leaves nothing behind', async () => {
    const cwd = aFolder();
    const analyze = () => Promise.reject(new TypeError('x is not y'));
    const outcome = await runIn({ cwd, stdin: ['TCP'], engine: { analyze } }, 'analyze', '-', '-o', 'a.html');
    expect(outcome.exitCode).toBe(70);
    expect(outcome.stderr).toContain('TypeError: x is not y\n    at ');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('says in one line that standard input cannot be kept or read, and exits 2', async () => {
    const cwd = aFolder();
    const temporary = join(cwd, 'gone');
    vi.stubEnv('TMPDIR', temporary);
    const unkept = await runIn({ cwd, stdin: ['TCP'] }, 'analyze', '-');
    vi.unstubAllEnvs();
    expect({ exitCode: unkept.exitCode, stderr: unkept.stderr }).toEqual({
      exitCode: 2,
      stderr: `portmortem: -: no copy can be kept in the temporary folder ${temporary}: no such file or folder; set TMPDIR (TEMP on Windows) to a folder with room, or save the input as a file and name that\n`,
    });
    const unread = await runIn({ cwd, stdin: failing('EIO') }, 'analyze', '-');
    expect({ exitCode: unread.exitCode, stderr: unread.stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: -: cannot be read: the disk reports an error; save the input as a file and name that\n',
    });
  });

  it('says in one line what the system refused, and calls only its own misuse of the system a bug', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'read', path: 'S:\\share' });
    const refused = { analyze: () => Promise.reject(refusal('ETIMEDOUT')) };
    const { exitCode, stderr } = await runIn({ cwd, engine: refused }, 'analyze', 'netstat.txt');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: S:\\share: the network folder does not answer; put that right and start again\n',
    });
    for (const code of ['EBADF', 'ERR_INVALID_ARG_TYPE']) {
      const misused = { analyze: () => Promise.reject(refusal(code)) };
      expect((await runIn({ cwd, engine: misused }, 'analyze', 'netstat.txt')).exitCode).toBe(70);
    }
  });

  it('says that an output name is too long before anything is analysed', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const name = `${'x'.repeat(251)}.html`;
    const { exitCode, stderr, analysed } = await runIn({ cwd }, 'analyze', 'netstat.txt', '-o', name);
    expect({ exitCode, stderr, analysed }).toEqual({
      exitCode: 2,
      stderr: `portmortem: ${name}: cannot be written: the name is too long; choose another place with -o\n`,
      analysed: null,
    });
  });

  it.runIf(process.platform !== 'win32')('exits 2 for a named folder that may not be read', async () => {
    const cwd = aFolder({ 'e/netstat.txt': 'TCP' });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'e'), 0);
    const user = process.geteuid?.() ?? 0;
    // Nothing is closed to root.
    if (user === 0) process.seteuid?.(65534);
    const { exitCode, stderr } = await runIn(
      { cwd },
      'analyze',
      join(cwd, 'e'),
      '-o',
      join(tmpdir(), 'a.html'),
    ).finally(() => {
      if (user === 0) process.seteuid?.(0);
      chmodSync(join(cwd, 'e'), 0o755);
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `portmortem: ${join(cwd, 'e')}: permission denied; name an existing file or folder, or - for standard input\n`,
    });
  });

  it('reads standard input twice from a temporary file that is gone afterwards', async () => {
    const read: string[] = [];
    const { exitCode, analysed } = await runIn(
      {
        cwd: aFolder(),
        stdin: ['TCP 10.0.0.1:1 ', '10.0.0.2:2'],
        engine: {
          analyze: async (files) => {
            for (const file of [...files, ...files]) read.push(`${file.path}: ${await contentOf(file)}`);
            return aReport();
          },
        },
      },
      'analyze',
      '-',
    );
    expect({ exitCode, read }).toEqual({ exitCode: 0, read: Array(2).fill('stdin: TCP 10.0.0.1:1 10.0.0.2:2') });
    const [file] = analysed?.files ?? [];
    expect({ bytes: file?.bytes, modifiedMs: file?.modifiedMs }).toEqual({ bytes: 25, modifiedMs: null });
    await expect(file === undefined ? 'no file' : contentOf(file)).rejects.toThrow('ENOENT');
  });

  it('prints nothing at all with -q, even on a terminal', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const { exitCode, stdout, stderr } = await runIn({ cwd, terminal: true }, 'analyze', 'netstat.txt', '-q');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('shows progress on a terminal only, and wipes it away', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const analyze: NonNullable<Parameters<typeof runIn>[0]['engine']>['analyze'] = (
      _files,
      _platform,
      _options,
      tell,
    ) => {
      tell?.({ pass: 'survey', file: 'netstat\u001b[2J.txt', bytesDone: 1, bytesTotal: 3 });
      return Promise.resolve(aReport());
    };
    const onTerminal = await runIn(
      { cwd, terminal: true, engine: { analyze } },
      'analyze',
      'netstat.txt',
      '-o',
      '1.html',
    );
    expect(onTerminal.stderr).toMatch(/^\r\u001b\[KSurveying {2}33 % {2}netstat\\u001b\[2J\.txt\r\u001b\[K/);
    const inPipe = await runIn({ cwd, engine: { analyze } }, 'analyze', 'netstat.txt', '-o', '2.html');
    expect(inPipe.stderr).toBe('');
    const dumb = { cwd, terminal: true, env: { TERM: 'dumb' }, engine: { analyze } };
    expect((await runIn(dumb, 'analyze', 'netstat.txt', '-o', '3.html')).stderr).not.toContain('\r');
  });

  it('names the default file for several hosts capture', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP' });
    const analyze = () => Promise.resolve(aReport({ hosts: [aHost(), aHost({ host: 'APP02' })] }));
    const { stdout } = await runIn({ cwd, engine: { analyze } }, 'analyze', 'netstat.txt');
    expect(stdout).toBe('capture_2026-03-03T08-00-00Z.portmortem.html\n');
  });
});
