import { describe, expect, it } from 'vitest';
import { decideDateOrder } from '../../../src/capture/clock/date-order.js';
import type { Stamp } from '../../../src/model/stamp.js';

const NEWEST = Date.parse('2026-12-31T00:00:00Z');

/** `03/02` of 2026 at noon: 2 March month first, 3 February day first. */
function date(text: string): Stamp {
  const [first = 0, second = 0] = text.split('/').map(Number);
  return {
    kind: 'ambiguous',
    monthFirstMs: Date.UTC(2026, first - 1, second, 12),
    dayFirstMs: Date.UTC(2026, second - 1, first, 12),
  };
}

function decide(dates: readonly string[], language: string | null = null, newestMs = NEWEST): string {
  const { order, certain, needed } = decideDateOrder(dates.map(date), language, newestMs);
  return needed ? `${order}, ${certain ? 'certain' : 'a guess'}` : 'not asked';
}

describe('the order of day and month', () => {
  it('is not asked for when every stamp is certain', () => {
    const stamps: Stamp[] = [
      { kind: 'instant', epochMs: 0, offsetMinutes: 0 },
      { kind: 'local', localMs: 0 },
    ];
    expect(decideDateOrder(stamps, 'de', NEWEST)).toEqual({ order: 'month-first', certain: true, needed: false });
  });

  it('is what a date with a day above 12 in the same file shows, unless another one shows the opposite', () => {
    const shown = (...orders: ('month-first' | 'day-first')[]) => {
      const { order, certain } = decideDateOrder([date('3/2')], 'en', NEWEST, null, new Set(orders));
      return `${order}, ${certain ? 'certain' : 'a guess'}`;
    };
    expect(shown('day-first')).toBe('day-first, certain');
    expect(shown('month-first')).toBe('month-first, certain');
    expect(shown('month-first', 'day-first')).toBe('month-first, a guess');
  });

  it('cannot make a date later than the newest thing known, a day of grace aside', () => {
    const noon = Date.parse('2026-03-02T12:00:00Z');
    const day = 86_400_000;
    // 3/2: 2 March or 3 February.
    expect(decide(['3/2'], 'en', noon - day)).toBe('month-first, a guess');
    expect(decide(['3/2'], 'en', noon - day - 1)).toBe('day-first, certain');
    // 2/3: 3 February or 2 March.
    expect(decide(['2/3'], 'de', noon - day)).toBe('day-first, a guess');
    expect(decide(['2/3'], 'de', noon - day - 1)).toBe('month-first, certain');
  });

  it('is the one in which the stamps of a file lie closer together', () => {
    expect(decide(['3/1', '3/2', '3/3'], 'de')).toBe('month-first, certain');
    expect(decide(['1/3', '2/3', '3/3'], 'en')).toBe('day-first, certain');
  });

  it('is a guess by the language where both readings lie equally close', () => {
    expect(decide(['3/2', '3/2'], 'en')).toBe('month-first, a guess');
    expect(decide(['3/2', '3/2'], 'fr')).toBe('day-first, a guess');
  });

  it('is a guess by what the logs cover, before the language, where only one reading lies beside it', () => {
    const beside = (fromMs: number, toMs: number): string => {
      const span = { fromMs, toMs };
      const { order, certain } = decideDateOrder([date('3/2')], 'en', NEWEST, span);
      return `${order}, ${certain ? 'certain' : 'a guess'}`;
    };
    const february = Date.parse('2026-02-03T12:00:00Z');
    const march = Date.parse('2026-03-02T12:00:00Z');
    expect(beside(february - 3_600_000, february + 3_600_000)).toBe('day-first, a guess');
    expect(beside(march - 3_600_000, march + 3_600_000)).toBe('month-first, a guess');
    expect(beside(february, march)).toBe('month-first, a guess');
  });

  it('takes a difference of one day for equally close, a difference of two not', () => {
    // 1/1 and 1/2: a day apart month first, a month apart day first; the other way round with 2/1.
    expect(decide(['1/1', '2/2'], 'fr')).toBe('day-first, a guess');
    expect(decide(['1/1', '1/3'], 'fr')).toBe('month-first, certain');
  });

  it('is a guess by the newest thing known where no language is known', () => {
    const march = Date.parse('2026-03-03T00:00:00Z');
    expect(decide(['3/2'], null, march)).toBe('month-first, a guess');
    expect(decide(['2/3'], null, march)).toBe('day-first, a guess');
  });

  it('is still decided by the spread when both readings lie in the future', () => {
    expect(decide(['3/1', '3/2'], 'de', Date.parse('2025-01-01T00:00:00Z'))).toBe('month-first, certain');
  });
});
