import { describe, expect, it } from 'vitest';
import { phrase } from '../../src/messages/phrase.js';
import { say } from '../../src/messages/say.js';
import { MECHANISMS } from '../../src/model/report-judgement.js';
import { LEDGER_CLASSES } from '../../src/model/report-ports.js';

const NOTHING_HELPS = MECHANISMS.filter((id) => !['time-wait-churn', 'undersized-range'].includes(id));

describe('the reason to leave TcpTimedWaitDelay', () => {
  it.each(NOTHING_HELPS)('is true of %s', (mechanism) => {
    const text = phrase(say('advice.delay.no-help', { mechanism }), 'en');
    // Only these hold no port in TIME_WAIT.
    const leaks = ['bound-leak', 'close-wait-leak', 'syn-sent-pileup'];
    expect(text.includes('not held by TIME_WAIT')).toBe(leaks.includes(mechanism));
  });
});

describe('the reason to leave the range', () => {
  it.each(NOTHING_HELPS)('is true of %s', (mechanism) => {
    const text = phrase(say('advice.range.leave', { why: 'no-help', mechanism, basis: 'captured' }), 'en');
    const fills = !['endpoint-collision', 'udp-exhaustion'].includes(mechanism);
    expect(text.includes('would fill as well')).toBe(fills);
  });
});

describe('the ports needed', () => {
  it('are the product of the figures shown', () => {
    const need = { rate: 62.5, atLeast: true, lifetime: 0.3, timeWait: 240, rest: 0, ports: 15_019 };
    expect(phrase(say('arithmetic.need', need), 'en')).toContain('at least 62.5 × (0.3 + 240) + 0 = 15,019');
  });
});

describe('a table that does not show all', () => {
  it.each([
    say('action.range.risk-unseen'),
    say('leak.missing.unseen', { state: 'bound' }),
    say('leak.missing.unseen', { state: 'closeWait' }),
    say('missing.unseen', { classes: ['bound'] }),
    say('missing.unseen', { classes: [...LEDGER_CLASSES, 'owner'] }),
  ])('is told with the command that keeps the rest: $id', (message) => {
    expect(phrase(message, 'en')).toContain('netstat -anoq');
  });
});
