import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

interface Settings {
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Devices or files in place of the pipes. */
  readonly stdin?: string;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** The program as a process of its own, straight from its sources; its standard input stays open where it is a pipe. */
export function startProcess(settings: Settings, ...argv: string[]) {
  const { stdin, stdout, stderr } = settings;
  const opened = (
    [
      [stdin, 'r'],
      [stdout, 'w'],
      [stderr, 'w'],
    ] as const
  ).map(([path, flags]) => (path === undefined ? null : openSync(path, flags)));
  const child = spawn(
    process.execPath,
    ['test/tools/run-typescript.mjs', settings.script ?? 'src/cli/main.ts', ...argv],
    { env: { ...process.env, ...settings.env }, stdio: opened.map((descriptor) => descriptor ?? 'pipe') },
  );
  for (const descriptor of opened) if (descriptor !== null) closeSync(descriptor);
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ended = once(child, 'close').then(([exitCode]: (number | null)[]) => ({ exitCode, ...said }));
  return { child, ended };
}
