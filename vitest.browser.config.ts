import { defineConfig } from 'vitest/config';

/** The page in a real browser: needs Debian's chromium, so it is not part of `npm test`. */
export default defineConfig({
  test: { include: ['test/browser/**/*.browser.ts'], testTimeout: 180_000, hookTimeout: 60_000 },
});
