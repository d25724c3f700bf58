import { describe, expect, it } from 'vitest';
import { total } from '../../../src/measure/owners/attributed-consumer.js';
import { attribute } from '../../../src/measure/owners/attribution.js';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import { ADDRESSES, LISTENER, snapshotOf, type RowText } from '../../support/port-table.js';
import { bareHost, measuresOf } from '../../support/table-host.js';

const SQL = '10.0.7.31:1433';
const WEB = '203.0.113.9:443';
const MAIL = '203.0.113.25:25';
const HOST = bareHost({ 4312: 'Contoso.Sync.exe', 777: 'w3wp.exe' });
/** Each program alive on a port of its own, so that it alone is connected to its endpoint. */
const OWNERS: readonly RowText[] = [
  `Established 10.0.0.4:51000 > ${SQL} 4312`,
  `Established 10.0.0.4:51001 > ${WEB} 777`,
];

function waiting(remote: string, port = 50_001): RowText {
  return `TimeWait 10.0.0.4:${String(port)} > ${remote} 0`;
}

/** What each program has in one table: ports, connections, ports that it alone is on, and connections by destination. */
function credited(rows: readonly RowText[]) {
  const measures = measuresOf([snapshotOf([LISTENER, ...rows])], HOST);
  const { peak, owners, isHighPort } = measures.holders;
  if (peak === null) throw new Error('no snapshot');
  const { consumers } = attribute({ ...peak, owners, isDirectionUnknown: isHighPort });
  const remoteOf = (destination: number): string => {
    const { address, port } = measures.names.destinations.endpoint(destination);
    return formatEndpoint(ADDRESSES.valueOf(address), port);
  };
  return Object.fromEntries(
    consumers.map((consumer) => [
      measures.names.consumers.identity(consumer.consumer).process,
      {
        ports: total(consumer),
        connections: consumer.connections,
        exclusive: consumer.exclusive,
        towards: Object.fromEntries(
          [...consumer.destinations].map(([id, { connections }]) => [remoteOf(id), connections]),
        ),
      },
    ]),
  );
}

describe('a port that carries connections of several programs', () => {
  it('counts half for each of two, with a connection each, whichever endpoint comes first', () => {
    const shared = [waiting(SQL), waiting(WEB)];
    for (const rows of [shared, shared.toReversed()]) {
      expect(credited([...OWNERS, ...rows])).toEqual({
        'Contoso.Sync.exe': { ports: 1.5, connections: 2, exclusive: 1, towards: { [SQL]: 2 } },
        'w3wp.exe': { ports: 1.5, connections: 2, exclusive: 1, towards: { [WEB]: 2 } },
      });
    }
  });

  it('counts half for one that has two connections on it, and half for one that has one', () => {
    const mail = `Established 10.0.0.4:51002 > ${MAIL} 777`;
    expect(credited([...OWNERS, mail, waiting(SQL), waiting(WEB), waiting(MAIL)])).toEqual({
      'Contoso.Sync.exe': { ports: 1.5, connections: 2, exclusive: 1, towards: { [SQL]: 2 } },
      'w3wp.exe': { ports: 2.5, connections: 4, exclusive: 2, towards: { [WEB]: 2, [MAIL]: 2 } },
    });
  });

  it('counts half for the one that is alive on it, half for the one that waits, and stopping either frees nothing at once', () => {
    expect(credited([...OWNERS, waiting(SQL), `Established 10.0.0.4:50001 > ${WEB} 777`])).toEqual({
      'Contoso.Sync.exe': { ports: 1.5, connections: 2, exclusive: 1, towards: { [SQL]: 2 } },
      'w3wp.exe': { ports: 1.5, connections: 2, exclusive: 1, towards: { [WEB]: 2 } },
    });
  });

  it('counts half for its only known owner where nobody is known to wait there', () => {
    expect(credited([`Established 10.0.0.4:50001 > ${WEB} 777`, waiting(SQL)])).toEqual({
      'w3wp.exe': { ports: 0.5, connections: 1, exclusive: 0, towards: { [WEB]: 1 } },
    });
  });
});

describe('what is free once a program is stopped', () => {
  const live: RowText = `Established 10.0.0.4:50001 > ${SQL} 4312`;
  const exclusive = (row: RowText): readonly (number | undefined)[] => {
    const { 'Contoso.Sync.exe': sync, 'w3wp.exe': web } = credited([live, row]);
    return [sync?.exclusive, web?.exclusive];
  };

  it.each<[string, RowText, number, number | undefined]>([
    ['one on another local address', `Established 10.0.0.5:50001 > ${WEB} 777`, 1, 1],
    ['one of the other address family', 'Established [2001:db8::4]:50001 > [2001:db8::9]:443 777', 1, 1],
    ['one on the same address', `Established 10.0.0.4:50001 > ${WEB} 777`, 0, 0],
    ['a socket bound to every address', 'Bound 0.0.0.0:50001 > 0.0.0.0:0 777', 0, 0],
    ['a socket bound to every address of the other family', 'Bound [::]:50001 > [::]:0 777', 1, 1],
    ['one that waits', waiting(WEB), 0, undefined],
  ])('is a port that has beside its connection %s', (_, row, sync, web) => {
    expect(exclusive(row)).toEqual([sync, web]);
  });

  it('is a port of two connections of its own, not one on which one of them waits', () => {
    const own = (row: RowText): number | undefined => credited([live, row])['Contoso.Sync.exe']?.exclusive;
    expect(own(`CloseWait 10.0.0.4:50001 > ${WEB} 4312`)).toBe(1);
    expect(own(waiting(SQL))).toBe(0);
  });

  it('is a Bound port, with or without a connection that it was bound for', () => {
    const bound = (port: number): RowText => `Bound 0.0.0.0:${String(port)} > 0.0.0.0:0 4312`;
    expect(credited([live, bound(50_001), bound(50_002)])['Contoso.Sync.exe']).toMatchObject({
      ports: 2,
      connections: 2,
      exclusive: 2,
    });
  });
});
