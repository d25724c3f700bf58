import { describe, expect, it } from 'vitest';
import { connections, hostOf, LISTENERS, netstat, systemLog, tasklist, type TableRow } from '../support/capture.js';

const LISTENER: TableRow = {
  transport: 'TCP',
  local: '0.0.0.0:8080',
  remote: '0.0.0.0:0',
  state: 'LISTENING',
  pid: 2200,
};

/** Who serves each remote endpoint that ports wait for. */
async function servedBy(local: string, remote: string): Promise<(string | null)[]> {
  const host = await hostOf({
    'netstat.txt': netstat('09:15:00', [
      ...LISTENERS,
      LISTENER,
      ...connections('TIME_WAIT', 50_000, 3, { local, remote }),
    ]),
    'tasklist.csv': tasklist({ 2200: 'Contoso.Api.exe' }),
    'System.xml': systemLog([]),
  });
  return host.destinations.map((destination) => destination.servedBy);
}

describe('the far end of a connection', () => {
  it('on loopback or on an address of this host is the process that listens there', async () => {
    expect(await servedBy('127.0.0.1', '127.0.0.1:8080')).toEqual(['Contoso.Api.exe']);
    expect(await servedBy('[::1]', '[::1]:8080')).toEqual(['Contoso.Api.exe']);
    expect(await servedBy('10.20.0.4', '10.20.0.4:8080')).toEqual(['Contoso.Api.exe']);
  });

  it('on another host is nobody of this one, though the port is listened on here too', async () => {
    expect(await servedBy('10.20.0.4', '10.20.0.5:8080')).toEqual([null]);
  });

  it('on loopback without a listener is not known', async () => {
    expect(await servedBy('127.0.0.1', '127.0.0.1:8081')).toEqual([null]);
  });
});
