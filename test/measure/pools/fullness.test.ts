import { describe, expect, it } from 'vitest';
import { isExhausted, isNearlyEmpty, isNearlyFull } from '../../../src/measure/pools/fullness.js';
import { connections, hostOf, LISTENERS, netshExclusions, netshRange, netstat } from '../../support/capture.js';

describe('a pool is exhausted', () => {
  it.each([
    ['from 99 of 100 ports on', { inUse: 99, usable: 100 }, true],
    ['not with more than one port in a hundred free', { inUse: 989, usable: 1000 }, false],
    ['without a usable port, whatever is in use', { inUse: 0, usable: 0 }, true],
    ['not with its only port free', { inUse: 0, usable: 1 }, false],
    ['not without a table that shows it', null, false],
  ])('%s', (_case, occupancy, exhausted) => {
    expect(isExhausted(occupancy)).toBe(exhausted);
  });

  it('where it is nearly full, too, and never nearly empty', () => {
    const none = { inUse: 0, usable: 0 };
    expect([isNearlyFull(none), isNearlyEmpty(none), isNearlyFull(null), isNearlyEmpty(null)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('the exhaustion of a host', () => {
  const tableUnder = (last: number) =>
    hostOf({
      'netstat.txt': netstat('09:10:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]),
      'netsh.txt': netshRange(),
      'excluded.txt': netshExclusions([49_152, last]),
    });

  it('is shown by a table where exclusions leave no port of the range', async () => {
    const { verdict, hypotheses } = await tableUnder(65_535);
    expect(verdict).toMatchObject({ mechanism: 'undersized-range', exhaustion: 'shown' });
    // No state that holds none of no ports explains it.
    expect(hypotheses.flatMap(({ id, outcome }) => (/likely|confirmed/.test(outcome) ? [id] : []))).toEqual([
      'undersized-range',
    ]);
  });

  it('is not shown where they leave some', async () => {
    expect((await tableUnder(60_000)).verdict).toMatchObject({ exhaustion: 'cannot-tell' });
  });
});
