import { expect, test } from 'vitest';
import { systemErrorReason } from '../../src/cli/system-error.js';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

test('a refusal of the operating system is told in words, one without words by its code', () => {
  expect(['EACCES', 'EIO', 'ESTALE', 'EUNHEARD'].map((code) => systemErrorReason(withCode(code)))).toEqual([
    'permission denied',
    'the disk reports an error',
    'the network folder is gone',
    'the system says EUNHEARD',
  ]);
});

test('an error of the program is no refusal of the operating system, though Node gives it a code', () => {
  expect(systemErrorReason(withCode('ERR_OUT_OF_RANGE'))).toBeNull();
  expect(systemErrorReason(new TypeError('x is not a function'))).toBeNull();
});
