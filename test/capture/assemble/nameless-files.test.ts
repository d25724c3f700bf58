import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import { hostInFolderName } from '../../../src/capture/assemble/folder-name.js';
import type { AnalysisOptions } from '../../../src/model/analysis.js';
import type { EvidenceFile } from '../../../src/model/input.js';
import { connections, LISTENERS, netshRange, netstat, OPTIONS, systemLog, tcpCsv } from '../../support/capture.js';
import { watchedFile } from '../../support/surveyed-capture.js';

const table = (local = '192.0.2.7', count = 3): string =>
  netstat('09:00:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, count, { local })]);
const logOf = (host: string): string => systemLog([], host);

/** `host: from, ids of what is said of its name, tables adopted; files`. */
async function told(
  files: Readonly<Record<string, string>>,
  { folder, ...options }: Partial<AnalysisOptions> & { folder?: string } = {},
): Promise<string[]> {
  const evidence = Object.entries(files).map(([path, content]): EvidenceFile => ({
    ...watchedFile(path, content),
    ...(folder === undefined ? {} : { folder }),
  }));
  const report = await analyze(evidence, nodePlatform, { ...OPTIONS, ...options });
  return report.hosts
    .map(({ host, nameFrom, naming }) => {
      const said = naming.map(({ message, sources }) => [message.id, ...sources.map(({ file }) => file)].join(' '));
      const own = report.inputs.filter(({ hosts }) => hosts.includes(host)).map(({ file }) => file);
      return `${host} ${nameFrom} [${said.join()}] ${own.join()}`;
    })
    .sort();
}

describe('what names no host', () => {
  it('belongs to the host whose log it stands with, in its folder or in one above', async () => {
    const files = {
      'one/System.xml': logOf('APP02'),
      'one/tables/netstat.txt': table(),
      'one/netsh.txt': netshRange(20_000),
      'two/logs/System.xml': logOf('APP07'),
      'two/netstat.txt': table('192.0.2.8', 4),
    };
    expect(await told(files)).toEqual([
      'APP02 evidence [host.adopted-tables one/tables/netstat.txt] one/System.xml,one/tables/netstat.txt,one/netsh.txt',
      'APP07 evidence [host.adopted-tables two/netstat.txt] two/logs/System.xml,two/netstat.txt',
    ]);
  });

  it('belongs to nobody where its folder, or the nearest above that names any, names two', async () => {
    const two = { 'System.xml': logOf('APP02'), 'b.csv': tcpCsv('09:00:00', LISTENERS, 'APP07') };
    expect(await told({ ...two, 'netstat.txt': table() })).toContain('unknown nothing [] netstat.txt');
    expect(await told({ ...two, 'tables/netstat.txt': table() })).toContain('unknown nothing [] tables/netstat.txt');
  });

  it('belongs to the host that lies in its folder beside folders of others', async () => {
    const files = { 'System.xml': logOf('APP02'), 'SQL07/System.xml': logOf('SQL07'), 'netstat.txt': table() };
    expect(await told(files)).toContain('APP02 evidence [host.adopted-tables netstat.txt] System.xml,netstat.txt');
    const deeper = { 'System.xml': logOf('APP02'), 'SQL07/System.xml': logOf('SQL07'), 'more/netstat.txt': table() };
    expect(await told(deeper)).toContain('unknown nothing [] more/netstat.txt');
  });

  it('is adopted in silence where its path names the host', async () => {
    expect(await told({ 'System.xml': logOf('APP02'), 'APP02_netstat.txt': table() })).toEqual([
      'APP02 evidence [] System.xml,APP02_netstat.txt',
    ]);
  });

  it('is said to be adopted because there is no other host, and not where its addresses contradict that', async () => {
    const files = { 'System.xml': logOf('APP02'), 'a.txt': table('192.0.2.7', 9), 'b.txt': table('192.0.2.99') };
    expect(await told(files)).toEqual([
      'APP02 evidence [host.adopted-tables a.txt] System.xml,a.txt',
      'unknown nothing [] b.txt',
    ]);
  });

  it('of a log belongs to the one host that the log names', async () => {
    const [half = ''] = logOf('APP02').split('<Computer>APP02</Computer>');
    const mixed = logOf('APP02').replace('<Computer>APP02</Computer>', '');
    expect(half).not.toBe('');
    expect(await told({ 'a/System.xml': mixed, 'b/System.xml': logOf('APP07') })).toEqual([
      'APP02 evidence [] a/System.xml',
      'APP07 evidence [] b/System.xml',
    ]);
  });
});

describe('where nothing in the evidence names a host', () => {
  const files = { 'a/netstat.txt': table() };

  it('the folder that was given does, told as assumed', async () => {
    expect(await told(files, { folder: 'app02' })).toEqual(['APP02 folder [host.assumed-from-folder] a/netstat.txt']);
    expect(await told(files, { folder: 'night-2' })).toEqual(['unknown nothing [] a/netstat.txt']);
  });

  it('--host does, whatever the folder is called', async () => {
    for (const given of [{}, { folder: 'APP02' }])
      expect(await told(files, { ...given, host: 'sql07' })).toEqual([
        'SQL07 option [host.given-by-option] a/netstat.txt',
      ]);
  });

  it('no folder is asked as soon as anything does', async () => {
    const named = { ...files, 'System.xml': logOf('APP07') };
    expect(await told(named, { folder: 'APP02' })).toEqual([
      'APP07 evidence [host.adopted-tables a/netstat.txt] a/netstat.txt,System.xml',
    ]);
    await expect(told(named, { folder: 'APP02', host: 'APP02' })).rejects.toThrow(
      'no host APP02 in the input; found: APP07',
    );
    await expect(told(named, { host: 'APP07', fromMs: OPTIONS.generatedAtMs })).resolves.toHaveLength(1);
    const tables = { 'a.csv': tcpCsv('09:00:00', LISTENERS, 'APP07') };
    await expect(told(tables, { host: 'app07', fromMs: OPTIONS.generatedAtMs })).rejects.toThrow('no usable snapshot');
  });
});

describe('the name of a folder', () => {
  it.each(['APP02', 'sql-prod-1', 'rdsh01.contoso.example', 'MAIL'])('may be a host’s: %s', (name) => {
    expect(hostInFolderName(name)).toBe(name.replace(/\..*/, '').toUpperCase());
  });

  it.each([
    'capture',
    'logs',
    'night2',
    'case-4711',
    'INC0012345',
    '2026-03-02',
    '20260302',
    'X1',
    'my files',
    'Downloads',
    'servers',
  ])('is not taken for a host’s: %s', (name) => {
    expect(hostInFolderName(name)).toBeNull();
  });
});
