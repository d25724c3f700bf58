import { describe, expect, it } from 'vitest';
import { LoggedConnections } from '../../src/capture/logged-connections.js';
import { connections, hostOf, LISTENERS, netstat, systemLog } from '../support/capture.js';

function sysmon(time: string, pid: number, image: string, localPort: number, initiated = 'true'): string {
  const data = { ProcessId: String(pid), Image: `C:\\Apps\\${image}`, Protocol: 'tcp', Initiated: initiated };
  const ports = { SourcePort: String(localPort), DestinationPort: '1433' };
  const fields = Object.entries({ ...data, ...ports }).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID>3</EventID><TimeCreated SystemTime='${time}'/><EventRecordID>7</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>APP02</Computer></System><EventData>${fields.join('')}</EventData></Event>\n`;
}

function permitted(time: string, pid: number, image: string, localPort: number): string {
  const data = {
    ProcessID: String(pid),
    Application: `\\device\\harddiskvolume2\\apps\\${image}`,
    Direction: '%%14593',
  };
  const ports = { SourcePort: String(localPort), DestPort: '1433', Protocol: '6' };
  const fields = Object.entries({ ...data, ...ports }).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>5156</EventID><TimeCreated SystemTime='${time}'/><EventRecordID>8</EventRecordID><Channel>Security</Channel><Computer>APP02</Computer></System><EventData>${fields.join('')}</EventData></Event>\n`;
}

const waiting = netstat('09:15:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, 3)]);

describe('TIME_WAIT that a log names the process of', () => {
  it('is attributed exactly, by the last opening of the port before the snapshot', async () => {
    const host = await hostOf({
      'netstat.txt': waiting,
      'System.xml': systemLog([]),
      'Sysmon.xml':
        sysmon('2026-03-03T09:00:00Z', 900, 'Fabrikam.Old.exe', 50_000) +
        sysmon('2026-03-03T09:14:00Z', 4312, 'Contoso.Sync.exe', 50_000) +
        permitted('2026-03-03T09:14:01Z', 4312, 'contoso.sync.exe', 50_001) +
        sysmon('2026-03-03T09:14:02Z', 77, 'inbound.exe', 50_002, 'false'),
    });
    expect(host.attribution).toMatchObject({ clientTimeWait: 3, exact: 2, destinationOnly: 1, coverage: 2 / 3 });
    expect(host.consumers.map(({ process, pids, basis, ports }) => ({ process, pids, basis, ports }))).toEqual([
      { process: 'Contoso.Sync.exe', pids: [4312], basis: 'log-event', ports: { low: 2, best: 2, high: 2 } },
    ]);
  });

  it('is not attributed by an opening that was logged after the snapshot', async () => {
    const host = await hostOf({
      'netstat.txt': waiting,
      'Sysmon.xml': sysmon('2026-03-03T09:15:01Z', 4312, 'Contoso.Sync.exe', 50_000),
    });
    expect(host.attribution.exact).toBe(0);
  });

  it('tells the fewest connections a second', async () => {
    const log = Array.from({ length: 120 }, (_, second) =>
      sysmon(new Date(Date.UTC(2026, 2, 3, 9, 13, second % 60)).toISOString(), 4312, 'a.exe', 50_000 + second),
    );
    const host = await hostOf({ 'netstat.txt': waiting, 'Sysmon.xml': log.join('') });
    expect(host.demand.methods).toContainEqual({ id: 'log-events', perSecond: { low: 2, best: null, high: null } });
  });
});

describe('LoggedConnections', () => {
  const opening = (atMs: number, pid: number, localPort = 50_000, remotePort = 443) => ({
    host: null,
    atMs,
    pid,
    image: 'a.exe',
    localPort,
    remotePort,
    line: 1,
  });

  it('finds the owner at the very moment and at the end of the window, and not beyond it', () => {
    const connections = new LoggedConnections();
    connections.add(opening(1000, 7));
    expect(connections.ownerOf(50_000, 443, 1000, 500)).toBe(7);
    expect(connections.ownerOf(50_000, 443, 1500, 500)).toBe(7);
    expect(connections.ownerOf(50_000, 443, 1501, 500)).toBeNull();
    expect(connections.ownerOf(50_000, 443, 999, 500)).toBeNull();
    expect(connections.ownerOf(50_000, 80, 1000, 500)).toBeNull();
    expect(connections.ownerOf(50_001, 443, 1000, 500)).toBeNull();
  });

  it('does not depend on the order of the log', () => {
    const connections = new LoggedConnections();
    for (const [atMs, pid] of [
      [3000, 3],
      [1000, 1],
      [2000, 2],
    ] as const)
      connections.add(opening(atMs, pid));
    expect([1000, 2500, 9000].map((atMs) => connections.ownerOf(50_000, 443, atMs, 10_000))).toEqual([1, 2, 3]);
  });

  it('lets the oldest go when half a million are held', () => {
    const connections = new LoggedConnections();
    for (let index = 0; index < 500_001; index += 1) connections.add(opening(index, index + 1, 1 + (index % 60_000)));
    expect(connections.length).toBe(500_000);
    expect(connections.ownerOf(1, 443, 0, 10)).toBeNull();
  });
});
