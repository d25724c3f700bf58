import type { PortRange } from '../../model/port.js';

/** The template that can be changed; Microsoft's own ones are read-only on some editions. */
const TEMPLATE = 'InternetCustom';
export const SHOW_AUTO_REUSE =
  'Get-NetTCPSetting | Format-Table SettingName, DynamicPortRangeStartPort, DynamicPortRangeNumberOfPorts, AutoReusePortRangeStartPort, AutoReusePortRangeNumberOfPorts';

/** Start and count 0 switch the range off. */
export function setAutoReuse({ start, count }: PortRange): string {
  return `Set-NetTCPSetting -SettingName ${TEMPLATE} -AutoReusePortRangeStartPort ${String(start)} -AutoReusePortRangeNumberOfPorts ${String(count)}`;
}
