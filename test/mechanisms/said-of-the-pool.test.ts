import { describe, expect, it } from 'vitest';
import { bound, connections, hostOf, netshExclusions, netshRange, OPTIONS } from '../support/capture.js';
import { dumps, FIRST_PORT as P, type HypothesisCase } from './case.js';

const RANGE = { 'netsh.txt': netshRange(P, 1000), 'excluded.txt': netshExclusions() };

/** What is said for and against one hypothesis of a range of 1,000 ports. */
async function said(id: string, files: HypothesisCase['files']): Promise<string[]> {
  const host = await hostOf({ ...files, ...RANGE }, { ...OPTIONS, range: null });
  const hypothesis = host.hypotheses.find((one) => one.id === id);
  return [...(hypothesis?.for ?? []), ...(hypothesis?.against ?? [])].map(({ message }) => message.text);
}

const refused = { time: '09:40:00', id: 4227 };

describe('what is said of a pool', () => {
  it('in TIME_WAIT is said of the fullest table, though another one has more in TIME_WAIT', async () => {
    const table = (open: number, waiting: number) => [
      ...connections('ESTABLISHED', P, open),
      ...connections('TIME_WAIT', P + 500, waiting),
    ];
    expect(await said('time-wait-churn', dumps({ '09:30:00': table(60, 23), '09:35:00': table(30, 26) }))).toContain(
      'In the fullest table captured TIME_WAIT held 23 of 1,000 ports (2.3 %).',
    );
  });

  it('is full only where no port is left', async () => {
    const full = (ports: number) =>
      said('endpoint-collision', dumps({ '09:40:02': connections('ESTABLISHED', P, ports) }, [refused]));
    expect(await full(1000)).toContain(
      'The pool was full (1,000 of 1,000), so that any port chosen had to be one used before.',
    );
    expect(await full(999)).toContain(
      'The pool was filled to 99.9 % (999 of 1,000), so that nearly any port chosen had to be one used before.',
    );
  });

  it('from 70 % on has most of its ports in something else than TIME_WAIT, which is no full pool', async () => {
    expect(await said('time-wait-churn', dumps({ '09:40:02': connections('ESTABLISHED', P, 700) }, []))).toContain(
      'Most of the ports in use were something else: only 0 of 700 were in TIME_WAIT.',
    );
  });

  it('would fill a larger range as well only where its ports are seen to become more', async () => {
    const later = { '09:40:02': bound(P, 1000) };
    const room = {
      '09:00:02': bound(P, 100),
      '09:10:02': bound(P, 325),
      '09:20:02': bound(P, 550),
      '09:30:02': bound(P, 775),
    };
    expect(await said('undersized-range', dumps(later, [refused]))).toContain(
      'Most of the ports in use are Bound and stay so until their process closes them. A larger range lasts longer; whether it fills as well, this evidence does not show.',
    );
    expect(await said('undersized-range', dumps({ ...room, ...later }, [refused]))).toContain(
      'Most of the ports in use are Bound and stay so until their process closes them, while more are taken: a larger range lasts longer, but fills as well.',
    );
  });
});
