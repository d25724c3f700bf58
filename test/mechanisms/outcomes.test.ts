import { describe, expect, it } from 'vitest';
import { MECHANISMS } from '../../src/model/report-judgement.js';
import { judged } from './case.js';
import { CASES } from './cases.js';

describe.each(MECHANISMS)('%s', (mechanism) => {
  it.each(CASES[mechanism].map((one) => [one.outcome, one.name, one] as const))('is %s for %s', async (_o, _n, one) => {
    const { outcome, for: pro, against, missing } = one;
    expect(await judged(mechanism, one)).toEqual({ outcome, for: pro, against, missing });
  });
});
