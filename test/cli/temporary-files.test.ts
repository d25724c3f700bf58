import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import { aFolder } from './a-world.js';

describe('temporary files', () => {
  it('that cannot be removed are named with the reason, and the others are removed all the same', () => {
    const folder = aFolder({ file: '' });
    const temporaryFiles = new TemporaryFiles();
    temporaryFiles.add(join(folder, 'file', 'below'));
    const { path } = temporaryFiles.newFile(folder);
    expect(temporaryFiles.removeAll()).toEqual([
      `${join(folder, 'file', 'below')}: a part of the path is not a folder`,
    ]);
    expect(existsSync(path)).toBe(false);
  });
});
