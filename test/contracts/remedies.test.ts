import { describe, expect, it } from 'vitest';
import { ACTION_MAKERS } from '../../src/advice/actions/actions.js';
import { MECHANISM_RECORDS } from '../../src/mechanisms/mechanisms.js';
import { REMEDY_IDS } from '../../src/mechanisms/remedies.js';
import { filesBelow } from './project-files.js';

describe('the remedies', () => {
  const asked = new Set(MECHANISM_RECORDS.flatMap(({ remedies }) => remedies));

  it('are those of the list of ids, each once, in its order, one file each', () => {
    const files = filesBelow('src/advice/actions');
    expect(ACTION_MAKERS.map(({ id }) => id)).toEqual(REMEDY_IDS);
    expect(REMEDY_IDS.filter((id) => !files.includes(`src/advice/actions/${id}.ts`))).toEqual([]);
  });

  it('are asked for by a mechanism, or by the plan whatever the mechanism', () => {
    const ofThePlan = ACTION_MAKERS.filter(({ askedBy }) => askedBy === 'plan').map(({ id }) => id);
    expect(REMEDY_IDS.filter((id) => asked.has(id) === ofThePlan.includes(id))).toEqual([]);
  });
});
