import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURES, reportWithoutSources, unchanged } from './a-host.js';

const STAMP = /(\d{4}-\d\d-\d\d)([ T])(\d\d:\d\d:\d\d)/g;

/** Every moment in a text so many seconds later. */
function later(text: string, seconds: number): string {
  return text.replace(STAMP, (_, day: string, between: string, time: string) =>
    new Date(Date.parse(`${day}T${time}Z`) + seconds * 1000).toISOString().slice(0, 19).replace('T', between),
  );
}

describe.each(Object.entries(CAPTURES))('the report of a host, %s,', (_name, capture) => {
  const files = capture(unchanged);
  /** The report of the same evidence so many seconds later, with its times put back. */
  const putBack = async (seconds: number): Promise<unknown> => {
    const shifted = Object.entries(files).map(([name, text]) => [name, later(text, seconds)]);
    const other = await reportWithoutSources(Object.fromEntries(shifted) as Record<string, string>);
    return JSON.parse(later(JSON.stringify(other), -seconds));
  };

  it('taken some hours earlier or later differs in its times alone', async () => {
    const report: unknown = await reportWithoutSources(files);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -20_000, max: 2000 }), async (hours) => {
        expect(await putBack(hours * 3600)).toEqual(report);
      }),
      { numRuns: 15 },
    );
  });

  it.each([20, 45, -1, 3601])('taken %i seconds later differs in its times alone', async (seconds) => {
    expect(await putBack(seconds)).toEqual(await reportWithoutSources(files));
  });
});
