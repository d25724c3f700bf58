import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { counterCsv } from '../../../src/parsers/csv/counter-csv.js';
import { contextFor, emptyReading, readFixture, sinkInto } from './csv-reading.js';

function countsOf(name: string): { readonly counts: unknown[]; readonly problems: readonly string[] } {
  const counts: unknown[] = [];
  const reading = emptyReading();
  const sink = { ...sinkInto(reading), setting: (setting: unknown) => void counts.push(setting) };
  const parsing = counterCsv.start(
    sink,
    contextFor((bytes) => new TextDecoder().decode(bytes)),
    'counter-csv',
  );
  parsing.push(new Uint8Array(readFileSync(`fixtures/parsers/counter-csv/${name}`)));
  parsing.end();
  return { counts, problems: reading.problems };
}

const PEAK = { kind: 'counted', of: 'peak', state: null };

it.each(['typeperf.csv', 'relog.csv'])('recognises %s alone', async (name) => {
  expect(await readFixture(`counter-csv/${name}`, 5)).toMatchObject({
    formats: ['counter-csv'],
    rows: [],
    snapshots: [],
  });
});

it('keeps the largest value of every counter of TCP, and of no other, with its line', () => {
  const peaks = [
    {
      ...PEAK,
      name: 'TCPv4\\Connections Established',
      count: 16_380,
      line: 4,
      text: '03/02/2026 10:15:01.130 16380.000000',
    },
    { ...PEAK, name: 'TCPv4\\Connection Failures', count: 40, line: 5, text: '03/02/2026 10:15:02.137 40.000000' },
  ];
  expect(countsOf('typeperf.csv')).toEqual({
    counts: peaks,
    problems: peaks.map(({ line, text }) => `${String(line)} counts-only ${text}`),
  });
});

it('reads a culture with semicolons and decimal commas', () => {
  expect(countsOf('relog.csv').counts).toEqual([
    { ...PEAK, name: 'TCPv6\\Connections Established', count: 8, line: 2, text: '03/02/2026 10:15:00,123 7,5' },
  ]);
});
