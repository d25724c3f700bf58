import { describe, expect, it } from 'vitest';
import { ACTION_MAKERS } from '../../../src/advice/actions/actions.js';
import { REMEDY_IDS } from '../../../src/mechanisms/remedies.js';
import type { Action } from '../../../src/model/report-advice.js';
import type { HostReport } from '../../../src/model/report.js';
import {
  connections,
  hostOf,
  netshExclusions,
  netshRange,
  netstat,
  LISTENERS,
  regQuery,
  tasklist,
  type TableRow,
} from '../../support/capture.js';
import { churn, leak, listener } from '../a-capture.js';

const KEY = '"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters"';

const SHOW = ['netsh int ipv4 show dynamicport tcp', 'netsh int ipv6 show dynamicport tcp'];
const RECORD = `reg export ${KEY} "%TEMP%\\tcpip-parameters-record.reg" /y`;

function action({ recommendation }: HostReport, id: string): Action | undefined {
  return recommendation.actions.find((one) => one.id === id);
}

function ids({ recommendation }: HostReport): string[] {
  return recommendation.actions.map(({ id }) => id);
}

/** So much demand that even the widest range does not carry it under TIME_WAIT of two minutes. */
const BUSY = { headroom: 0.1, timeWaitSeconds: 120 } as const;

