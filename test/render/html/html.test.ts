import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { say } from '../../../src/messages/say.js';
import { renderHtml } from '../../../src/render/html/html.js';
import { churnHost } from '../../report/samples/churn-host.js';
import { hostile, HOSTILE } from '../../report/samples/hostile.js';
import { at, report, snapshot } from '../../report/samples/build.js';
import { samples, untoldHost } from '../../report/samples/samples.js';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Prettier and HTML5 agree on `<meta ...>` and lower-case `<!doctype html>`.
    'doctype-style': 'off',
    'void-style': 'off',
    // A path of a file stands in the text as it is; nothing is to be wrapped at will.
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    // Regions that scroll must take the focus, so that the keyboard can scroll them.
    'prefer-native-element': 'off',
  },
});

const names = Object.keys(samples).filter((name): name is keyof typeof samples => name in samples);

/** The tags of a page in order, without what stands in them. */
function tags(html: string): string[] {
  return Array.from(html.matchAll(/<(\/?[a-z][a-z0-9]*)/gi), ([, tag]) => tag ?? '');
}

describe.each(names)('the page of the %s sample', (name) => {
  const html = renderHtml(samples[name]());

  it('is valid HTML', async () => {
    const { results } = await validator.validateString(html);
    expect(
      results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${ruleId} ${message} ${String(line)}`),
      ),
    ).toEqual([]);
  });

  it('holds no script, no inline style and no address to fetch', () => {
    expect(html).not.toMatch(/<script|<iframe|<object|<embed|<form|<base|@import|url\((?!#)|javascript:/i);
    expect(html).not.toMatch(/\sstyle="|\son[a-z]+="/i);
    expect(html.match(/\s(?:src|href|action|poster|srcset)="(?!#|data:)[^"]*"/g)).toBeNull();
  });

  it('forbids scripts and the network by its own policy, and asks not to be indexed', () => {
    expect(html).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'">/,
    );
    expect(html).toContain('<meta name="robots" content="noindex, nofollow">');
    expect(html).toContain('<meta name="generator" content="portmortem 0.1.0">');
  });

  it('holds the stylesheet as it was built, once, and allows it by its hash', () => {
    const [sheet = '', ...others] = Array.from(html.matchAll(/<style>([^]*?)<\/style>/g), ([, text]) => text ?? '');
    const source = readFileSync('templates/report.css', 'utf8').replace(/\/\*[^]*?\*\//g, '');
    expect(sheet.replace(/\s/g, '')).toBe(source.replace(/\s/g, ''));
    expect([others, html.split(sheet).length]).toEqual([[], 2]);
    const hash = createHash('sha256').update(sheet).digest('base64');
    expect(html).toContain(`style-src 'sha256-${hash}';`);
  });

  it('leads every link of the page to an anchor that is there', () => {
    const anchors = new Set(Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => id));
    const links = Array.from(html.matchAll(/href="#([^"]*)"/g), ([, id]) => id);
    expect(links.filter((id) => !anchors.has(id))).toEqual([]);
  });

  it('prints no value that JavaScript has no words for', () => {
    expect(html).not.toMatch(/undefined|NaN|\[object|Invalid Date|Infinity|>null</);
  });

  it('is the same bytes for the same report', () => {
    expect(renderHtml(samples[name]())).toBe(html);
  });

  it('has the same elements when every text of the evidence is hostile', () => {
    const attacked = renderHtml(hostile(samples[name]()));
    expect(tags(attacked)).toEqual(tags(html));
    expect(attacked).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\u0007]/);
    expect(attacked).not.toContain(HOSTILE.slice(0, 8) + HOSTILE.slice(8, 20));
  });
});

describe('what the page says', () => {
  it('shows the verdict, the first action and the three settings in this order before what could not be told', () => {
    const html = renderHtml(samples.churn());
    const order = [
      'The dynamic ports of RDSH01 ran out',
      '16,374 of 16,379',
      'Pool the connections of Contoso.Sync.exe',
      '49152–65535 → 10000–65535',
      'TcpTimedWaitDelay',
      'MaxUserPort',
      '>323<',
      'What could not be told',
      'Ports in use over time',
      'Who held the ports',
      'Where the connections went',
      'Every snapshot counted',
      'What was considered',
      'What if',
      'Apply, verify, undo',
      'Settings found',
      'Events',
      'What was read',
      'How it was computed',
      'Glossary',
    ];
    const main = html.replace(/<nav[\s\S]*?<\/nav>/, '');
    const places = order.map((words) => main.indexOf(words, main.indexOf('<main>')));
    expect(places.every((place) => place > 0)).toBe(true);
    const headings = order.slice(7).map((words) => main.indexOf(`>${words}</h2>`));
    expect(headings).toEqual([...headings].sort((a, b) => a - b));
    expect(Math.min(...headings)).toBeGreaterThan(Math.max(...places.slice(0, 7)));
  });

  it('shows an assumption beside the number that rests on it', () => {
    const html = renderHtml(samples.undetermined());
    expect(html).toContain(
      '203 of 16,384 <span class="assumed">table filtered: only TIME_WAIT</span> <span class="assumed">range assumed</span>',
    );
    expect(html).toContain('<span class="assumed">TIME_WAIT lasts 120–240 s, assumed</span>');
  });

  it('gives the place and the raw row behind a number', () => {
    const html = renderHtml(samples.undetermined());
    expect(html).toContain('<bdi translate="no">timewait.csv:2</bdi>');
    expect(html).toContain('&quot;192.0.2.21&quot;,&quot;50114&quot;,&quot;192.0.2.10&quot;');
    expect(html).toContain('<bdi translate="no">System.xml:120</bdi>, record 14990');
  });

  it('shows times on the clock of the host and UTC beside them', () => {
    const html = renderHtml(samples.eventsOnly());
    expect(html).toContain('2 March 2026, 03:10–05:10');
    expect(html).toContain(
      '<time datetime="2026-03-02T08:40:00.000Z" title="2026-03-02 08:40:00 UTC">2026-03-02 03:10:00</time>',
    );
  });

  it('says that it shows UTC when nothing tells the zone', () => {
    expect(renderHtml(samples.healthy())).toContain('UTC; nothing tells the zone of the host');
  });

  it('lists the hosts of a report about several, each with an anchor to its section', () => {
    const html = renderHtml(samples.several());
    expect(html).toContain('<h1>Port post-mortem of 4 hosts</h1>');
    expect(
      Array.from(
        html.matchAll(/<th scope="row"><a href="#(host-\d)"><bdi translate="no">([^<]*)</g),
        ([, id, name]) => [id, name],
      ),
    ).toEqual([
      ['host-1', 'RDSH01'],
      ['host-2', 'SQL07'],
      ['host-3', 'APP02'],
    ]);
  });

  it('lists a host without a port table and without a System log instead of giving it a section', () => {
    const html = renderHtml(samples.several());
    expect(html).toContain('<a href="#untold-hosts">1 host of which nothing can be told</a>');
    expect(html).toContain(
      '<bdi translate="no">Application.xml</bdi>: 3 events, 2 March 2026, 07:40–09:40 (UTC+01:00)',
    );
    expect(html).not.toContain('id="host-4"');
    expect(renderHtml(report([untoldHost(), untoldHost()]))).toContain('id="host-1"');
  });

  it('says behind the name what it was before, and that it is assumed', () => {
    const naming = [{ message: say('host.assumed-from-folder'), sources: [], sourceCount: 0 }];
    const html = renderHtml(report([{ ...churnHost(), nameFrom: 'folder', naming }]));
    expect(html).toContain('<bdi>(formerly WIN-3FQ8K1PLM2T)</bdi></span> <span class="muted"><bdi>(name assumed');
    expect(html).toContain('<li>Assumed: nothing in the evidence names the host;');
  });

  it('takes the period of a host without a snapshot from its logs', () => {
    expect(renderHtml(report([untoldHost()]))).toContain('<span>2 March 2026, 07:40–09:40</span>');
  });

  it('stays under a megabyte with 600 snapshots in each of four pools and says how many rows are in the JSON only', () => {
    const host = churnHost();
    const [pool] = host.pools;
    if (pool === undefined) throw new Error('the churn sample has a pool');
    host.pools = ['tcp', 'tcp-ipv4', 'tcp-ipv6', 'udp'].map((id) => ({ ...pool, id }));
    host.ledger = host.pools.flatMap(({ id: poolId }) =>
      Array.from({ length: 600 }, (_, index) =>
        snapshot({
          poolId,
          at: at(index * 5),
          file: `evidence/RDSH01/2026-03-02/netstat-${String(index).padStart(4, '0')}.txt`,
          timeWait: 8000 + Math.round(4000 * Math.sin(index / 40)),
          established: 200 + (index % 7),
          closeWait: index,
          synSent: index % 5,
          finWait2: index % 3,
          bound: 40,
        }),
      ),
    );
    const html = renderHtml(report([host]));
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).toContain('400 more are in the JSON report.');
    expect(html).toContain('560 more are in the JSON report.');
    expect(html).toContain('240 of 600 snapshots drawn');
  });
});
