import { describe, expect, it } from 'vitest';
import { INCIDENTS } from '../simulator/incidents/catalogue.js';
import { isFault, judgeIncident } from '../tools/accuracy-row.js';

/** Quick ones, each with another mechanism or another kind of evidence; `npm run accuracy` plays them all. */
const JUDGED: Readonly<Record<string, string>> = {
  'undersized-range-num-1000': 'undersized-range',
  'bound-leak-in-small-range': 'bound-leak',
  'two-leaks': 'bound-leak',
  'churn-time-wait-filter-in-time': 'time-wait-churn',
  'endpoint-collision-one-dump': 'undetermined',
  'leak-table-broken-off': 'undetermined',
  'quiet-listener-in-range': 'none',
  'quiet-twins': 'none',
};
const SEED = 5;

describe.each(INCIDENTS.filter(({ id }) => id in JUDGED))('$id', (incident) => {
  it('is judged right in every question', async () => {
    const { rows } = await judgeIncident(incident, SEED);
    const judged = rows.map((row) => ({ verdict: row.verdict, isFault: isFault(row), misses: row.misses }));
    expect(judged).toEqual([{ verdict: JUDGED[incident.id], isFault: false, misses: [] }]);
  });
});

it('every incident judged here is one of the catalogue', () => {
  const known = INCIDENTS.map(({ id }) => id);
  expect(Object.keys(JUDGED).filter((id) => !known.includes(id))).toEqual([]);
});
