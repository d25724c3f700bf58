import { describe, expect, it } from 'vitest';
import { DestinationOwners } from '../../../src/measure/owners/destination-owners.js';
import type { DestinationHolding } from '../../../src/measure/owners/snapshot-holdings.js';
import { SourceList } from '../../../src/model/source-ref.js';

const SQL = 7;
const SYNC = 1;
const WEB = 2;

type Sighting = readonly [second: number | null, ports: Readonly<Record<number, number>>, destination?: number];

/** Snapshots by second with the live ports of each consumer towards one destination. */
function remembering(...sightings: readonly Sighting[]): DestinationOwners {
  const owners = new DestinationOwners();
  for (const [second, ports, destination = SQL] of sightings) {
    const liveOwners = new Map(Object.entries(ports).map(([consumer, count]) => [Number(consumer), count]));
    const holding: DestinationHolding = {
      destination,
      ports: 0,
      timeWait: 0,
      connected: 0,
      reach: 0,
      unresolvedKeys: [],
      isUnresolved: false,
      liveOwners,
      sources: new SourceList(),
    };
    owners.remember(new Map([[destination, holding]]), second === null ? null : second * 1000);
  }
  return owners;
}

function ownersAt(owners: DestinationOwners, second: number | null, destination = SQL) {
  const { near, ever } = owners.ownersOf(destination, second === null ? null : second * 1000);
  return { near: Object.fromEntries(near), ever: Object.fromEntries(ever) };
}

describe('the owners of a destination', () => {
  it('are those with live connections there, with the most ports that each held at once', () => {
    const owners = remembering([0, { [SYNC]: 5, [WEB]: 1 }], [30, { [SYNC]: 3 }], [60, { [SYNC]: 4 }]);
    const both = { [SYNC]: 5, [WEB]: 1 };
    expect(ownersAt(owners, 60)).toEqual({ near: both, ever: both });
  });

  it('of one are not those of another', () => {
    const owners = remembering([0, { [SYNC]: 5 }], [0, { [WEB]: 2 }, 8]);
    expect(ownersAt(owners, 0, 8)).toEqual({ near: { [WEB]: 2 }, ever: { [WEB]: 2 } });
    expect(ownersAt(owners, 0, 9)).toEqual({ near: {}, ever: {} });
  });

  it.each([
    [700, true],
    [699, false],
    [1300, true],
    [1301, false],
  ])('seen from second 1000 to 1000 are near at second %i: %s', (second, near) => {
    const owners = remembering([1000, { [SYNC]: 5 }]);
    expect(ownersAt(owners, second)).toEqual({ near: near ? { [SYNC]: 5 } : {}, ever: { [SYNC]: 5 } });
  });

  it('are near from 300 s before the first sighting to 300 s after the last, and all the time between', () => {
    const owners = remembering([1000, { [SYNC]: 5 }], [5000, { [SYNC]: 5 }]);
    const near = (second: number): boolean => SYNC in ownersAt(owners, second).near;
    expect([699, 700, 3000, 5300, 5301].map(near)).toEqual([false, true, true, true, false]);
  });

  it('may all be near where nothing dates the moment, or nothing dated the first sighting', () => {
    expect(ownersAt(remembering([1000, { [SYNC]: 5 }]), null).near).toEqual({ [SYNC]: 5 });
    expect(ownersAt(remembering([null, { [SYNC]: 5 }]), 9999).near).toEqual({ [SYNC]: 5 });
    expect(ownersAt(remembering([null, { [SYNC]: 5 }], [1000, { [SYNC]: 1 }]), 9999).near).toEqual({ [SYNC]: 5 });
  });

  it('are not near for longer because a snapshot without a date shows them too', () => {
    const owners = remembering([1000, { [SYNC]: 5 }], [null, { [SYNC]: 9 }]);
    expect(ownersAt(owners, 1301)).toEqual({ near: {}, ever: { [SYNC]: 9 } });
  });
});
