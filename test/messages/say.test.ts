import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sentences } from '../../src/messages/english/sentences.js';
import {
  counted,
  duration,
  interval,
  lapseOf,
  listed,
  moment,
  number,
  share,
} from '../../src/messages/english/figures.js';
import { phrase } from '../../src/messages/phrase.js';
import { PROBLEM_CODES } from '../../src/model/format.js';
import type { Message } from '../../src/model/report-message.js';
import { filesBelow } from '../contracts/project-files.js';
import { CASES } from '../mechanisms/cases.js';
import { hostOf } from '../support/capture.js';
import { SMALL_RANGE } from '../mechanisms/case.js';
import { scenarioNames, scenarioReport } from '../support/scenarios.js';

const SOURCES = filesBelow('src').filter((file) => file.endsWith('.ts') && !file.startsWith('src/messages/english'));

/** Every message anywhere inside a report value. */
function* everyMessage(value: unknown): Generator<Message> {
  if (Array.isArray(value)) for (const item of value) yield* everyMessage(item);
  else if (typeof value === 'object' && value !== null) {
    if (isMessage(value)) yield value;
    else for (const item of Object.values(value)) yield* everyMessage(item);
  }
}

function isMessage(value: object): value is Message {
  return 'id' in value && 'params' in value;
}

