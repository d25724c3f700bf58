import { constants, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { TemporaryFiles } from './temporary-files.js';

/** What stands for standard input on the command line. */
export const STDIN_ARGUMENT = '-';

/** Copies what can be read only once into a temporary file and returns its path. */
export async function spool(input: AsyncIterable<Uint8Array>, temporaryFiles: TemporaryFiles): Promise<string> {
  const path = join(temporaryFiles.newFolder(), 'input');
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of input) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
  return path;
}

/**
 * The bytes of a named pipe, which has no size and no positions. It is waited for without a thread: one that is blocked until
 * somebody writes would outlive the signal that ends the run.
 */
export async function* readPipe(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  for await (const chunk of new Socket({ fd, readable: true, writable: false }) as AsyncIterable<unknown>) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
}
