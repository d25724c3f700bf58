import { expect, it } from 'vitest';
import { CAPTURES, reportWithoutSources, unchanged } from './a-host.js';

it('the captures that rows are changed in show what they are named for', async () => {
  // A pool of 400 ports keeps the tables short, and the churn is one that the default range would carry.
  const verdicts = await Promise.all(
    Object.entries(CAPTURES).map(async ([name, capture]) => {
      const { verdict } = await reportWithoutSources(capture(unchanged));
      return [name, verdict.mechanism];
    }),
  );
  expect(verdicts).toEqual([
    ['churn', 'undersized-range'],
    ['leak', 'bound-leak'],
    ['boundSockets', 'bound-leak'],
    ['datagrams', 'udp-exhaustion'],
    ['healthy', 'none'],
  ]);
});
