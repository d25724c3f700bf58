import type { Format } from '../model/format.js';

/** How a file of a format comes about and what it looks like. The help, `portmortem list formats` and the README are made from it. */
export interface KnownFormat {
  readonly what: string;
  /** The command that makes it, or where it comes from. */
  readonly from: string;
  /** Two or more lines that are recognised by themselves. */
  readonly sample: readonly string[];
  /** Its line stands in `analyze --help`: the commands to ask a colleague for. */
  readonly inHelp?: string;
}

/** In the order in which to ask for them: what shows the ports, what failed, what the limits were, whose the processes are. */
export const KNOWN_FORMATS: Readonly<Record<Exclude<Format, 'unrecognised'>, KnownFormat>> = {
  netstat: {
    what: 'port tables of netstat in any language, many dumps in one file, behind quotes, prompts and prose',
    from: 'netstat -anoq > netstat.txt',
    sample: [
      '  Proto  Local Address          Foreign Address        State           PID',
      '  TCP    10.20.0.5:50101        198.51.100.31:1433     ESTABLISHED     4312',
    ],
    inHelp: 'port tables',
  },
  'tcp-connection-csv': {
    what: 'TCP connections as CSV, any columns, several times in one file; titles of CurrPorts and TCPView too',
    from: 'Get-NetTCPConnection | Export-Csv tcp.csv',
    sample: [
      '"LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess"',
      '"10.20.0.5","50101","198.51.100.31","1433","Established","4312"',
    ],
    inHelp: '',
  },
  'udp-endpoint-csv': {
    what: 'UDP endpoints as CSV',
    from: 'Get-NetUDPEndpoint | Export-Csv udp.csv',
    sample: ['"LocalAddress","LocalPort","OwningProcess"', '"0.0.0.0","50102","2204"'],
    inHelp: '',
  },
  'port-table-text': {
    what: 'connections and endpoints as PowerShell shows them, as a table or a list, any properties',
    from: 'Get-NetTCPConnection > tcp.txt',
    sample: [
      'LocalAddress LocalPort RemoteAddress RemotePort State       AppliedSetting OwningProcess',
      '------------ --------- ------------- ---------- -----       -------------- -------------',
      '10.20.0.5    50101     198.51.100.31 1433       Established Internet       4312',
    ],
  },
  'port-table-json': {
    what: 'connections and endpoints as JSON, one array or one object a line; Velociraptor and osquery too',
    from: 'Get-NetTCPConnection | ConvertTo-Json > tcp.json',
    sample: [
      '{"LocalAddress":"10.20.0.5","LocalPort":50101,"RemoteAddress":"198.51.100.31",',
      '"RemotePort":1433,"State":5,"OwningProcess":4312}',
    ],
  },
  'port-table-clixml': {
    what: 'connections and endpoints as PowerShell keeps objects',
    from: 'Get-NetTCPConnection | Export-Clixml tcp.xml',
    sample: [
      '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">',
      '<Obj RefId="0"><Props><U16 N="LocalPort">50101</U16></Props></Obj></Objs>',
    ],
  },
  'event-xml': {
    what: 'event logs as XML: wevtutil, Event Viewer, Get-WinEvent, evtx_dump, python-evtx, libevtx',
    from: 'wevtutil qe System /f:xml > System.xml',
    sample: [
      "<Event><System><Provider Name='Tcpip'/><EventID>4227</EventID><Level>3</Level>",
      "<TimeCreated SystemTime='2026-03-02T09:15:00Z'/><Channel>System</Channel><Computer>RDSH01</Computer></System></Event>",
    ],
    inHelp: 'event logs as XML',
  },
  'event-text': {
    what: 'events in words, in any language: copies of Event Viewer, tables and lists of Get-WinEvent and Get-EventLog, wevtutil /f:text',
    from: 'Get-WinEvent -FilterHashtable @{LogName="System";ProviderName="Tcpip"} > events.txt',
    sample: [
      'Log Name:      System',
      'Source:        Tcpip',
      'Date:          3/2/2026 10:15:00 AM',
      'Event ID:      4227',
      'Level:         Warning',
      'Computer:      RDSH01',
    ],
  },
  'event-csv': {
    what: 'events as CSV: Event Viewer, Get-WinEvent, Get-EventLog, EvtxECmd, exports of Azure Monitor, Splunk, winlogbeat and NXLog',
    from: 'Get-WinEvent -FilterHashtable @{LogName="System";ProviderName="Tcpip"} | Export-Csv events.csv',
    sample: [
      'Level,Date and Time,Source,Event ID,Task Category',
      'Warning,3/2/2026 10:15:00 AM,Tcpip,4227,None,"TCP/IP failed to establish an outgoing connection."',
    ],
  },
  'event-json': {
    what: 'events as JSON: Get-WinEvent, evtx_dump, winlogbeat, NXLog, Splunk and Azure Monitor; one array or one object a line',
    from: 'Get-WinEvent -FilterHashtable @{LogName="System";ProviderName="Tcpip"} | ConvertTo-Json > events.json',
    sample: [
      '{"Id":4227,"ProviderName":"Tcpip","LogName":"System","RecordId":500,',
      '"TimeCreated":"2026-03-02T09:15:00Z","MachineName":"RDSH01"}',
    ],
  },
  'event-clixml': {
    what: 'events as PowerShell keeps objects',
    from: 'Get-WinEvent -FilterHashtable @{LogName="System";ProviderName="Tcpip"} | Export-Clixml events.xml',
    sample: [
      '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">',
      '<Obj RefId="0"><TN RefId="0"><T>System.Diagnostics.Eventing.Reader.EventLogRecord</T></TN></Obj></Objs>',
    ],
  },
  'netsh-dynamicport': {
    what: 'the dynamic range, of netsh or Get-NetTCPSetting',
    from: 'netsh int ipv4 show dynamicport tcp > range.txt',
    sample: [
      'Protocol tcp Dynamic Port Range',
      '---------------------------------',
      'Start Port      : 49152',
      'Number of Ports : 16384',
    ],
    inHelp: 'the dynamic range',
  },
  'netsh-excludedportrange': {
    what: 'port ranges that Windows keeps back',
    from: 'netsh int ipv4 show excludedportrange protocol=tcp > excluded.txt',
    sample: [
      'Protocol tcp Port Exclusion Ranges',
      '',
      'Start Port    End Port',
      '----------    --------',
      '     50000       50059     *',
    ],
    inHelp: 'excluded ranges',
  },
  'reg-query': {
    what: 'TCP/IP settings from the registry',
    from: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters > reg.txt',
    sample: [
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
      '    MaxUserPort    REG_DWORD    0xfffe',
    ],
    inHelp: 'TCP/IP settings',
  },
  'reg-export': {
    what: 'TCP/IP settings from the registry as a .reg file',
    from: 'reg export HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters tcpip.reg',
    sample: [
      'Windows Registry Editor Version 5.00',
      '',
      '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]',
      '"MaxUserPort"=dword:0000fffe',
    ],
  },
  'process-csv': {
    what: 'processes and services as CSV: tasklist, Get-Process, Win32_Process, Win32_Service',
    from: 'tasklist /svc /fo csv > tasks.csv',
    sample: ['"Image Name","PID","Services"', '"svchost.exe","1204","Dhcp,EventLog"'],
    inHelp: 'processes',
  },
  tasklist: {
    what: 'processes as tasklist shows them, plain, /svc or /v, in any language',
    from: 'tasklist /svc > tasks.txt',
    sample: [
      'Image Name                     PID Services',
      '========================= ======== ============================================',
      'svchost.exe                   1204 Dhcp, EventLog',
    ],
  },
  'process-json': {
    what: 'processes and services as JSON',
    from: 'Get-CimInstance Win32_Process | Select-Object ProcessId,Name,CommandLine | ConvertTo-Json > processes.json',
    sample: ['{"ProcessId":4312,', '"Name":"app.exe","CommandLine":null}'],
  },
  'process-text': {
    what: 'processes and services as PowerShell shows them, as a table or a list',
    from: 'Get-CimInstance Win32_Process | Select-Object ProcessId,Name,CommandLine | Format-List > processes.txt',
    sample: ['ProcessId   : 4312', 'Name        : app.exe', 'CommandLine : C:\\Contoso\\app.exe'],
  },
  'setting-text': {
    what: 'TCP/IP settings as PowerShell shows them',
    from: 'Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters > tcpip.txt',
    sample: [
      'MaxUserPort  : 65534',
      'PSPath       : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
    ],
  },
  'setting-csv': {
    what: 'TCP/IP settings as CSV',
    from: 'Get-NetTCPSetting | Export-Csv tcp-setting.csv',
    sample: ['"SettingName","DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts"', '"Internet","49152","16384"'],
  },
  'system-info': {
    what: 'when the host started: systeminfo, Get-ComputerInfo, net statistics workstation, in any language',
    from: 'systeminfo > systeminfo.txt',
    sample: [
      'Host Name:                 RDSH01',
      'OS Name:                   Microsoft Windows Server 2019 Standard',
      'OS Version:                10.0.17763 N/A Build 17763',
      'System Boot Time:          3/2/2026, 6:02:11 AM',
    ],
  },
  'counts-text': {
    what: 'counts instead of rows, kept as what was said and never judged by: netstat -s, find /c, Group-Object',
    from: 'netstat -s > statistics.txt',
    sample: [
      'TCP Statistics for IPv4',
      '',
      '  Active Opens                        = 123456',
      '  Passive Opens                       = 2345',
    ],
  },
  'counter-csv': {
    what: 'performance counters of TCP, kept as what was said and never judged by: typeperf, relog',
    from: 'typeperf "\\TCPv4\\Connections Established" -sc 60 -o counters.csv',
    sample: [
      '"(PDH-CSV 4.0)","\\\\RDSH01\\TCPv4\\Connections Established"',
      '"03/02/2026 10:15:00.123","16380.000000"',
    ],
  },
  'portmortem-report': {
    what: 'a report of this program: listed among the inputs, never evidence',
    from: 'portmortem analyze FOLDER -o report.json',
    sample: ['{ "schemaVersion": 1,', '  "tool": { "name": "portmortem", "version": "0.1.0" } }'],
  },
};
