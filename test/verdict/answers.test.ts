import { describe, expect, it } from 'vitest';
import { phrase } from '../../src/messages/phrase.js';
import type { VerdictMechanism } from '../../src/model/report-judgement.js';
import { answers } from '../../src/verdict/answers.js';
import { connections, LISTENERS, netstat, systemLog, type LogLine } from '../support/capture.js';
import { factsOf } from '../support/host-facts.js';

const TABLE = netstat('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]);

/** The sentences, each with how many rows it stands on. */
async function answered(
  log: readonly LogLine[],
  mechanism: VerdictMechanism = 'none',
  files: Readonly<Record<string, string>> = { 'netstat.txt': TABLE },
): Promise<string[]> {
  const facts = await factsOf({ ...files, 'System.xml': systemLog(log) });
  return answers(facts, mechanism).map(
    ({ message, sourceCount }) => `${phrase(message, 'en')} [${String(sourceCount)}]`,
  );
}

const foreign: LogLine = { time: '09:00:00', id: 4227, provider: 'Contoso.Agent' };

describe('the answer where no mechanism was found', () => {
  it('is whose events those were', async () => {
    const said = ['1 event 4227 is of Contoso.Agent, not of Tcpip: it has nothing to do with ports. [1]'];
    expect(await answered([foreign])).toEqual(said);
    expect(await answered([foreign], 'undetermined')).toEqual(said);
    expect(await answered([foreign], 'bound-leak')).toEqual([]);
  });

  it('is the start of the host, up to ten minutes after it', async () => {
    const started: LogLine = { time: '01:00:00', id: 6005, provider: 'EventLog' };
    const race = (time: string): LogLine => ({ time, id: 5719, provider: 'NETLOGON' });
    expect(await answered([started, race('01:10:00')])).toEqual([
      '1 event 5719 within ten minutes after a start is of that start: the network was still coming up. [1]',
    ]);
    expect(await answered([started, race('01:10:01')])).toEqual([]);
  });

  it('is a NAT without ports, and a port of its own that a program was refused', async () => {
    const nat: LogLine = { time: '09:00:00', id: 1033, provider: 'Microsoft-Windows-WinNat', data: ['nat0', 'TCP'] };
    const http: LogLine = {
      time: '09:01:00',
      id: 15_005,
      provider: 'Microsoft-Windows-HttpEvent',
      data: ['\\Device\\Http\\ReqQueue', '0.0.0.0:50042'],
    };
    const [first, second, ...others] = await answered([nat, { ...nat, id: 1032 }, http]);
    expect(first).toMatch(
      /^A NAT of this host had no port left in its own pool \(1 event 1033 of WinNat\)\. .* \[1\]$/,
    );
    expect(second).toMatch(
      /^A program was refused the port it is set up with \(1 event 15005 of HttpEvent, port 50042\)/,
    );
    expect(others).toEqual([]);
  });

  it('is a thousand rows of its own listeners, which hold no dynamic port', async () => {
    const rows = (count: number) =>
      netstat('09:14:40', [
        ...LISTENERS,
        ...connections('ESTABLISHED', 50_000, 20),
        ...Array.from({ length: count }, (_, index) => ({
          transport: 'TCP' as const,
          local: '10.0.0.1:445',
          remote: `10.0.0.9:${String(20_000 + index)}`,
          state: 'TIME_WAIT',
          pid: 0,
        })),
      ]);
    expect(await answered([], 'none', { 'netstat.txt': rows(999) })).toEqual([]);
    expect(await answered([], 'none', { 'netstat.txt': rows(1_000) })).toEqual([
      '1,000 rows in TIME_WAIT are on ports that this host listens on: the far end chose their ports, and they hold none of the 20 dynamic ports in use here. [1]',
    ]);
  });
});
