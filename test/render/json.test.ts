import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/render/json.js';
import { hostile } from '../report/samples/hostile.js';
import { samples } from '../report/samples/samples.js';

describe('renderJson', () => {
  it('writes two spaces, a line feed at the end, and the same bytes for the same report', () => {
    const text = renderJson(samples.churn());
    expect(text.startsWith('{\n  "schemaVersion": 2,\n  "tool": {\n    "name": "portmortem",')).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
    expect(renderJson(samples.churn())).toBe(text);
  });

  it('reads back as the same report, hostile text included', () => {
    const report = hostile(samples.churn());
    expect(JSON.parse(renderJson(report))).toEqual(report);
  });

  it('escapes characters that would hide or reorder what stands beside them', () => {
    const report = samples.healthy();
    report.options.arguments = ['a\u202Eb\u200B\u0085\u2028\u{E0041}'];
    const text = renderJson(report);
    expect(text).toContain('a\\u202eb\\u200b\\u0085\\u2028\\udb40\\udc41');
    expect(JSON.parse(text)).toEqual(report);
  });
});
