import { describe, expect, it } from 'vitest';
import type { ActionMaker } from '../../src/advice/actions/action.js';
import { ACTION_MAKERS } from '../../src/advice/actions/actions.js';
import { recommend } from '../../src/advice/recommendation.js';
import { summary } from '../../src/cli/summary.js';
import { judgeAll } from '../../src/mechanisms/mechanisms.js';
import { say } from '../../src/messages/say.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { conclude } from '../../src/verdict/conclude.js';
import { report } from '../report/samples/build.js';
import { healthyHost } from '../report/samples/healthy-host.js';
import { someFacts } from '../support/host-facts.js';

const COMMAND = 'probe --all-ports';
const PROBE: ActionMaker = {
  id: 'probe' as ActionMaker['id'],
  askedBy: 'plan',
  make: () => ({
    id: 'probe',
    title: say('action.restart-host.title'),
    why: say('action.restart-host.why'),
    who: say('action.who', { role: 'host' }),
    duration: say('action.duration', { kind: 'look' }),
    workedWhen: say('action.worked.unpin', { remote: '192.0.2.7:102' }),
    when: 'now',
    planned: false,
    restartRequired: 'no',
    apply: { cmd: [COMMAND], powershell: [], reg: null },
    verify: [],
    rollback: ['probe back'],
    risks: [],
  }),
};

describe('an action that only a test knows', () => {
  it('stands last in the recommendation, in every rendering and in the summary', async () => {
    const facts = await someFacts();
    const conclusion = conclude(facts, judgeAll(facts));
    const recommendation = recommend(facts, conclusion, 0.7, [...ACTION_MAKERS, PROBE]);
    expect(recommendation.actions.map(({ id }) => id)).toEqual(['probe']);
    const told = report([{ ...healthyHost(), recommendation }]);
    for (const { suffix, render } of RENDERINGS) {
      const text = await render(told, 'en');
      expect([suffix, text.includes(COMMAND), text.includes('Restart and update the host')]).toEqual([
        suffix,
        true,
        true,
      ]);
    }
    const context = { written: [], leftOut: [], elapsedMs: 0, verbose: false };
    const lines = summary(told, { ...context, paint: (_style, text) => text });
    expect(lines).toContain('Next      1. Restart and update the host\n');
  });

  it('is in no recommendation made without it', async () => {
    const facts = await someFacts();
    expect(recommend(facts, conclude(facts, judgeAll(facts)), 0.7).actions).toEqual([]);
  });
});
