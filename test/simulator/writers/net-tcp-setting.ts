import type { HostSpec } from '../scenario.js';

/** The templates in the order in which Get-NetTCPSetting lists them. */
const TEMPLATES = ['Automatic', 'InternetCustom', 'DatacenterCustom', 'Compat', 'Datacenter', 'Internet'] as const;
const OTHERS = [
  ['MinRto(ms)', '300'],
  ['InitialCongestionWindow(MSS)', '10'],
  ['CongestionProvider', 'CUBIC'],
  ['CwndRestart', 'False'],
] as const;

/** `Get-NetTCPSetting` in its list view; `Automatic` has no values, and a range of 0 is the feature switched off. */
export function netTcpSetting({
  range,
  autoReuse,
  attempts,
}: Pick<HostSpec, 'range' | 'autoReuse' | 'attempts'>): string {
  const ranges = [
    ['DynamicPortRangeStartPort', range.start],
    ['DynamicPortRangeNumberOfPorts', range.count],
    ['AutoReusePortRangeStartPort', autoReuse?.start ?? 0],
    ['AutoReusePortRangeNumberOfPorts', autoReuse?.count ?? 0],
  ] as const;
  const tries = [
    ['InitialRto(ms)', attempts?.initialRtoMs],
    ['MaxSynRetransmissions', attempts?.retransmissions],
  ] as const;
  const line = (name: string, value: string): string => `${name.padEnd(31)} : ${value}`;
  const blocks = TEMPLATES.map((template) => {
    const value = (text: string): string => (template === 'Automatic' ? '' : text);
    return [
      line('SettingName', template),
      ...OTHERS.map(([name, text]) => line(name, value(text))),
      ...tries.flatMap(([name, number]) => (number === undefined ? [] : [line(name, value(String(number)))])),
      ...ranges.map(([name, port]) => line(name, value(String(port)))),
    ].join('\n');
  });
  return ['', '', ...blocks.flatMap((block) => [block, '']), '', ''].join('\n');
}