describe('the words of the report', () => {
  const seen = new Map<string, Set<string>>();

  beforeAll(async () => {
    const note = (value: unknown): void => {
      for (const message of everyMessage(value)) {
        seen.set(message.id, (seen.get(message.id) ?? new Set()).add(phrase(message, 'en')));
      }
    };
    for (const scenario of scenarioNames()) note(await scenarioReport(scenario));
    for (const { files, options } of Object.values(CASES).flat())
      note(await hostOf(files, { range: SMALL_RANGE, ...options }));
  }, 120_000);

  it('exist for every problem a parser can count, and for nothing else of that name', () => {
    const ids = Object.keys(sentences).filter((id) => id.startsWith('problem.'));
    expect(ids.sort()).toEqual(PROBLEM_CODES.map((code) => `problem.${code}`).sort());
  });

  it('are all said somewhere: no sentence is left over', () => {
    const text = SOURCES.map((file) => readFileSync(file, 'utf8')).join('\n');
    const patterns = [...text.matchAll(/`((?:problem|verdict)\.)\$\{/g)].map(([, start = '']) => start);
    // A report that was saved by an earlier version is phrased again, with the sentences of that version.
    const saved = readdirSync('fixtures/reports').map((name) => readFileSync(`fixtures/reports/${name}`, 'utf8'));
    const unused = Object.keys(sentences).filter(
      (id) =>
        !text.includes(`'${id}'`) &&
        !patterns.some((start) => id.startsWith(start)) &&
        !saved.some((report) => report.includes(`"id": "${id}"`)),
    );
    expect(unused).toEqual([]);
  });

  it('hold no undefined, NaN, Infinity, [object or doubled blank in any report of the tests', () => {
    const texts = [...seen.values()].flatMap((said) => [...said]);
    expect(texts.filter((text) => /undefined|NaN|Infinity|\[object|null| {2}|\.\.$|^\s|\s$/.test(text))).toEqual([]);
    expect(seen.size).toBeGreaterThan(80);
  });

  it('begin with a capital or a name, and sentences end with a full stop', () => {
    const evidence = [...seen].filter(([id]) =>
      /\.(?:for|against|missing)\.|^missing\.|^verdict\.|^problem\./.test(id),
    );
    const bad = evidence.flatMap(([, said]) =>
      [...said].filter((text) => !/^[\p{Lu}\d]/u.test(text) || !text.endsWith('.')),
    );
    // A figure may open a sentence with its bound.
    expect(bad.filter((text) => !/^(?:at least|about) \d/.test(text))).toEqual([]);
  });
});

describe('the forms of figures', () => {
  it.each([
    [0, '0'],
    [0.04, '0'],
    [0.05, '0.1'],
    [9.94, '9.9'],
    [10.5, '11'],
    [16_384, '16,384'],
    [-3.5, '-3.5'],
    [-0.04, '-0'],
    [-0, '-0'],
    [9.95, '10'],
    [0.25, '0.3'],
    [-0.25, '-0.3'],
    [1.05, '1.1'],
    [99.5, '100'],
    [999_999.5, '1,000,000'],
    [1e21, '1,000,000,000,000,000,000,000'],
    [1e-7, '0'],
    [Infinity, '∞'],
  ])('the number %d is written %s', (value, text) => {
    expect(number(value)).toBe(text);
  });

  it.each([
    [0, '0 %'],
    [0.012, '1.2 %'],
    [1, '100 %'],
    [0.0005, '0.1 %'],
    [0.00049, '< 0.1 %'],
    [0.9994, '99.9 %'],
    [0.9995, '> 99.9 %'],
    [1.005, '100.5 %'],
    [12.3456, '1,234.6 %'],
  ])('the share %d is written %s', (value, text) => {
    expect(share(value).replaceAll('\u00a0', ' ')).toBe(text);
  });

  it('one of a thing is singular, none and two are plural', () => {
    expect([0, 1, 2, 1000].map((count) => counted(count, 'port'))).toEqual([
      '0 ports',
      '1 port',
      '2 ports',
      '1,000 ports',
    ]);
    expect(counted(2, 'process', 'processes')).toBe('2 processes');
  });

  it('an estimate is a figure, a span, a figure in its span, or an at-least', () => {
    expect(interval({ low: 136, best: null, high: null })).toBe('at least 136');
    expect(interval({ low: 120, best: 120, high: 120 })).toBe('120');
    expect(interval({ low: 120, best: null, high: 240 })).toBe('120–240');
    expect(interval({ low: 118, best: 120, high: 122 })).toBe('about 120 (118–122)');
  });

  it('a duration changes its unit at two minutes, two hours and two days', () => {
    expect([119, 120, 7199, 7200, 172_799, 172_800].map(duration)).toEqual([
      '119 s',
      '2 min',
      '120 min',
      '2 h',
      '48 h',
      '2 days',
    ]);
  });

  it('a moment is shown to the second, in UTC where the offset of the host is not known, and names are listed', () => {
    expect(moment('2026-03-02T09:40:12.611Z', null)).toBe('2026-03-02 09:40:12 UTC');
    expect(moment('2026-03-02T09:40:12.611Z', 0)).toBe('2026-03-02 09:40:12 (UTC)');
    expect(moment('2026-03-02T02:40:12.611Z', -240)).toBe('2026-03-01 22:40:12 (UTC−04:00)');
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b, and c']);
  });

  it('no estimate of any size is written without its figures', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e6), fc.option(fc.nat(1e6)), (low, toBest, toHigh) => {
        const high = toHigh === null ? null : low + toBest + toHigh;
        const text = interval({ low, best: high === null ? null : low + toBest, high });
        expect(text).toContain(number(low));
        if (high !== null) expect(text).toContain(number(high));
      }),
    );
  });
});

describe('the time until something', () => {
  const hours = 3600;

  it.each([
    [{ low: 47 * hours, best: 48 * hours, high: 49 * hours }, 'after about 2 days'],
    [{ low: 46 * hours, best: 47 * hours, high: 49 * hours }, 'after about 47 h (46 h to 49 h)'],
    [{ low: 12 * hours, best: 12.01 * hours, high: 12.02 * hours }, 'after about 12 h'],
    [{ low: 600, best: null, high: 3 * 86_400 }, 'after 10 min to 3 days'],
    [{ low: 3 * hours, best: null, high: null }, 'after 3 h or more'],
  ])('has both ends in one unit where they are near: %o', (lapse, text) => {
    expect(lapseOf(lapse)).toBe(text);
  });
});
