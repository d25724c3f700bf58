export type RegistryValues = Readonly<Record<string, number>>;

const KEY = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';

/** `reg export`, to be written as UTF-16: dwords are hexadecimal without 0x; a sub-key follows that means nothing here. */
export function regExport(values: RegistryValues): string {
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    `[${KEY}]`,
    '"DataBasePath"=hex(2):25,00,53,00,79,00,73,00,74,00,65,00,6d,00,52,00,6f,00,6f,00,\\',
    '  74,00,25,00,5c,00,53,00,79,00,73,00,74,00,65,00,6d,00,33,00,32,00,00,00',
    '"Domain"="contoso.example"',
    '"ForwardBroadcasts"=dword:00000000',
    '"IPEnableRouter"=dword:00000000',
    ...Object.entries(values).map(([name, value]) => `"${name}"=dword:${value.toString(16).padStart(8, '0')}`),
    '',
    `[${KEY}\\Interfaces\\{5a2c1f64-0d3b-4f5a-9a37-6b9c2f1e7d10}]`,
    '"EnableDHCP"=dword:00000000',
    '',
    '',
  ];
  return lines.join('\n');
}

/** `reg query HKLM\…\Tcpip\Parameters`. */
export function regQuery(values: RegistryValues): string {
  const rows = Object.entries(values).map(([name, value]) => `    ${name}    REG_DWORD    0x${value.toString(16)}`);
  return [
    '',
    KEY,
    '    Domain    REG_SZ    contoso.example',
    '    IPEnableRouter    REG_DWORD    0x0',
    ...rows,
    '',
    '',
  ].join('\n');
}

/** `reg query HKLM\SOFTWARE\Microsoft\Rpc\Internet`. */
export function rpcInternetQuery(ports: string): string {
  return [
    '',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Rpc\\Internet',
    `    Ports    REG_MULTI_SZ    ${ports}`,
    '    PortsInternetAvailable    REG_SZ    Y',
    '    UseInternetPorts    REG_SZ    Y',
    '',
    '',
  ].join('\n');
}
