import type { TcpState, Transport } from '../../model/connection.js';
import type { AddressFamily } from '../../model/endpoint.js';
import { countingCommand, type CountingCommand } from './counting-command.js';
import { keptStates } from '../port-table/table-filter.js';

/** A command line as a console shows it: what it was asked says what its output holds. */
export type ConsoleCommand =
  | {
      readonly tool: 'netstat';
      /** Letters in lower case without the dash: `anoq`. */
      readonly switches: string;
      /** From `-p tcp`. */
      readonly protocol: Transport | null;
      /** Where it goes through a filter: the states of which every row came through. */
      readonly keeps: readonly TcpState[] | null;
    }
  | { readonly tool: 'netsh'; readonly family: AddressFamily | null; readonly transport: Transport | null }
  | { readonly tool: 'Get-NetTCPSetting'; readonly transport: Transport }
  | { readonly tool: 'Get-NetTCPConnection'; readonly keeps: readonly TcpState[] | null }
  | { readonly tool: 'Get-ItemProperty'; readonly key: string }
  | CountingCommand
  | { readonly tool: 'other' };

// C:\Users\admin>netstat -anoq     PS C:\Users\admin> netsh int ipv4 show dynamicport tcp     \\RDSH01: netstat -ano
// === netstat -ano ===             netsh int ipv6 show excludedportrange protocol=tcp
const PROMPT = /^(?:PS )?(?:[A-Za-z]:\\[^<>|"]*|\\\\[^<>|"\s]+|HK(?:LM|CU|EY_\w+):\\?[^<>|"]*)>\s*/;
const DECORATION = /^[\s#>$=*+:-]+/;
const TOOLS =
  /^(?:netstat|netsh|tasklist|reg|ipconfig|systeminfo|wmic|Get-(?:Net(?:(?:TCP|UDP)Setting|TCPConnection|UDPEndpoint)|Process|CimInstance|WmiObject|ItemProperty|ComputerInfo))(?:\.exe)?(?=\s|$)/i;
const NETSTAT = /\bnetstat(?:\.exe)?((?:\s+(?:[-/]\w+|(?:tcp|udp)(?:v6)?\b|\d+\b))*)/i;
const NETSH = /\bshow\s+(?:dynamicport|excludedport)/i;
const CONNECTION = /\bGet-Net(?:TCPConnection|UDPEndpoint)\b/i;
const PROPERTY =
  /\b(?:Get-ItemProperty|gp)\s+(?:-\w+\s+)*['"]?(?:Registry::)?(HK(?:LM|EY_LOCAL_MACHINE)):?(\\[^\s'"|]+)/i;
const SETTING = /\bGet-Net(TCP|UDP)Setting\b/i;

/** The command on a line, or null for a line that is none. A prompt with any other command ends what was printed before. */
export function consoleCommand(text: string): ConsoleCommand | null {
  const prompt = PROMPT.exec(text);
  const typed = text.slice(prompt?.[0].length ?? DECORATION.exec(text)?.[0].length ?? 0);
  if (prompt === null && !isBareCommand(typed)) return null;
  const setting = SETTING.exec(typed);
  if (setting !== null) return { tool: 'Get-NetTCPSetting', transport: transportIn(setting[1] ?? '') ?? 'tcp' };
  if (NETSH.test(typed)) return { tool: 'netsh', family: familyIn(typed), transport: transportIn(typed) };
  const counting = NETSTAT.test(typed) || CONNECTION.test(typed) ? countingCommand(typed) : null;
  if (counting !== null) return counting;
  if (CONNECTION.test(typed)) return { tool: 'Get-NetTCPConnection', keeps: keptStates(typed) };
  const [, hive, key] = PROPERTY.exec(typed) ?? [];
  if (hive !== undefined && key !== undefined) return { tool: 'Get-ItemProperty', key: `${hive}${key}` };
  const netstat = NETSTAT.exec(typed)?.[1];
  if (netstat === undefined) return { tool: 'other' };
  const words = netstat.toLowerCase().trim().split(/\s+/);
  const switches = words.filter((word) => /^[-/]/.test(word)).map((word) => word.slice(1));
  return { tool: 'netstat', switches: switches.join(''), protocol: transportIn(netstat), keeps: keptStates(typed) };
}

/** `netstat -ano` alone on a line, or between decorations; not a sentence that begins with the tool's name. */
function isBareCommand(typed: string): boolean {
  return (
    TOOLS.test(typed) &&
    /^\S+(?:\s*$|\s+(?:[-/|]|(?:HKLM|Registry):|Win32_\w+|int\b|interface\b|query\b|export\b|[=*#>|&-]+\s*$))/i.test(
      typed,
    )
  );
}

/** `tcp` or `udp` as a word of its own, in whatever language stands around it. */
export function transportIn(text: string): Transport | null {
  const word = /(?:^|[^a-z])(tcp|udp)(?:v[46])?(?![a-z])/i.exec(text)?.[1]?.toLowerCase();
  return word === 'tcp' || word === 'udp' ? word : null;
}

/** The address family a text names, or null for none or both. */
export function familyIn(text: string): AddressFamily | null {
  const [ipv4, ipv6] = [/ipv4/i.test(text), /ipv6/i.test(text)];
  if (ipv4 === ipv6) return null;
  return ipv4 ? 'ipv4' : 'ipv6';
}