describe('the actions', () => {
  it('are listed least invasive first', () => {
    expect(ACTION_MAKERS.map(({ id }) => id)).toEqual(REMEDY_IDS);
  });

  it('for churn begin with the client, then widen the range for both address families and put back what was there', async () => {
    const host = await hostOf(churn());
    expect(ids(host)).toEqual(['reuse-connections', 'widen-dynamic-port-range']);
    const widen = action(host, 'widen-dynamic-port-range');
    expect(widen?.apply.cmd).toEqual([
      ...SHOW,
      'netsh int ipv4 set dynamicport tcp start=1025 num=64511',
      'netsh int ipv6 set dynamicport tcp start=1025 num=64511',
    ]);
    expect(widen?.apply.powershell).toEqual(widen?.apply.cmd);
    expect(widen?.rollback).toEqual([
      'netsh int ipv4 set dynamicport tcp start=49152 num=16384',
      'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
    ]);
    expect([widen?.when, widen?.restartRequired]).toEqual(['now', 'no']);
  });

  it('name the listeners that a wider range takes in, with their process', async () => {
    const more = [listener(1433, 4312), listener(8443, 5000)];
    const widen = action(await hostOf(churn(49_152, 16_384, more), { headroom: 0.28 }), 'widen-dynamic-port-range');
    const risk = widen?.risks.find(({ id }) => id === 'action.range.risk-listeners');
    expect(risk?.params['listeners']).toEqual(['8443 (w3wp.exe)']);
    expect(widen?.risks.map(({ id }) => id)).toEqual([
      'action.range.risk-firewall',
      'action.range.risk-listeners',
      'action.range.risk-unseen',
      'action.range.risk-assumed-ipv6',
      'action.range.risk-wrong',
    ]);
  });

  it('start the range above the next listener where that carries the demand', async () => {
    const widen = action(await hostOf(churn(49_152, 16_384, [listener(8443, 5000)])), 'widen-dynamic-port-range');
    expect(widen?.apply.cmd[2]).toBe('netsh int ipv4 set dynamicport tcp start=9000 num=56536');
    expect(widen?.risks.map(({ id }) => id)).not.toContain('action.range.risk-listeners');
  });

  it('name what MaxUserPort takes in that netsh’s range leaves out, and how to set it and go back', async () => {
    const { reason } = (await hostOf(churn(49_152, 16_384, [listener(8443, 5000)]))).recommendation.maxUserPort;
    expect(reason.params).toEqual({
      start: 1025,
      end: 65_534,
      listeners: ['8443 (w3wp.exe)'],
      more: 0,
      look: `reg query ${KEY} /v MaxUserPort`,
      set: `reg add ${KEY} /v MaxUserPort /t REG_DWORD /d 65534 /f`,
      undo: `reg delete ${KEY} /v MaxUserPort /f`,
    });
    expect(reason.text).toContain('services listen on: 8443 (w3wp.exe). Note first what is there: reg query');
    expect(reason.text).toContain('Back: set what was there; where there was nothing, reg delete');
    const none = (await hostOf(churn())).recommendation.maxUserPort.reason;
    expect(none.text).not.toContain('services listen on');
  });

  it('say that the way back is assumed where the range was not captured', async () => {
    const { 'netsh.txt': _left, ...files } = churn();
    const widen = action(await hostOf(files), 'widen-dynamic-port-range');
    expect(widen?.risks.map(({ id }) => id)).toContain('action.range.risk-assumed');
  });

  it('say so of IPv6 alone where netsh was asked for IPv4 only, and of neither where it was asked for both', async () => {
    const { 'netsh.txt': range, ...files } = churn();
    const show = (family: string): string => `C:\\>netsh int ${family} show dynamicport tcp\r\n${range}`;
    const risks = async (text: string): Promise<string[]> => {
      const widen = action(await hostOf({ ...files, 'netsh.txt': text }), 'widen-dynamic-port-range');
      return widen?.risks.map(({ id }) => id).filter((id) => id.includes('risk-assumed')) ?? [];
    };
    expect(await risks(show('ipv4'))).toEqual(['action.range.risk-assumed-ipv6']);
    expect(await risks(show('ipv4') + show('ipv6'))).toEqual([]);
  });

  it('say which listener the range stops short of, and where that was seen', async () => {
    const host = await hostOf(churn(49_152, 16_384, [listener(8443, 5000)]));
    const [ipv4] = host.recommendation.dynamicPortRanges;
    expect(ipv4?.reason.text).toContain(
      'takes all there is above the listener on 8443 (w3wp.exe, netstat.txt:8): 56,536',
    );
    const [open] = (await hostOf(churn())).recommendation.dynamicPortRanges;
    expect(open?.reason.text).toContain('takes all there is: 64,511');
  });

  it('leave Exchange’s start of 6005 and 33000 alone as long as the default is no wider', async () => {
    for (const start of [6005, 33_000]) {
      const files = churn(start, 65_535 - start);
      const healthy = {
        ...files,
        'netstat.txt': netstat('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', start, 40)]),
      };
      const host = await hostOf({ ...healthy, 'System.xml': '' });
      expect(host.recommendation.dynamicPortRanges.some(({ change }) => change)).toBe(false);
      const full = await hostOf(files);
      expect(ids(full)).not.toContain('restore-dynamic-port-range');
      for (const { recommended, transport } of full.recommendation.dynamicPortRanges) {
        if (transport === 'tcp') expect(recommended.start).toBeLessThanOrEqual(start);
      }
    }
  });

  it('restore the default where Microsoft’s sample of 1,000 ports was applied and is full', async () => {
    const host = await hostOf(churn(10_000, 1000));
    expect(host.verdict.mechanism).toBe('undersized-range');
    const restore = action(host, 'restore-dynamic-port-range');
    expect(restore?.apply.cmd[2]).toBe('netsh int ipv4 set dynamicport tcp start=49152 num=16384');
    expect(restore?.rollback[0]).toBe('netsh int ipv4 set dynamicport tcp start=10000 num=1000');
  });

  it('widen a range that ends below the last ports instead of calling it enough', async () => {
    const host = await hostOf(churn(1024, 13_977));
    expect(host.verdict.mechanism).toBe('time-wait-churn');
    const [ipv4] = host.recommendation.dynamicPortRanges;
    expect(ipv4?.change).toBe(true);
    expect(ipv4?.recommended.start).toBeGreaterThanOrEqual(1025);
    expect(ipv4?.recommended.count).toBeGreaterThan(13_977);
    expect(action(host, 'widen-dynamic-port-range')?.rollback[0]).toBe(
      'netsh int ipv4 set dynamicport tcp start=1024 num=13977',
    );
  });

  const blocksEatTheRange = (...blocks: readonly (readonly [first: number, last: number, star?: '*'])[]) => ({
    ...churn(),
    'netstat.txt': netstat('09:14:40', [
      ...LISTENERS,
      ...connections('TIME_WAIT', 49_152, 848),
      ...connections('TIME_WAIT', 65_000, 536),
    ]),
    'excluded.txt': netshExclusions(...blocks),
  });

  it('count on no exclusion that might be given back: the range beside them has as many ports as the default', async () => {
    const host = await hostOf(blocksEatTheRange([50_000, 64_999, '*']));
    expect(host.verdict.mechanism).toBe('undersized-range');
    expect(ids(host)).toEqual(['widen-dynamic-port-range', 'free-exclusions', 'reuse-connections']);
    const { exclusions, predicted, dynamicPortRanges } = host.recommendation;
    expect(exclusions.remove).toEqual([]);
    expect(dynamicPortRanges[0]?.recommended).toEqual({ start: 34_000, count: 31_536 });
    expect(predicted.usable).toBe(31_536 - 15_000);
  });

  it('offer the deletion of administered blocks as they were excluded, once their owner has been asked', async () => {
    const host = await hostOf({
      ...churn(),
      'netstat.txt': netstat('09:14:40', [...LISTENERS, ...connections('TIME_WAIT', 60_000, 5536)]),
      'excluded.txt': netshExclusions([49_000, 59_999, '*'], [50_000, 50_059, '*'], [60_000, 60_000]),
    });
    const free = action(host, 'free-exclusions');
    expect(free?.title.text).toBe('Ask whose 11,000 excluded ports these are, and give back what nobody needs');
    expect([free?.planned, free?.who.params]).toEqual([true, { role: 'exclusions' }]);
    expect(free?.apply.cmd).toEqual([
      'netsh int ipv4 show excludedportrange protocol=tcp',
      'netsh int ipv6 show excludedportrange protocol=tcp',
      'netsh int ipv4 delete excludedportrange protocol=tcp startport=49000 numberofports=11000',
    ]);
    expect(free?.rollback).toEqual([
      'netsh int ipv4 add excludedportrange protocol=tcp startport=49000 numberofports=11000',
    ]);
    // The block that Windows sets for Hyper-V is no block of anybody's.
    expect(JSON.stringify(host.recommendation.actions)).not.toContain('startport=50000');
  });

  it('offer it from a tenth of the range on', async () => {
    const offered = async (last: number): Promise<boolean> =>
      ids(await hostOf(blocksEatTheRange([49_152, last, '*'], [51_000, 64_999]))).includes('free-exclusions');
    expect([await offered(49_152 + 1637), await offered(49_152 + 1638)]).toEqual([false, true]);
  });

  it('offer blocks in the family that they were listed for', async () => {
    const listed = (family: string): string =>
      `C:\\>netsh int ${family} show excludedportrange protocol=tcp\r\n${netshExclusions([50_000, 64_999, '*'])}`;
    const host = await hostOf({
      ...blocksEatTheRange(),
      'excluded.txt': listed('ipv4'),
      'excluded6.txt': listed('ipv6'),
    });
    const back = 'add excludedportrange protocol=tcp startport=50000 numberofports=15000';
    expect(action(host, 'free-exclusions')?.rollback).toEqual([`netsh int ipv4 ${back}`, `netsh int ipv6 ${back}`]);
  });

  describe('where services reserved the ports', () => {
    const reserved = blocksEatTheRange(
      ...Array.from({ length: 150 }, (_, at) => [50_000 + at * 100, 50_099 + at * 100] as const),
    );

    it('are a range beside their blocks, which may move into it, and the services only after that', async () => {
      const host = await hostOf(reserved);
      expect(ids(host)).toEqual(['widen-dynamic-port-range', 'release-reserved-exclusions', 'reuse-connections']);
      const [widen, release] = host.recommendation.actions;
      expect(widen?.risks.find(({ id }) => id === 'action.range.risk-blocks')?.params).toEqual({
        ports: 15_000,
        containers: false,
      });
      expect(release?.apply.cmd[0]).toBe('net stop winnat');
      expect([release?.planned, release?.rollback]).toEqual([true, ['net start winnat']]);
      expect(release?.risks[0]?.text).toContain(
        'containers, WSL and virtual machines behind their NAT have no network',
      );
    });

    it.each(['kubelet.exe', 'dockerd.exe', 'containerd.exe', 'vmcompute.exe'])(
      'never stop the NAT of a host with %s',
      async (image) => {
        const host = await hostOf({ ...reserved, 'tasklist.csv': tasklist({ 2600: image, 4312: 'Contoso.Sync.exe' }) });
        expect(ids(host)).toEqual(['widen-dynamic-port-range', 'reuse-connections']);
        expect(host.recommendation.actions[0]?.risks.map(({ text }) => text).join()).toContain(
          'do not stop WinNAT or the Host Network Service',
        );
        expect(JSON.stringify(host.recommendation.actions)).not.toContain('net stop');
      },
    );
  });

  it('leave exclusions where the default range carries the load beside them', async () => {
    const files = { ...churn(50_000, 1000), 'excluded.txt': netshExclusions([50_900, 51_100, '*']) };
    const rows = connections('TIME_WAIT', 50_000, 900);
    const host = await hostOf({ ...files, 'netstat.txt': netstat('09:14:40', [...LISTENERS, ...rows]) });
    expect(ids(host)).toEqual(['restore-dynamic-port-range', 'reuse-connections']);
    expect(host.recommendation.exclusions.remove).toEqual([]);
  });

  it('never narrow the range of the other address family, and leave it out of the commands', async () => {
    const shown = (family: string, start: number, count: number): string =>
      `C:\\>netsh int ${family} show dynamicport tcp\r\n${netshRange(start, count)}`;
    const host = await hostOf({
      ...churn(),
      'netsh.txt': shown('ipv4', 49_152, 16_384),
      'netsh6.txt': shown('ipv6', 1025, 64_511),
    });
    const widen = action(host, 'widen-dynamic-port-range');
    expect(widen?.apply.cmd.slice(2)).toEqual(['netsh int ipv4 set dynamicport tcp start=1025 num=64511']);
    expect(widen?.rollback).toEqual(['netsh int ipv4 set dynamicport tcp start=49152 num=16384']);
    const ipv6 = host.recommendation.dynamicPortRanges.find(
      ({ family, transport }) => family === 'ipv6' && transport === 'tcp',
    );
    expect([ipv6?.change, ipv6?.reason.id]).toEqual([false, 'advice.range.wider']);
  });

  it('restoring the default, name the services there but for the RPC endpoints at home in it', async () => {
    const rpc = [listener(49_664, 700), listener(49_667, 716)];
    const tasks = tasklist({ 700: 'lsass.exe', 716: 'svchost.exe', 5000: 'w3wp.exe', 4312: 'Contoso.Sync.exe' });
    const taken = async (more: readonly TableRow[]): Promise<string[]> => {
      const rows = [...LISTENERS, ...more, ...connections('TIME_WAIT', 10_000, 1000)];
      const host = await hostOf({
        ...churn(10_000, 1000),
        'netstat.txt': netstat('09:14:40', rows),
        'tasklist.csv': tasks,
      });
      const { risks = [] } = action(host, 'restore-dynamic-port-range') ?? {};
      return risks.flatMap(({ id, params }) =>
        id === 'action.range.risk-listeners' ? [JSON.stringify(params['listeners'])] : [],
      );
    };
    expect(await taken(rpc)).toEqual([]);
    expect(await taken([...rpc, listener(50_001, 5000)])).toEqual(['["50001 (w3wp.exe)"]']);
  });

  it('give the commands that keep a service’s port for both families, and a start above it', async () => {
    const more = [listener(1433, 4312), listener(8443, 5000)];
    const widen = action(await hostOf(churn(49_152, 16_384, more), { headroom: 0.28 }), 'widen-dynamic-port-range');
    const risk = widen?.risks.find(({ id }) => id === 'action.range.risk-listeners');
    expect(risk?.params).toMatchObject({
      exclude: ['ipv4', 'ipv6'].map(
        (family) => `netsh int ${family} add excludedportrange protocol=tcp startport=8443 numberofports=1`,
      ),
      likewise: false,
      above: '9000–65535',
    });
  });

  it('start no lower than 10000 where no table lists a listener, and list them before the change', async () => {
    const unlisted = {
      ...churn(),
      'netstat.txt': netstat('09:14:40', [
        ...connections('ESTABLISHED', 49_152, 40),
        ...connections('TIME_WAIT', 49_192, 16_344),
      ]),
    };
    const host = await hostOf(unlisted);
    const [ipv4] = host.recommendation.dynamicPortRanges;
    expect(ipv4).toMatchObject({ recommended: { start: 10_000 }, upTo: { start: 10_000 } });
    const widen = action(host, 'widen-dynamic-port-range');
    expect(widen?.apply.cmd[0]).toBe('netstat -ano -p tcp');
    expect(widen?.apply.powershell[0]).toMatch(/^Get-NetTCPConnection -State Listen /);
    const seen = action(await hostOf(churn()), 'widen-dynamic-port-range');
    expect(seen?.apply.cmd[0]).toBe(SHOW[0]);
  });

  it('put the range first where MaxUserPort made it too small, name it, and blame nobody', async () => {
    const host = await hostOf({ ...churn(1025, 3976), 'reg.txt': regQuery({ MaxUserPort: 5000 }) });
    expect(host.verdict.mechanism).toBe('undersized-range');
    expect(host.verdict.summary.text).toContain('too small, for MaxUserPort=5000 is in the registry');
    expect(ids(host).slice(0, 3)).toEqual(['restore-dynamic-port-range', 'remove-max-user-port', 'reuse-connections']);
    expect(host.consumers.filter(({ atFault }) => atFault === 'yes')).toEqual([]);
    const other = await hostOf(churn(1025, 3976));
    expect(other.verdict.summary.text).not.toContain('MaxUserPort');
  });

  it('say that no listener could be checked where no table lists one', async () => {
    const host = await hostOf({
      ...churn(),
      'netstat.txt': netstat('09:14:40', [
        ...connections('ESTABLISHED', 49_152, 40),
        ...connections('TIME_WAIT', 49_192, 16_344),
      ]),
    });
    const widen = action(host, 'widen-dynamic-port-range');
    expect(widen?.risks.map(({ id }) => id)).toContain('action.range.risk-no-listeners');
    expect(widen?.risks.map(({ id }) => id)).not.toContain('action.range.risk-unseen');
    expect(host.recommendation.dynamicPortRanges[0]?.reason.text).toContain('no table lists which ports');
  });

  it('remove a MaxUserPort left over beside netsh, and put it back on the way back', async () => {
    const host = await hostOf({ ...churn(), 'reg.txt': regQuery({ MaxUserPort: 60_000 }) });
    const remove = action(host, 'remove-max-user-port');
    expect(remove?.rollback).toEqual([`reg add ${KEY} /v MaxUserPort /t REG_DWORD /d 60000 /f`]);
    expect(remove?.apply.cmd).toEqual([
      RECORD,
      `reg query ${KEY} /v MaxUserPort`,
      `reg delete ${KEY} /v MaxUserPort /f`,
    ]);
    const { applied, change, recommended, configured } = host.recommendation.maxUserPort;
    expect({ applied, change, recommended, configured }).toEqual({
      applied: 'remove-leftover',
      change: true,
      recommended: null,
      configured: 60_000,
    });
  });

  it.each([
    [
      'the value that was captured',
      { TcpTimedWaitDelay: 100 },
      [`reg add ${KEY} /v TcpTimedWaitDelay /t REG_DWORD /d 100 /f`],
    ],
    ['no value where none was', {}, [`reg delete ${KEY} /v TcpTimedWaitDelay /f`]],
    [
      'what was noted where it was not captured',
      null,
      [
        'rem Where the query before the change found no TcpTimedWaitDelay:',
        `reg delete ${KEY} /v TcpTimedWaitDelay /f`,
        'rem Where it printed one, with that value in place of NOTED:',
        `reg add ${KEY} /v TcpTimedWaitDelay /t REG_DWORD /d NOTED /f`,
      ],
    ],
  ])('shorten the delay at the next restart, and put back %s', async (_name, values, rollback) => {
    const files = values === null ? churn() : { ...churn(), 'reg.txt': regQuery(values) };
    const host = await hostOf(files, BUSY);
    const shorten = action(host, 'shorten-time-wait');
    const seconds = host.recommendation.tcpTimedWaitDelay.recommended ?? NaN;
    expect(seconds).toBeGreaterThanOrEqual(30);
    expect(shorten?.apply.cmd).toEqual([
      RECORD,
      `reg query ${KEY} /v TcpTimedWaitDelay`,
      `reg add ${KEY} /v TcpTimedWaitDelay /t REG_DWORD /d ${String(seconds)} /f`,
    ]);
    expect(shorten?.apply.reg?.at(-1)).toBe(`"TcpTimedWaitDelay"=dword:${seconds.toString(16).padStart(8, '0')}`);
    expect([shorten?.when, shorten?.restartRequired]).toEqual(['next-restart', 'yes']);
    expect(shorten?.rollback).toEqual(rollback);
    // Importing the whole key would bring back old addresses too.
    expect(shorten?.rollback.join()).not.toContain('import');
    expect(shorten?.risks.map(({ id }) => id)).toContain('action.registry.risk-way-back');
  });

  it('for a leak are the process, and a wider range only as a labelled emergency measure with its way back', async () => {
    const host = await hostOf(leak());
    expect(ids(host)).toEqual(['stop-the-leak', 'widen-in-emergency', 'mend-the-leak']);
    const [, emergency] = host.recommendation.actions;
    expect(emergency).toMatchObject({
      title: { text: 'Widen the range to gain time' },
      when: 'now',
      restartRequired: 'no',
      apply: {
        cmd: [
          ...SHOW,
          'netsh int ipv4 set dynamicport tcp start=1025 num=64511',
          'netsh int ipv6 set dynamicport tcp start=1025 num=64511',
        ],
      },
      rollback: [
        'netsh int ipv4 set dynamicport tcp start=49152 num=16384',
        'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
      ],
    });
    const { settingsHelp, tcpTimedWaitDelay, maxUserPort, dynamicPortRanges } = host.recommendation;
    expect(settingsHelp).toBe('no');
    expect([tcpTimedWaitDelay.change, maxUserPort.change, ...dynamicPortRanges.map(({ change }) => change)]).toEqual(
      Array(6).fill(false),
    );
    // A leak does not follow the rate of connections.
    expect(host.recommendation.arithmetic.map(({ id }) => id)).toEqual(['arithmetic.usable']);
    expect(host.recommendation.whatIf).toEqual([]);
    expect(host.recommendation.predicted.sustainsConnectionsPerSecond).toBeNull();
    expect(host.recommendation.predicted.peakPorts).toEqual({ low: 16_384, best: 16_384, high: 16_384 });
  });
});

describe('a restart that is pending', () => {
  it('is said where the registry states 30 s and the sockets live longer', async () => {
    const waiting = connections('TIME_WAIT', 50_000, 200);
    const tables = ['09:14:00', '09:14:40', '09:15:20'].map((time) => netstat(time, [...LISTENERS, ...waiting]));
    const host = await hostOf({
      'netstat.txt': tables.join('\r\n'),
      'netsh.txt': netshRange(),
      'reg.txt': regQuery({ TcpTimedWaitDelay: 30 }),
    });
    expect([host.timeWait.configuredSeconds, host.timeWait.pendingRestart]).toEqual([30, true]);
    expect(host.recommendation.tcpTimedWaitDelay.reason.id).toBe('advice.delay.pending');
  });
});
