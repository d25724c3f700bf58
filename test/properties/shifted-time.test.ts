import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURES, reportWithoutSources, unchanged } from './a-host.js';

const STAMP = /(\d{4}-\d\d-\d\d)([ T])(\d\d:\d\d:\d\d)/g;

/** Every moment in a text so many hours later. */
function later(text: string, hours: number): string {
  return text.replace(STAMP, (_, day: string, between: string, time: string) =>
    new Date(Date.parse(`${day}T${time}Z`) + hours * 3_600_000).toISOString().slice(0, 19).replace('T', between),
  );
}

describe.each(Object.entries(CAPTURES))('the report of a host, %s,', (_name, capture) => {
  it('taken some hours earlier or later differs in its times alone', async () => {
    const files = capture(unchanged);
    const report: unknown = await reportWithoutSources(files);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -20_000, max: 2000 }), async (hours) => {
        const shifted = Object.entries(files).map(([name, text]) => [name, later(text, hours)]);
        const other = await reportWithoutSources(Object.fromEntries(shifted) as Record<string, string>);
        const back: unknown = JSON.parse(later(JSON.stringify(other), -hours));
        expect(back).toEqual(report);
      }),
      { numRuns: 25 },
    );
  });
});
