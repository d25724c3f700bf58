import { describe, expect, it } from 'vitest';
import { barParts } from '../../../../src/render/html/charts/bar.js';
import { poolBar } from '../../../../src/render/html/charts/pool-bar.js';

const part = (ports: number) => [{ view: 'timeWait' as const, name: 'TIME_WAIT', ports }];

describe('poolBar', () => {
  it('shows a nearly empty pool a second time, magnified', () => {
    const bar = poolBar({ usable: 1000, parts: part(249) });
    expect(bar.bars.map(({ pieces }) => pieces[0]?.width)).toEqual(['239.0', '960.0']);
    expect(bar.magnified?.factor).toBeCloseTo(1000 / 249);
  });

  it('shows a pool a quarter full once', () => {
    const bar = poolBar({ usable: 1000, parts: part(250) });
    expect(bar.bars).toHaveLength(1);
    expect(bar.magnified).toBeNull();
  });

  it('shows an empty pool as an empty bar', () => {
    expect(poolBar({ usable: 1000, parts: [] })).toEqual({
      width: 960,
      height: 44,
      bars: [{ y: 0, height: 44, pieces: [] }],
      magnified: null,
    });
  });
});

describe('barParts', () => {
  it('puts shares side by side, leaves out nothings and cuts at the end', () => {
    expect(
      barParts(
        [
          { kind: 'a', value: 30 },
          { kind: 'b', value: 0 },
          { kind: 'c', value: 90 },
        ],
        100,
      ),
    ).toEqual([
      { kind: 'a', x: '0', width: '30' },
      { kind: 'c', x: '30', width: '70' },
    ]);
  });

  it('is empty where there is no whole', () => {
    expect(barParts([{ kind: 'a', value: 1 }], 0)).toEqual([]);
  });
});
