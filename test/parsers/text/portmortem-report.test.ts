import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/capture/survey/read-file.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import { filesBelow } from '../../contracts/project-files.js';
import { evidenceFiles } from '../../support/capture.js';

async function formatOf(content: string | Uint8Array): Promise<string> {
  const [file] = evidenceFiles({ 'notes.txt': content });
  if (file === undefined) throw new Error('no file');
  const recognition = await recognise(file, nodePlatform);
  return recognition.kind === 'parser' ? recognition.format : recognition.code;
}

const REPORT = readFileSync('fixtures/parsers/portmortem-report/report.json', 'utf8');
const PAGE = readFileSync('fixtures/parsers/portmortem-report/page.html', 'utf8');

describe('a report of this program', () => {
  it.each(filesBelow('fixtures/parsers/portmortem-report'))('is recognised: %s', async (path) => {
    expect(await formatOf(new Uint8Array(readFileSync(path)))).toBe('portmortem-report');
  });

  it.each([
    ['with a byte order mark and blank lines before it', `\ufeff\r\n\r\n${REPORT}`],
    ['on one line', JSON.stringify(JSON.parse(REPORT))],
    ['with its names sorted', JSON.stringify(sorted(JSON.parse(REPORT)), null, 2)],
    ['broken off', REPORT.slice(0, 5000)],
    ['as a page that a browser saved', `<!-- saved from url=(0033)file:///C:/report.html -->\r\n${PAGE.slice(15)}`],
    ['as a page with its lines ended by CRLF', PAGE.replaceAll('\n', '\r\n')],
  ])('is recognised %s', async (_how, content) => {
    expect(await formatOf(content)).toBe('portmortem-report');
  });

  it.each([
    ['the JSON of another tool', REPORT.replace('"portmortem"', '"another"')],
    ['the page of another tool', PAGE.replace('content="portmortem 0.1.0"', 'content="another"')],
    ['a text that speaks of one', `See report.json: ${REPORT.slice(0, 200)}`],
  ])('is not seen in %s', async (_what, content) => {
    expect(await formatOf(content)).not.toBe('portmortem-report');
  });

  it('is not seen in any file of another format', async () => {
    const others = filesBelow('fixtures/parsers').filter((path) => !path.includes('/portmortem-report/'));
    const seen = [];
    for (const path of others) {
      if ((await formatOf(new Uint8Array(readFileSync(path)))) === 'portmortem-report') seen.push(path);
    }
    expect(seen).toEqual([]);
  });
});

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
