import { describe, expect, it } from 'vitest';
import { LoggedConnections } from '../../../src/capture/survey/logged-connections.js';
import { connections, hostOf, LISTENERS, netstat, systemLog } from '../../support/capture.js';

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

describe('a log of connections that names a part of them', () => {
  const sql = (time: string, pid: number, image: string, localPort: number): string =>
    sysmon(time, pid, image, localPort);
  const opened = (from: number, count: number, time: string): string =>
    Array.from({ length: count }, (_, index) => sql(time, 4312, 'Contoso.Sync.exe', from + index)).join('');

  it('is believed for as long as TIME_WAIT lasts at least, 120 s, and not for an older opening of the same port', async () => {
    const table = netstat('09:15:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, 100)]);
    const log = opened(50_000, 10, '2026-03-03T09:13:00Z') + opened(50_010, 10, '2026-03-03T09:12:59.999Z');
    const host = await hostOf({ 'netstat.txt': table, 'Sysmon.xml': log });
    expect(host.attribution).toMatchObject({ clientTimeWait: 100, exact: 10 });
  });

  it('is believed further back where it names nineteen in twenty of what waits', async () => {
    const table = netstat('09:15:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, 100)]);
    const complete = opened(50_000, 95, '2026-03-03T09:10:00Z');
    const whole = await hostOf({ 'netstat.txt': table, 'Sysmon.xml': complete });
    expect(whole.attribution).toMatchObject({ clientTimeWait: 100, exact: 95 });
    const less = await hostOf({ 'netstat.txt': table, 'Sysmon.xml': opened(50_000, 94, '2026-03-03T09:10:00Z') });
    expect(less.attribution).toMatchObject({ clientTimeWait: 100, exact: 0 });
  });

  it('names the image of the opening where the PID has come round to another program', async () => {
    const host = await hostOf({
      'netstat.txt': netstat('09:15:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, 3)]),
      'Sysmon.xml':
        sql('2026-03-03T09:14:00Z', 4312, 'curl.exe', 50_000) +
        sql('2026-03-03T09:14:10Z', 4312, 'bcp.exe', 50_001) +
        sql('2026-03-03T09:14:20Z', 4312, 'curl.exe', 50_002),
    });
    expect(host.consumers.map(({ process, ports }) => [process, ports.best])).toEqual([
      ['curl.exe', 2],
      ['bcp.exe', 1],
    ]);
  });

  it('goes by the moment of the connection, not of the event, which Sysmon writes later', async () => {
    const late = sysmon('2026-03-03T09:15:01.500Z', 4312, 'Contoso.Sync.exe', 50_000);
    const utc = (time: string): string => late.replace('<EventData>', `<EventData><Data Name='UtcTime'>${time}</Data>`);
    const exact = async (log: string) =>
      (await hostOf({ 'netstat.txt': waiting, 'Sysmon.xml': log })).attribution.exact;
    expect(await exact(utc('2026-03-03 09:14:59.100'))).toBe(1);
    expect(await exact(utc('2026-03-03 09:14:01.499'))).toBe(0);
    expect(await exact(utc('yesterday'))).toBe(0);
  });
});

describe('LoggedConnections', () => {
  const opening = (atMs: number, pid: number, localPort = 50_000, remoteAddress = '10.0.0.9', remotePort = 443) => ({
    atMs,
    pid,
    image: `${String(pid)}.exe`,
    localPort,
    remoteAddress,
    remotePort,
  });
  const pidAt = (connections: LoggedConnections, atMs: number, windowMs: number, address = '10.0.0.9', port = 443) =>
    connections.openingOf(50_000, address, port, atMs, windowMs)?.pid ?? null;

  it('finds the owner at the very moment and at the end of the window, and not beyond it', () => {
    const connections = new LoggedConnections();
    connections.addConnection(opening(1000, 7));
    expect(connections.openingOf(50_000, '10.0.0.9', 443, 1000, 500)).toEqual({ pid: 7, image: '7.exe', atMs: 1000 });
    expect([1500, 1501, 999].map((atMs) => pidAt(connections, atMs, 500))).toEqual([7, null, null]);
    expect(pidAt(connections, 1000, 500, '10.0.0.9', 80)).toBeNull();
    expect(connections.openingOf(50_001, '10.0.0.9', 443, 1000, 500)).toBeNull();
  });

  it('tells one remote address from another, in whatever spelling, and goes by the ports where one has none', () => {
    const connections = new LoggedConnections();
    connections.addConnection(opening(1000, 1, 50_000, '2001:DB8:0:0:0:0:0:31'));
    connections.addConnection(opening(2000, 2, 50_000, '10.0.0.8'));
    expect(pidAt(connections, 3000, 5000, '2001:db8:0:0:0:0:0:31')).toBe(1);
    expect(pidAt(connections, 3000, 5000, '10.0.0.8')).toBe(2);
    expect(pidAt(connections, 3000, 5000, '10.0.0.7')).toBeNull();
    expect(pidAt(connections, 3000, 5000, 'backend')).toBe(2);
    connections.addConnection(opening(2500, 3, 50_000, ''));
    expect(pidAt(connections, 3000, 5000, '10.0.0.7')).toBe(3);
  });

  it('does not depend on the order of the log', () => {
    const connections = new LoggedConnections();
    for (const [atMs, pid] of [
      [3000, 3],
      [1000, 1],
      [2000, 2],
    ] as const)
      connections.addConnection(opening(atMs, pid));
    expect([1000, 2500, 9000].map((atMs) => pidAt(connections, atMs, 10_000))).toEqual([1, 2, 3]);
  });

  it('gives the part between two moments, the later one excluded', () => {
    const connections = new LoggedConnections();
    for (const atMs of [999, 1000, 1999, 2000]) connections.addConnection(opening(atMs, atMs));
    const part = connections.between(1000, 2000);
    expect([part.length, pidAt(part, 5000, 9000), pidAt(part, 1000, 9000)]).toEqual([2, 1999, 1000]);
  });

  it('counts the busiest of 150,000 minutes', () => {
    const connections = new LoggedConnections();
    for (let minute = 0; minute < 150_000; minute += 1) connections.addConnection(opening(minute * 60_000, 1));
    connections.addConnection(opening(60_000, 2));
    expect(connections.busiestMinute()).toBe(2);
  });

  it('counts the busiest minute', () => {
    const connections = new LoggedConnections();
    for (const atMs of [0, 59_999, 60_000, 61_000, 119_999, 120_000]) connections.addConnection(opening(atMs, 1));
    expect([connections.busiestMinute(), new LoggedConnections().busiestMinute()]).toEqual([3, 0]);
  });

  it('lets the oldest go when half a million are held', () => {
    const connections = new LoggedConnections();
    for (let index = 0; index < 500_001; index += 1)
      connections.addConnection(opening(index, index + 1, 1 + (index % 60_000)));
    expect(connections.length).toBe(500_000);
    expect(connections.openingOf(1, '10.0.0.9', 443, 0, 10)).toBeNull();
  });
});
