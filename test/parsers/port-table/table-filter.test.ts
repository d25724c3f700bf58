import { describe, expect, it } from 'vitest';
import { TcpState } from '../../../src/model/connection.js';
import { keptStates } from '../../../src/parsers/port-table/table-filter.js';

/** The states by name; `all TCP` and `all` where none is missing. */
function kept(commandLine: string): string[] | 'all TCP' | 'all' | null {
  const states = keptStates(commandLine);
  if (states === null) return null;
  const names = Object.entries(TcpState).flatMap(([name, state]) => (states.includes(state) ? [name] : []));
  const unlisted = ['Closed', 'DeleteTcb', 'Other'];
  const tcp = Object.keys(TcpState).filter((name) => name !== 'None' && !unlisted.includes(name));
  if (tcp.every((name) => names.includes(name))) return names.includes('None') ? 'all' : 'all TCP';
  return names;
}

describe('a command line that filters a port table', () => {
  it('keeps every row of the states whose word it looks for', () => {
    expect(kept('netstat -ano | findstr ESTABLISHED')).toEqual(['Established']);
    expect(kept('netstat -ano | findstr /i "time_wait close_wait"')).toEqual(['CloseWait', 'TimeWait']);
    expect(kept('netstat -an | find "TIME_WAIT"')).toEqual(['TimeWait']);
    expect(kept("netstat -ano | Select-String -Pattern 'TIME_WAIT|CLOSE_WAIT'")).toEqual(['CloseWait', 'TimeWait']);
    expect(kept('netstat -ano | sls HERGESTELLT')).toEqual(['Established']);
    expect(kept('netstat -ano | findstr WAIT')).toEqual(['FinWait1', 'FinWait2', 'CloseWait', 'TimeWait']);
  });

  it('keeps nothing for sure where it looks for a number, an address or a pattern', () => {
    expect(kept('netstat -ano | findstr 4312')).toEqual([]);
    expect(kept('netstat -ano | findstr :443')).toEqual([]);
    expect(kept('netstat -ano | find "10.0.0.9"')).toEqual([]);
    expect(kept('netstat -ano | findstr /r "TCP.*443"')).toEqual([]);
  });

  it('keeps the states that both of two filters keep', () => {
    expect(kept('netstat -ano | findstr TCP | findstr ESTABLISHED')).toEqual(['Established']);
    expect(kept('netstat -ano | findstr ESTABLISHED | findstr 443')).toEqual([]);
  });

  it('takes no TCP row away where it looks for TCP', () => {
    expect(kept('netstat -ano | findstr TCP')).toBe('all TCP');
    expect(kept('netstat -ano | findstr UDP')).toEqual(['None']);
  });

  it('keeps the other states where it leaves out the rows of one', () => {
    expect(kept('netstat -ano | findstr /v LISTENING')).toEqual(expect.arrayContaining(['None', 'TimeWait', 'Bound']));
    expect(kept('netstat -ano | findstr /v LISTENING')).not.toContain('Listen');
    expect(kept("netstat -ano | Select-String -NotMatch 'TIME_WAIT'")).not.toContain('TimeWait');
    expect(kept('netstat -ano | findstr /v 127.0.0.1')).toEqual([]);
  });

  it('keeps the states that Get-NetTCPConnection was asked for', () => {
    expect(kept('Get-NetTCPConnection -State TimeWait')).toEqual(['TimeWait']);
    expect(kept('Get-NetTCPConnection -State TimeWait, CloseWait | ConvertTo-Csv')).toEqual(['CloseWait', 'TimeWait']);
    expect(kept("Get-NetTCPConnection | ? { $_.State -eq 'Established' }")).toEqual(['Established']);
    expect(kept('Get-NetTCPConnection | Where-Object State -eq Bound')).toEqual(['Bound']);
  });

  it('keeps nothing for sure where Get-NetTCPConnection was asked for a port, a process, or a query', () => {
    expect(kept('Get-NetTCPConnection -RemotePort 443')).toEqual([]);
    expect(kept('Get-NetTCPConnection -State TimeWait -LocalPort 50001')).toEqual([]);
    expect(kept('Get-NetTCPConnection | ? { $_.OwningProcess -eq 4312 }')).toEqual([]);
    expect(kept('Get-NetTCPConnection | select -First 50')).toEqual([]);
    expect(kept('Get-CimInstance MSFT_NetTCPConnection -Filter "State=11"')).toEqual([]);
  });
});

describe('a command line that filters nothing', () => {
  it('is told apart from one that does', () => {
    expect(kept('netstat -ano')).toBeNull();
    expect(kept('netstat -ano > netstat.txt')).toBeNull();
    expect(kept('netstat -ano | more')).toBeNull();
    expect(kept('Get-NetTCPConnection | Select-Object LocalPort, State | Export-Csv tcp.csv')).toBeNull();
  });
});
