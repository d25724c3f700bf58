import { describe, expect, it } from 'vitest';
import { TcpState, UNKNOWN, type ConnectionRow } from '../../../src/model/connection.js';
import { FirstListener } from '../../../src/parsers/port-table/first-listener.js';

function row(localPort: number, state: TcpState = TcpState.Listen): ConnectionRow {
  return {
    transport: 'tcp',
    state,
    unknownState: null,
    localAddress: '0.0.0.0',
    localPort,
    remoteAddress: '0.0.0.0',
    remotePort: 0,
    pid: 716,
    owner: '',
    ageMs: NaN,
    created: UNKNOWN,
    line: 1,
  };
}

const others = Array.from({ length: 8 }, (_, index) => row(50_000 + index, TcpState.Established));
const begun = (rows: readonly ConnectionRow[]): number[] => {
  const first = new FirstListener();
  return rows.flatMap((one, index) => (first.comesAgain(one) ? [index] : []));
};

describe('the first listener of a dump', () => {
  it('begins another where it comes again, and again', () => {
    const dump = [row(135), row(445), ...others];
    expect(begun([...dump, ...dump, ...dump])).toEqual([10, 20]);
  });

  it('begins none where it stands below other rows, whatever the order', () => {
    expect(begun([...others, row(135), row(445)])).toEqual([]);
  });

  it('begins none at once: a process may listen twice on one port', () => {
    expect(begun([row(135), row(135), row(445), ...others])).toEqual([]);
  });
});
