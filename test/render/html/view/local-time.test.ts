import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../src/messages/languages.js';
import { pageContext } from '../../../../src/render/html/view/page-context.js';
import { localTime } from '../../../../src/render/html/view/local-time.js';

const page = pageContext(languageOf('en'));

describe('hostClock', () => {
  it('prints an instant on the clock of the host, with UTC beside it', () => {
    expect(localTime(60, page).at('2026-03-02T23:30:04Z')).toEqual({
      iso: '2026-03-02T23:30:04Z',
      text: '2026-03-03 00:30:04',
      utc: '2026-03-02 23:30:04 UTC',
    });
  });

  it.each([
    [60, 'UTC+01:00'],
    [-330, 'UTC−05:30'],
    [0, 'UTC'],
    [null, 'UTC; nothing tells the zone of the host'],
  ])('names the offset of %s minutes', (minutes, zone) => {
    expect(localTime(minutes, page).zone).toBe(zone);
  });

  it('has no time for what has none, nor for what is no time', () => {
    expect(localTime(0, page).at(null)).toEqual({ iso: '', text: 'not known', utc: '' });
    expect(localTime(0, page).at('yesterday')).toEqual({ iso: '', text: 'not known', utc: '' });
  });

  it.each([
    ['2026-03-02T08:40:00Z', '2026-03-02T09:22:00Z', '2 March 2026, 09:40–10:22'],
    ['2026-03-02T08:40:10Z', '2026-03-02T08:40:50Z', '2 March 2026, 09:40'],
    ['2026-03-02T22:40:00Z', '2026-03-02T23:10:00Z', '2 March 2026, 23:40 – 3 March 2026, 00:10'],
    ['2026-03-02T08:40:00Z', null, '2 March 2026, 09:40 – end not seen'],
  ])('says from when to when: %s to %s', (from, to, said) => {
    expect(localTime(60, page).period(from, to)).toBe(said);
  });
});
