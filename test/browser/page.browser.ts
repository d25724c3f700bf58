import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/render/html/html.js';
import { hostile } from '../report/samples/hostile.js';
import { samples } from '../report/samples/samples.js';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const names = Object.keys(samples).filter((name): name is keyof typeof samples => name in samples);

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portmortem-page-'));
  for (const name of names) {
    writeFileSync(join(folder, `${name}.html`), renderHtml(samples[name]()));
    writeFileSync(join(folder, `${name}-hostile.html`), renderHtml(hostile(samples[name]())));
  }
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

interface Visit {
  readonly page: Page;
  /** Addresses asked for, the page itself among them. */
  readonly requests: readonly string[];
  /** What the browser had to say: violated policies, errors, dialogs. */
  readonly complaints: readonly string[];
  readonly address: string;
}

/** Opens a page of a report in a context of its own and closes it afterwards. */
async function visit(
  name: string,
  options: BrowserContextOptions,
  look: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    const address = pathToFileURL(join(folder, `${name}.html`)).href;
    await page.goto(address);
    await look({ page, requests, complaints, address });
  } finally {
    await context.close();
  }
}

/** Runs a script in the page: as text, because the project's types know no DOM. */
async function measured(page: Page, script: string): Promise<number> {
  return Number(await page.evaluate(script));
}

const WIDTH = 'document.documentElement.scrollWidth';
const bottomOf = (selector: string): string => `document.querySelector('${selector}').getBoundingClientRect().bottom`;
/** The class of the element with the largest type. */
const LARGEST = `Array.from(document.body.querySelectorAll('*'))
  .filter((element) => element.closest('svg') === null)
  .map((element) => ({ name: element.className, size: parseFloat(getComputedStyle(element).fontSize) }))
  .reduce((best, one) => (one.size > best.size ? one : best)).name`;

/** Opens every <details>: what is closed is not looked at by axe and has no width. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll('details').forEach((one) => one.setAttribute('open', ''))`);
}

describe.each(names)('the page of the %s sample', (name) => {
  it.each([name, `${name}-hostile`])('asks for nothing but itself and runs nothing (%s)', async (file) => {
    await visit(file, {}, async ({ page, requests, complaints, address }) => {
      await openAll(page);
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([address]);
      expect(complaints).toEqual([]);
      expect(await page.locator('script').count()).toBe(0);
      expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
        "default-src 'none'",
      );
    });
  });

  it('is styled: the hash of its policy is that of its stylesheet', async () => {
    await visit(name, {}, async ({ page }) => {
      const paper = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      expect(paper).toBe('rgb(251, 250, 247)');
    });
  });

  it.each([360, 768, 1280])('has no page-wide scroll at %i px, open or closed', async (width) => {
    await visit(name, { viewport: { width, height: 800 } }, async ({ page }) => {
      expect(await measured(page, WIDTH)).toBeLessThanOrEqual(width);
      await openAll(page);
      expect(await measured(page, WIDTH)).toBeLessThanOrEqual(width);
    });
  });

  it('prints on white within the width of A4, whatever the scheme of the screen', async () => {
    await visit(name, { viewport: { width: 718, height: 1000 }, colorScheme: 'dark' }, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
      expect(await measured(page, WIDTH)).toBeLessThanOrEqual(718);
    });
  });

  it.each(['light', 'dark'] as const)('has no violation that axe calls serious, in %s', async (colorScheme) => {
    await visit(name, { colorScheme }, async ({ page }) => {
      await openAll(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    });
  });
});

describe.each(names.filter((name) => name !== 'several'))('the first screen of the %s sample', (name) => {
  it('holds the verdict and the whole recommendation at 1280 by 800', async () => {
    await visit(name, { viewport: { width: 1280, height: 800 } }, async ({ page }) => {
      expect(await measured(page, bottomOf('.sentence'))).toBeLessThan(400);
      expect(await measured(page, bottomOf('.advice'))).toBeLessThan(800);
    });
  });

  it.each([360, 1280])('sets the verdict in the largest type of the page at %i px', async (width) => {
    await visit(name, { viewport: { width, height: 800 } }, async ({ page }) => {
      expect(await page.evaluate(LARGEST)).toBe('sentence');
    });
  });

  it('does not grow wider than 360 px when every text is hostile', async () => {
    await visit(`${name}-hostile`, { viewport: { width: 360, height: 800 } }, async ({ page }) => {
      await openAll(page);
      expect(await measured(page, WIDTH)).toBeLessThanOrEqual(360);
    });
  });
});
