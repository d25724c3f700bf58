import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

describe('the library', () => {
  it('bundles for a browser: nothing in it needs Node', async () => {
    const { outputFiles, errors, warnings } = await build({
      entryPoints: ['src/index.ts'],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    });
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    const code = outputFiles.map(({ text }) => text).join('\n');
    expect(code).toContain('analyze');
    expect(code).not.toMatch(/\b(?:from|import|require)\s*\(?\s*["'](?:node:|fs|path|crypto|buffer|stream)/);
  });
});
