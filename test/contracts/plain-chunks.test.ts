import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findEvidence } from '../../src/cli/evidence-files.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import { HOST, LISTENERS, connections, tcpCsv } from '../support/capture.js';
import { surveysOf, tablesOf } from '../support/surveyed-capture.js';
import type { EvidenceFile } from '../../src/model/input.js';
import { aFolder } from '../cli/a-world.js';

/** Three chunks of the reader and a bit. */
const CONTENT = 'TCP 10.20.4.12:50001\r\n'.repeat(40_000);

async function evidence(cwd: string, named: string): Promise<readonly EvidenceFile[]> {
  const temporaryFiles = new TemporaryFiles();
  onTestFinished(() => {
    temporaryFiles.removeAll();
  });
  const { files } = await findEvidence([named], {
    cwd,
    stdin: buffers(CONTENT),
    temporaryFiles,
    outputs: [],
    stdinIdentity: () => null,
  });
  return files;
}

/** As Node reads standard input. */
async function* buffers(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(Buffer.from(text));
}

async function kindsOfChunks(files: readonly EvidenceFile[]): Promise<{ kinds: unknown[]; bytes: number }> {
  const kinds = new Set<unknown>();
  let bytes = 0;
  for (const file of files) {
    for await (const chunk of file.open()) {
      kinds.add(chunk.constructor);
      bytes += chunk.length;
    }
  }
  return { kinds: [...kinds], bytes };
}

describe('the chunks that cli hands to the core', () => {
  const plain = { kinds: [Uint8Array], bytes: CONTENT.length };

  it('are plain Uint8Arrays of a file, whose slices are copies', async () => {
    expect(await kindsOfChunks(await evidence(aFolder({ 'netstat.txt': CONTENT }), 'netstat.txt'))).toEqual(plain);
  });

  it('are plain Uint8Arrays of standard input', async () => {
    expect(await kindsOfChunks(await evidence(aFolder(), '-'))).toEqual(plain);
  });

  it.skipIf(process.platform === 'win32')('are plain Uint8Arrays of a spooled pipe', async () => {
    const cwd = aFolder({ content: CONTENT });
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    spawn('sh', ['-c', `cat '${join(cwd, 'content')}' > '${join(cwd, 'pipe')}'`]);
    expect(await kindsOfChunks(await evidence(cwd, 'pipe'))).toEqual(plain);
  });

  it('leave a CSV on a disk in order whose snapshots go on from chunk to chunk', async () => {
    const times = ['09:00:00', '09:00:30', '09:01:00'];
    const table = (time: string): string => tcpCsv(time, [...LISTENERS, ...connections('TIME_WAIT', 50_000, 6000)]);
    const [header = ''] = table('09:00:00').split('\r\n');
    const rows = times.flatMap((time) => table(time).trimEnd().split('\r\n').slice(1));
    const cwd = aFolder();
    writeFileSync(join(cwd, 'loop.csv'), [header, ...rows, ''].join('\r\n'));
    const files = await evidence(cwd, 'loop.csv');
    const [survey] = await surveysOf(files);
    expect(survey?.snapshots.map(({ contiguous, tcpRows }) => ({ contiguous, tcpRows }))).toEqual(
      times.map(() => ({ contiguous: true, tcpRows: 6002 })),
    );
    const tables = await tablesOf(files);
    expect(tables.map(({ snapshot, rows: read }) => `${snapshot} ${String(read.length)}`)).toEqual(
      times.map((time) => `${HOST} 2026-03-03T${time} loop.csv 6002`),
    );
  });
});
