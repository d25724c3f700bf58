// What other tools call the properties of a connection, by the name that gives each tool away:
//   osquery process_open_sockets: pid, protocol (6 or 17), local_address, local_port, remote_address, remote_port, state
//   Velociraptor netstat(): Pid, Name, Family, Type, Status, Laddr.IP, Laddr.Port, Raddr.IP, Raddr.Port, Timestamp (of the socket)
//   CurrPorts and TCPView, saved with a line of titles: Process Name, Process ID, Protocol, Local Port, Local Address, Remote Port, …
// From their documentation and test data.
const TOOLS: readonly { readonly localPort: string; readonly ours: Readonly<Record<string, string>> }[] = [
  {
    localPort: 'local_port',
    ours: {
      local_address: 'LocalAddress',
      remote_address: 'RemoteAddress',
      remote_port: 'RemotePort',
      process_name: 'ProcessName',
    },
  },
  {
    localPort: 'laddr.port',
    ours: {
      'laddr.ip': 'LocalAddress',
      'raddr.ip': 'RemoteAddress',
      'raddr.port': 'RemotePort',
      status: 'State',
      type: 'Protocol',
      name: 'ProcessName',
      timestamp: 'CreationTime',
    },
  },
  {
    localPort: 'local port',
    ours: {
      'local address': 'LocalAddress',
      'remote address': 'RemoteAddress',
      'remote port': 'RemotePort',
      'process id': 'OwningProcess',
      'process name': 'ProcessName',
      'create time': 'CreationTime',
    },
  },
];

/** What a column of local ports is called, in lower case. */
export const LOCAL_PORT_NAMES: readonly string[] = ['localport', ...TOOLS.map(({ localPort }) => localPort)];

/** What a column of remote ports is called, in lower case. */
export const REMOTE_PORT_NAMES: readonly string[] = [
  'remoteport',
  ...TOOLS.flatMap(({ ours }) => Object.keys(ours).filter((name) => ours[name] === 'RemotePort')),
];

/** Names as Get-NetTCPConnection has them, for the names of any tool that is known. */
export function cmdletNames(names: readonly string[]): readonly string[] {
  const lower = names.map((name) => name.trim().toLowerCase());
  const tool = TOOLS.find(({ localPort }) => lower.includes(localPort));
  if (tool === undefined) return names;
  return lower.map((name, index) => (name === tool.localPort ? 'LocalPort' : (tool.ours[name] ?? names[index] ?? '')));
}
