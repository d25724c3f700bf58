import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../src/messages/languages.js';
import type { Outcome, Verdict } from '../../../../src/model/report-judgement.js';
import { hostContext } from '../../../../src/render/html/view/context.js';
import { pageContext } from '../../../../src/render/html/view/page-context.js';
import { verdictView } from '../../../../src/render/html/view/verdict-view.js';
import { report } from '../../../report/samples/build.js';
import { healthyHost } from '../../../report/samples/healthy-host.js';

/** The badges about exhaustion where everything is ruled out but what is given. */
function badges(exhaustion: Verdict['exhaustion'], outcomes: Readonly<Record<string, Outcome>>): string[] {
  const host = healthyHost();
  host.verdict.exhaustion = exhaustion;
  for (const one of host.hypotheses) one.outcome = outcomes[one.id] ?? 'ruled-out';
  const view = verdictView(hostContext(host, 0, report([host]), pageContext(languageOf('en'))));
  return [view.exhaustion, view.untold];
}

describe('the badges of a host whose ports did not run out', () => {
  it('say of what that is true, and name beside it what this evidence cannot tell', () => {
    expect(badges('refuted', { 'bound-leak': 'cannot-tell', 'udp-exhaustion': 'cannot-tell' })).toEqual([
      'Did not run out in what was captured',
      'not judged: Bound leak, UDP exhaustion',
    ]);
    expect(badges('refuted', {})).toEqual(['Did not run out in what was captured', '']);
  });

  it('name nothing beside an exhaustion that is shown or open, which claims less', () => {
    expect(badges('cannot-tell', { 'bound-leak': 'cannot-tell' })[1]).toBe('');
    expect(badges('shown', { 'bound-leak': 'cannot-tell' })[1]).toBe('');
  });
});
