import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HostReport } from '../../src/model/report.js';
import { CAPTURES, reportWithoutSources, unchanged } from './a-host.js';

const RUNS = { numRuns: 15 };

describe.each(Object.entries(CAPTURES))('the report of a host, %s,', (_name, capture) => {
  const files = capture(unchanged);
  let report: HostReport;
  beforeAll(async () => {
    report = await reportWithoutSources(files);
  });

  it('is the same where the files are named in another order', async () => {
    const shuffled = fc.shuffledSubarray(Object.entries(files), { minLength: Object.keys(files).length });
    await fc.assert(
      fc.asyncProperty(shuffled, async (entries) => {
        expect(await reportWithoutSources(Object.fromEntries(entries))).toEqual(report);
      }),
      RUNS,
    );
  });

  it('is the same where a file is given a second time under another name', async () => {
    const copied = fc.tuple(fc.constantFrom(...Object.keys(files)), fc.constantFrom('a-copy', 'zz-copy', 'old/copy'));
    await fc.assert(
      fc.asyncProperty(copied, async ([name, prefix]) => {
        const copy = { [`${prefix} of ${name}`]: files[name] ?? '' };
        const keepsTheName = await reportWithoutSources({ ...files, ...copy });
        expect(keepsTheName).toEqual(report);
        const named = await reportWithoutSources({ ...copy, ...files });
        // The first of two equal files is the one that the report leads to.
        const asFirst = JSON.stringify(named).replaceAll(`${prefix} of ${name}`, name);
        expect(JSON.parse(asFirst)).toEqual(report);
      }),
      RUNS,
    );
  });

  it('is the same for the rows of its tables in another order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (keys) => {
        const permuted = capture((rows) =>
          rows
            .map((row) => ({ row, key: Number(keys.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row),
        );
        expect(await reportWithoutSources(permuted)).toEqual(report);
      }),
      RUNS,
    );
  });
});
