import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mechanism } from '../incident.js';
import { INCIDENTS } from './catalogue.js';
import { DISTRACTORS } from './distractors.js';
import { STORIES } from './stories.js';

const SCENARIOS = 'fixtures/scenarios';

describe('the catalogue', () => {
  it('holds at least forty incidents, each with its own id', () => {
    expect(INCIDENTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(INCIDENTS.map(({ id }) => id)).size).toBe(INCIDENTS.length);
  });
});

describe.each(STORIES)('$incident.id', ({ incident, seed }) => {
  const folder = join(SCENARIOS, incident.id);
  const { files, truth } = incident.make(seed);

  it('lies on disk as its story writes it, byte for byte', () => {
    expect(readdirSync(join(folder, 'capture')).sort()).toEqual(files.map(({ name }) => name).sort());
    for (const { name, bytes } of files) {
      expect(readFileSync(join(folder, 'capture', name)).equals(bytes), name).toBe(true);
    }
  });

  it('has its truth beside it', () => {
    expect(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))).toEqual({ seed, ...truth });
  });
});

describe.each(DISTRACTORS)('$id', (incident) => {
  it('refuses no connection', () => {
    const { truth } = incident.make(4);
    expect({ failures: truth.failures.count, cause: truth.cause }).toEqual({ failures: 0, cause: 'none' });
  });
});

describe('a replay of the same arrivals', () => {
  const make = (id: string, seed: number) => {
    const incident = INCIDENTS.find((candidate) => candidate.id === id);
    if (incident === undefined) throw new Error(`no incident ${id}`);
    return incident.make(seed);
  };

  it('under the captured settings fails as often as the incident did', () => {
    const { truth, replay } = make('undersized-range-num-1000', 2);
    const { failures, peakInUse, usable } = replay({});
    const { failures: failed, ...known } = truth;
    expect({ failures, peakInUse, usable }).toEqual({
      failures: failed.count,
      peakInUse: known.peakInUse,
      usable: known.usable,
    });
  });

  it('never fails in the default range when that is what was missing', () => {
    const { replay } = make('undersized-range-num-1000', 2);
    expect(replay({ range: { start: 49_152, count: 16_384 } }).failures).toBe(0);
  });

  it('fails whatever the settings are when ports leak', () => {
    const { truth, replay } = make('bound-leak-blind-netstat', 2);
    expect(truth.cause).toBe<Mechanism>('bound-leak');
    expect(replay({ timeWaitSeconds: 30 }).failures).toBeGreaterThan(truth.failures.count * 0.9);
  });
});
