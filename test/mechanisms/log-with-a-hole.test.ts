import { describe, expect, it } from 'vitest';
import { hostOf, systemLog } from '../support/capture.js';

/** What follows from the missing events of a log of three records, where no table was captured. */
async function outcomes(log: string): Promise<unknown> {
  const { hypotheses } = await hostOf({ 'System.xml': log });
  return hypotheses
    .filter(({ id }) => id === 'endpoint-collision' || id === 'udp-exhaustion')
    .map(({ outcome }) => outcome);
}

describe('a System log without an event of ports', () => {
  const log = systemLog([{ time: '09:00:00', id: 7036, provider: 'Service Control Manager' }]);

  it('rules out what it would have logged where no record of it is missing', async () => {
    expect(await outcomes(log)).toEqual(['ruled-out', 'ruled-out']);
  });

  it('rules nothing out where hundreds of its records are missing', async () => {
    const holed = log.replace('<EventRecordID>5003<', '<EventRecordID>5400<');
    expect(holed).not.toBe(log);
    expect(await outcomes(holed)).toEqual(['cannot-tell', 'cannot-tell']);
  });
});
