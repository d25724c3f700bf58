import { describe, expect, it } from 'vitest';
import { HostNames } from '../../../src/capture/assemble/host-names.js';

function named(...names: readonly string[]): HostNames {
  const hosts = new HostNames();
  for (const name of names) hosts.addName(name);
  return hosts;
}

describe('the name of a host', () => {
  it('is the short one, in capitals, for its short and its domain name alike', () => {
    const hosts = named('rdsh01.contoso.example', 'RDSH01', 'Rdsh01.CONTOSO.example');
    expect(hosts.all()).toEqual(['RDSH01']);
    expect(['rdsh01', 'RDSH01.contoso.example'].map((name) => hosts.canonical(name))).toEqual(['RDSH01', 'RDSH01']);
  });

  it('is the whole one where two domains have a host of that name', () => {
    const hosts = named('app02.contoso.example', 'APP02.fabrikam.example', 'SQL01.contoso.example');
    expect(hosts.all()).toEqual(['APP02.contoso.example', 'APP02.fabrikam.example', 'SQL01']);
    expect(hosts.canonical('App02.Fabrikam.example')).toBe('APP02.fabrikam.example');
    expect(hosts.canonical('sql01.contoso.example')).toBe('SQL01');
  });

  it('may be an address, which has no domain', () => {
    expect(named('192.0.2.10', '192.0.2.11').all()).toEqual(['192.0.2.10', '192.0.2.11']);
  });
});

describe('evidence without a name', () => {
  it('finds its host among 150,000 names, and gives every path the same answer again', () => {
    const hosts = named('APP02');
    for (let index = 0; index < 150_000; index += 1) hosts.addName(`SRV${String(index)}`);
    for (let path = 0; path < 20_000; path += 1) {
      expect(hosts.ofPath(`night/SRV${String(path)}-app02x.txt`)).toBe(`SRV${String(path)}`);
    }
    expect([hosts.ofPath('SRV1-SRV2.txt'), hosts.ofPath('SRV150000.txt')]).toEqual(['unknown', 'unknown']);
    hosts.addName('SRV150000');
    expect(hosts.ofPath('SRV150000.txt')).toBe('SRV150000');
  });

  it.each([
    ['APP02-X.txt', ['APP02', '-X'], 'unknown'],
    ['SRV_APP02.txt', ['APP02', 'SRV_'], 'unknown'],
    ['SRV_APP02.txt', ['APP07', 'SRV_'], 'unknown'],
  ])('of %s with the hosts %j is %s: a name found gives way to a slash', (path, hosts, host) => {
    expect(named(...hosts).ofPath(path)).toBe(host);
  });

  it('belongs to the only host, whatever its file is called', () => {
    expect(named('APP02').ofPath('APP07/netstat.txt')).toBe('APP02');
  });

  it.each([
    ['app02/netstat.txt', 'APP02'],
    ['netstat_APP07_2026-03-02.txt', 'APP07'],
    ['night/APP02-netstat.txt', 'APP02'],
    ['netstat.app07.txt', 'APP07'],
  ])('%s belongs to the host of its folder or file name', (path, host) => {
    expect(named('APP02', 'APP07').ofPath(path)).toBe(host);
  });

  it.each(['netstat.txt', 'APP02/from-APP07.txt', 'APP020.txt', 'MYAPP02.txt', 'APP0.txt'])(
    '%s belongs to nobody known where the path names no host, or two',
    (path) => {
      expect(named('APP02', 'APP07').ofPath(path)).toBe('unknown');
    },
  );

  it('is not taken for that of a host whose name is a part of the name in the path', () => {
    const hosts = named('APP1', 'APP10', 'SQL', 'SQL-DR');
    expect(
      ['APP1.txt', 'APP10.txt', 'SQL_netstat.txt', 'SQL-DR_netstat.txt', 'SQL/of-SQL-DR.txt'].map((path) =>
        hosts.ofPath(path),
      ),
    ).toEqual(['APP1', 'APP10', 'SQL', 'SQL-DR', 'unknown']);
  });

  it('belongs to nobody known where no host is named at all', () => {
    expect(named().ofPath('netstat.txt')).toBe('unknown');
  });
});
