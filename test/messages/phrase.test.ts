import { describe, expect, it } from 'vitest';
import { phrase } from '../../src/messages/phrase.js';
import { say } from '../../src/messages/say.js';
import { renderHtml } from '../../src/render/html/html.js';
import { renderJson } from '../../src/render/json.js';
import { aHost, aReport } from '../cli/a-report.js';

const LATER = { id: 'verdict.of-a-later-version', params: { ports: 12 } };

/** A report whose verdict is a message. */
function saying(summary: { id: string; params: Record<string, number>; text?: string }) {
  return aReport({ hosts: [aHost({ verdict: { ...aHost().verdict, summary } })] });
}

describe('a message', () => {
  it('is its id and its parameters, until a rendering asks for the sentence', () => {
    expect(say('other.exclusions', { ports: 1 })).toEqual({ id: 'other.exclusions', params: { ports: 1 } });
    expect(say('other.snat')).toEqual({ id: 'other.snat', params: {} });
  });

  it('is said by its id, whatever sentence it was saved with', () => {
    const saved = { ...say('verdict.stuck-time-wait', { host: 'unknown', longest: 300 }), text: 'as it was saved' };
    expect(phrase(saved, 'en')).toMatch(/^TIME_WAIT on this host no longer expires/);
  });

  it('that this version does not know is shown by the sentence saved with it, in both renderings', () => {
    const report = saying({ ...LATER, text: '12 ports went to the moon.' });
    expect(renderHtml(report)).toContain('>12 ports went to the moon.</h1>');
    expect(renderJson(report)).toContain(
      '"id": "verdict.of-a-later-version",\n          "params": {\n            "ports": 12\n          },\n          "text": "12 ports went to the moon."',
    );
  });

  it('that nobody knows is shown by its id', () => {
    expect(renderHtml(saying(LATER))).toContain('>verdict.of-a-later-version</h1>');
    expect(renderJson(saying(LATER))).toContain('"text": "verdict.of-a-later-version"');
    expect(phrase({ id: 'toString', params: {} }, 'en')).toBe('toString');
  });
});
