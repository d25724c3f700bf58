import { describe, expect, it } from 'vitest';
import { timeTicks } from '../../../../src/render/html/charts/time-ticks.js';

const at = (iso: string) => Date.parse(iso);
const written = (from: string, to: string, offsetMinutes: number) =>
  timeTicks(at(from), at(to), offsetMinutes * 60_000, 8).map(({ local, unit, newDay }) => {
    const clock = unit === 'day' ? '' : local.toISOString().slice(11, unit === 'second' ? 19 : 16);
    return newDay ? `${clock} ${String(local.getUTCDate())}.${String(local.getUTCMonth() + 1)}.`.trim() : clock;
  });

describe('timeTicks', () => {
  it('stands on round times of the host, not of UTC', () => {
    expect(written('2026-03-02T08:00:00Z', '2026-03-02T20:00:00Z', 330)).toEqual([
      '14:00 2.3.',
      '16:00',
      '18:00',
      '20:00',
      '22:00',
      '00:00 3.3.',
    ]);
  });

  it('shows seconds for a few seconds', () => {
    expect(written('2026-03-02T08:00:00Z', '2026-03-02T08:00:20Z', 0)).toEqual([
      '08:00:00 2.3.',
      '08:00:05',
      '08:00:10',
      '08:00:15',
      '08:00:20',
    ]);
  });

  it('shows days for a month', () => {
    expect(written('2026-03-01T00:00:00Z', '2026-03-29T00:00:00Z', 0)).toEqual(['5.3.', '12.3.', '19.3.', '26.3.']);
  });

  it('never has many more marks than asked for, for years neither', () => {
    expect(timeTicks(at('2001-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z'), 0, 8).length).toBeLessThanOrEqual(9);
  });
});
