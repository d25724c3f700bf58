import { describe, expect, it } from 'vitest';
import { boundLeak } from '../../src/mechanisms/bound-leak.js';
import { MECHANISM_RECORDS, judgeAll } from '../../src/mechanisms/mechanisms.js';
import type { MechanismRecord } from '../../src/mechanisms/mechanism.js';
import { MECHANISMS } from '../../src/model/report-judgement.js';
import { CASES } from '../mechanisms/cases.js';
import { someFacts } from '../support/host-facts.js';
import { filesBelow } from './project-files.js';

describe('the list of mechanisms', () => {
  it('holds every mechanism once, in the order of the report', () => {
    expect(MECHANISM_RECORDS.map(({ id }) => id)).toEqual(MECHANISMS);
  });

  it('has one file for each, named for what is wrong', () => {
    const files = filesBelow('src/mechanisms');
    expect(MECHANISMS.filter((id) => !files.includes(`src/mechanisms/${id}.ts`))).toEqual([]);
  });

  it('says what the settings can do as the contract of the report has it', () => {
    const said = MECHANISM_RECORDS.map(({ id, settingsHelp }) => [
      id,
      typeof settingsHelp === 'function' ? 'as the facts have it' : settingsHelp,
    ]);
    expect(Object.fromEntries(said)).toEqual({
      'time-wait-churn': 'yes',
      'endpoint-collision': 'no',
      'bound-leak': 'no',
      'close-wait-leak': 'no',
      'established-leak': 'buys-time',
      'connection-saturation': 'yes',
      'syn-sent-pileup': 'no',
      'undersized-range': 'yes',
      'stuck-time-wait': 'no',
      'udp-exhaustion': 'as the facts have it',
    });
  });

  it.each(MECHANISMS)(
    'has a capture in which %s fires, one in which it is ruled out and one that cannot tell',
    (id) => {
      const outcomes = CASES[id].map(({ outcome }) => outcome);
      expect({
        fires: outcomes.includes('confirmed') || outcomes.includes('likely'),
        ruledOut: outcomes.includes('ruled-out'),
        cannotTell: outcomes.includes('cannot-tell'),
      }).toEqual({ fires: true, ruledOut: true, cannotTell: true });
    },
  );
});

describe('a mechanism that throws', () => {
  it('is one failed mechanism, and all others are still judged', async () => {
    const facts = await someFacts();
    const broken: MechanismRecord = {
      ...boundLeak,
      needs: null,
      judge: () => {
        throw new RangeError('no such snapshot');
      },
    };
    const whole = judgeAll(facts);
    const list = MECHANISM_RECORDS.map((record) => (record.id === broken.id ? broken : record));
    const judged = judgeAll(facts, list);
    expect(judged.filter(({ record }) => record !== broken)).toEqual(
      whole.filter(({ record }) => record.id !== broken.id),
    );
    expect(judged.find(({ record }) => record === broken)).toEqual({
      record: broken,
      judgement: null,
      error: 'no such snapshot',
    });
  });

  it('fails with the text of whatever was thrown', async () => {
    const thrown: unknown = 'out of columns';
    const judge = (): never => {
      throw thrown;
    };
    const [judged] = judgeAll(await someFacts(), [{ ...boundLeak, needs: null, judge }]);
    expect(judged?.error).toBe('out of columns');
  });
});
