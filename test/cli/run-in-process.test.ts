import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { aFolder } from './a-world.js';

// Built by `npm test` before the tests run.
const MAIN = 'dist/cli/main.js';

describe('the portmortem process', () => {
  it('answers --version without loading anything but itself', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    const loaded = execFileSync(process.execPath, [MAIN, '--version'], {
      encoding: 'utf8',
    });
    expect(loaded).toBe(`${manifest.version}\n`);
    expect(readFileSync(MAIN, 'utf8').match(/^import .*/gm)).toEqual(["import { readFileSync } from 'node:fs';"]);
  });

  it.skipIf(process.platform === 'win32')(
    'ends with 130 when interrupted and removes its temporary files',
    async () => {
      const temporary = aFolder();
      const child = spawn(process.execPath, [MAIN, 'analyze', '-'], { env: { ...process.env, TMPDIR: temporary } });
      child.stdin.write('TCP');
      while (readdirSync(temporary).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill('SIGINT');
      expect(await once(child, 'exit')).toEqual([130, null]);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );

  it('ends quietly when nobody reads its output any more', async () => {
    const child = spawn(process.execPath, [MAIN, 'schema']);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('gives the exit code of the run to its caller', async () => {
    const child = spawn(process.execPath, [MAIN, 'analyze', 'nowhere']);
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});
