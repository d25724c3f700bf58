import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../src/messages/languages.js';
import { clockError, clockErrorSize } from '../../../../src/render/html/view/clock-error.js';

const words = languageOf('en').page;

describe('how far a time may be off', () => {
  it.each([
    [null, ''],
    [60, ''],
    [61, '± 61 s'],
    [3599, '± 60 min'],
    [3602, '± 1 h: whether summer time applied is not known'],
    [50_402, '± 14 h: the zone is not known'],
    [86_400, '± 24 h: only the file’s modification time tells'],
  ])('of %s s reads “%s”', (seconds, text) => {
    expect(clockError(seconds, words).replaceAll('\u00a0', ' ')).toBe(text);
  });

  it('can stand without its reason', () => {
    expect([60, 3602, 86_400].map((seconds) => clockErrorSize(seconds, words))).toEqual([
      '',
      '±\u00a01\u00a0h',
      '±\u00a024\u00a0h',
    ]);
  });
});
