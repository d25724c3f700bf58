import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from './a-world.js';
import { startProcess } from './a-process.js';

describe.skipIf(process.platform === 'win32')('a signal', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGTERM', 143],
  ] as const)('ends the run and removes its temporary files: %s with %d', async (signal, code) => {
    const temporary = aFolder();
    const { child, ended } = startProcess({ env: { TMPDIR: temporary } }, 'analyze', '-');
    child.stdin?.write('TCP');
    while (readdirSync(temporary).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    expect(await ended).toEqual({ exitCode: code, stdout: '', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends a run that waits for somebody to write to a named pipe: %s with %d', async (signal, code) => {
    const temporary = aFolder();
    const pipe = join(aFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { child, ended } = startProcess({ env: { TMPDIR: temporary } }, 'analyze', pipe);
    while (readdirSync(temporary).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // Long enough for the pipe to be waited for.
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill(signal);
    expect(await ended).toEqual({ exitCode: code, stdout: '', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });
});
