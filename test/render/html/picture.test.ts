import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PICTURE, PICTURED_SCENARIO, pictureText } from '../../support/picture.js';
import { goldenText } from '../../support/scenarios.js';

describe('the picture of README.md', () => {
  const page = goldenText(PICTURED_SCENARIO, 'report.html') ?? '';

  it('is the timeline of the expected page', () => {
    expect(readFileSync(PICTURE, 'utf8') === pictureText(page), 'renew with: npm run goldens').toBe(true);
  });

  it('follows the light or dark preference of its reader and asks for nothing', () => {
    const picture = pictureText(page);
    expect(picture).toContain('@media (prefers-color-scheme: dark)');
    expect(picture).not.toMatch(/<script|href=|@import|url\((?!#)/);
  });

  it('is shown by README.md', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(`](${PICTURE})`);
  });
});
