import { describe, expect, it } from 'vitest';
import { INCIDENTS } from '../simulator/incidents/catalogue.js';
import { hostOf } from '../support/capture.js';

describe('a leak whose process is started anew', () => {
  it('is told life by life: what each reached, and that it grows no faster', async () => {
    const incident = INCIDENTS.find(({ id }) => id === 'bound-leak-restarted-twice');
    if (incident === undefined) throw new Error('the incident is gone');
    const files = incident.make(1).files.map(({ name, bytes }) => [name, bytes] as const);
    const host = await hostOf(Object.fromEntries(files));
    const told = host.hypotheses
      .flatMap((hypothesis) => hypothesis.for)
      .map((one) => one.message)
      .filter(({ id }) => id === 'leak.for.lives');
    expect(told).toHaveLength(1);
    const { restarts, ended, present, pace } = told[0]?.params ?? {};
    expect({ restarts, lives: (ended as string[]).length, pace }).toEqual({ restarts: 2, lives: 2, pace: 'alike' });
    // Half a port a second for 4,000 s, then until the pool of 3,000 is full.
    for (const life of ended as string[]) {
      expect(Number(life)).toBeGreaterThan(1_500);
      expect(Number(life)).toBeLessThan(2_300);
    }
    expect(present).toBeGreaterThan(2_700);
  });
});
