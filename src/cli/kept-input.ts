import { tmpdir } from 'node:os';
import { spool } from './spool.js';
import { systemErrorReason } from './system-error.js';
import type { TemporaryFiles } from './temporary-files.js';
import { UserError } from './user-error.js';

/** Spools what can be read only once; says in one line whether it could not be read or there is no room for it. */
export async function keep(
  named: string,
  input: AsyncIterable<Uint8Array>,
  temporaryFiles: TemporaryFiles,
): Promise<string> {
  try {
    return await spool(readable(named, input), temporaryFiles);
  } catch (error) {
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    throw new UserError(
      named,
      `no copy can be kept in the temporary folder ${tmpdir()}: ${reason}`,
      'set TMPDIR (TEMP on Windows) to a folder with room, or save the input as a file and name that',
    );
  }
}

async function* readable(named: string, input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* input;
  } catch (error) {
    const reason = systemErrorReason(error);
    if (reason === null) throw error;
    throw new UserError(named, `cannot be read: ${reason}`, 'save the input as a file and name that');
  }
}
