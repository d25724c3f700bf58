import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingCsv } from '../../../src/parsers/csv/setting-csv.js';
import { contextFor, emptyReading, readFixture, sinkInto } from './csv-reading.js';

/** The settings of a text, each as one line. */
function settingsOf(text: string): string[] {
  const settings: string[] = [];
  const reading = emptyReading();
  const sink = {
    ...sinkInto(reading),
    setting: ({ text: row, ...facts }: { readonly text: string }) =>
      void settings.push(`${Object.values(facts).map(String).join(' ')} «${row}»`),
  };
  const parsing = settingCsv.start(
    sink,
    contextFor((bytes) => new TextDecoder().decode(bytes)),
    'setting-csv',
  );
  parsing.push(new TextEncoder().encode(text));
  parsing.end();
  return [...settings, ...reading.problems];
}

const fixture = (name: string): string => readFileSync(`fixtures/parsers/setting-csv/${name}`, 'utf8');
const DYNAMIC = 'dynamic-range Get-NetTCPSetting';

describe('setting-csv', () => {
  it.each([
    ['get-nettcpsetting.csv', 'ascii', 'Export-Csv ,'],
    ['get-netudpsetting-utf-16.csv', 'utf-16le', 'Export-Csv ;'],
    ['get-item-property.csv', 'ascii', 'Export-Csv ,'],
  ])('recognises %s alone', async (name, encoding, dialect) => {
    const reading = await readFixture(`setting-csv/${name}`, 7);
    expect(reading).toMatchObject({ formats: ['setting-csv'], encoding, dialects: [dialect], problems: [] });
  });

  it('takes the template Internet, an auto-reuse range of any size, and how long attempts last', () => {
    expect(settingsOf(fixture('get-nettcpsetting.csv'))).toEqual([
      `${DYNAMIC} tcp null dynamic 10000 55536 5 «DynamicPortRangeStartPort : 10000; DynamicPortRangeNumberOfPorts : 55536»`,
      `${DYNAMIC} tcp null auto-reuse 30000 200 5 «AutoReusePortRangeStartPort : 30000; AutoReusePortRangeNumberOfPorts : 200»`,
      'connection-attempts 1000 4 5 «InitialRto : 1000; MaxSynRetransmissions : 4»',
    ]);
  });

  it('knows the ports of UDP by the type that stands above them, or by the whole object', () => {
    const row = 'DynamicPortRangeStartPort : 20000; DynamicPortRangeNumberOfPorts : 16384';
    const pair = '"DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts"\n"20000","16384"\n';
    expect(settingsOf(`#TYPE X#root/StandardCimv2/MSFT_NetUDPSetting\n${pair}`)).toEqual([
      `${DYNAMIC} udp null dynamic 20000 16384 3 «${row}»`,
    ]);
    expect(settingsOf(pair)).toEqual([`${DYNAMIC} null null dynamic 20000 16384 2 «${row}»`]);
    const whole = '"InstanceID","DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts"\n"Local","20000","16384"\n';
    expect(settingsOf(whole)).toEqual([`${DYNAMIC} udp null dynamic 20000 16384 2 «${row}»`]);
  });

  it('refuses a dynamic range that Windows could not have', () => {
    const table = (start: number, count: number): string =>
      `"SettingName","DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts"\n"Internet","${String(start)}","${String(count)}"\n`;
    expect(settingsOf(table(1_024, 255))).toHaveLength(1);
    expect(settingsOf(table(1_023, 255))).toEqual([expect.stringContaining('2 bad-number')]);
    expect(settingsOf(table(1_024, 254))).toEqual([expect.stringContaining('2 bad-number')]);
  });

  it('reads the values of Tcpip\\Parameters in decimal', () => {
    const parameters = 'Tcpip\\Parameters';
    expect(settingsOf(fixture('get-item-property.csv'))).toEqual([
      `registry-key ${parameters} 2 «HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters»`,
      `registry-value ${parameters} NV Hostname REG_SZ null 2 «NV Hostname REG_SZ»`,
      `registry-value ${parameters} MaxUserPort REG_DWORD 65534 2 «MaxUserPort : 65534»`,
      `registry-value ${parameters} TcpTimedWaitDelay REG_DWORD 30 2 «TcpTimedWaitDelay : 30»`,
    ]);
  });
});
