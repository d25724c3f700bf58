import { describe, expect, it } from 'vitest';
import { ClientPorts } from '../../../src/capture/survey/client-ports.js';
import { TcpState, UNKNOWN, type ConnectionRow } from '../../../src/model/connection.js';

function row(localPort: number, remotePort: number, changes: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    transport: 'tcp',
    state: TcpState.Established,
    unknownState: null,
    localAddress: '10.0.0.5',
    localPort,
    remoteAddress: '10.0.0.9',
    remotePort,
    pid: 4312,
    owner: '',
    ageMs: NaN,
    created: UNKNOWN,
    line: 1,
    ...changes,
  };
}

function portsOf(rows: readonly ConnectionRow[], listeners: readonly number[] = []): number[] {
  const ports = new ClientPorts();
  for (const one of rows) ports.addRow(one);
  return ports.list('ipv4', new Set(listeners));
}

describe('the client ports of a table', () => {
  it('are those towards service ports, each once and in order', () => {
    expect(portsOf([row(50_002, 443), row(50_001, 1433), row(50_002, 1433)])).toEqual([50_001, 50_002]);
  });

  it('are not those towards what may be a client', () => {
    expect(portsOf([row(8080, 32_768), row(50_001, 32_767), row(50_002, 0), row(50_003, UNKNOWN)])).toEqual([50_001]);
  });

  it('are not listening, bound or UDP ones, nor those below 1024', () => {
    const rows = [
      row(135, 443, { state: TcpState.Listen }),
      row(50_001, 443, { state: TcpState.Bound }),
      row(50_002, 443, { transport: 'udp' }),
      row(1023, 2049),
      row(1024, 2049),
    ];
    expect(portsOf(rows)).toEqual([1024]);
  });

  it('are told apart by whether they go within minutes', () => {
    const ports = new ClientPorts();
    ports.addRow(row(50_001, 443));
    ports.addRow(row(50_002, 443, { state: TcpState.TimeWait }));
    ports.addRow(row(50_003, 443, { state: TcpState.SynSent }));
    const all = new ClientPorts();
    all.addAll(ports);
    expect(all.listPassing('ipv4', new Set([50_003]))).toEqual([50_002]);
    expect(all.list('ipv4', new Set())).toEqual([50_001, 50_002, 50_003]);
  });

  it('are not those that the host listens on', () => {
    expect(portsOf([row(8080, 1500), row(50_001, 443)], [8080])).toEqual([50_001]);
  });

  it('are told apart by address family', () => {
    const ports = new ClientPorts();
    ports.addRow(row(50_001, 443));
    ports.addRow(row(50_009, 443, { localAddress: '2001:db8::5' }));
    const all = new ClientPorts();
    all.addAll(ports);
    expect([all.list('ipv4', new Set()), all.list('ipv6', new Set())]).toEqual([[50_001], [50_009]]);
  });
});
