import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/schema.js';
import { aReport } from '../cli/a-report.js';
import { schemaPaths } from '../tools/schema-paths.js';
import { typePaths } from '../tools/type-paths.js';

describe('the published schema', () => {
  it('is a valid JSON Schema of draft 2020-12', () => {
    const ajv = new Ajv2020({ strict: true });
    expect(ajv.validateSchema(reportSchema)).toBe(true);
    expect(ajv.compile(reportSchema)(aReport())).toBe(true);
  });

  it('refuses a report without a name of the contract, and takes one with more', () => {
    const valid = new Ajv2020({ strict: true }).compile(reportSchema);
    const { inputs, ...rest } = aReport();
    expect([valid(rest), valid({ ...rest, inputs, more: 1 })]).toEqual([false, true]);
  });

  it('describes every path of the saved report with its kinds, and no other', () => {
    expect(schemaPaths(reportSchema)).toEqual(typePaths('src/model/report.ts', 'ReportDocument'));
  });

  it('has a use for every definition', () => {
    const text = JSON.stringify(reportSchema);
    const unused = Object.keys(reportSchema['$defs'] ?? {}).filter((name) => !text.includes(`"#/$defs/${name}"`));
    expect(unused).toEqual([]);
  });
});
