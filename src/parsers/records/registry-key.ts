import type { RecordSink } from '../parser.js';

/** One value as `reg query` or `reg export` lists it. */
export interface RegistryValue {
  readonly name: string;
  /** `REG_DWORD`, `REG_SZ`… */
  readonly type: string;
  /** The number of a dword, null for other types, NaN for a dword whose digits are none. */
  readonly value: number | null;
  readonly line: number;
  readonly text: string;
}

const PARAMETERS =
  /^(?:HKEY_LOCAL_MACHINE|HKLM)\\SYSTEM\\(?:CurrentControlSet|ControlSet\d{3})\\Services\\(Tcpip6?)\\Parameters(?:\\Interfaces\\(\{[^}\\]+\}))?$/i;
/** Ports that RPC servers take instead of dynamic ones, and how they are meant. Source: Microsoft, KB 154596. */
const RPC_INTERNET = /^(?:HKEY_LOCAL_MACHINE|HKLM)\\SOFTWARE\\Microsoft\\Rpc\\Internet$/i;
const RPC_SETTING = /^(?:Ports|PortsInternetAvailable|UseInternetPorts)$/i;
/** What people try to set here, in the spellings they use: worth showing whatever the type, and under an interface by mistake. */
const PORT_SETTING =
  /^(?:Max\s*User\s*Ports?|Tcp\s*Timed?\s*Wait\s*Delays?|ReservedPorts|TcpNumConnections|MaxFreeTcbs|MaxHashTableSize)$/i;

/** Whether a value is one of those that people try to set, wherever it stands. */
export function isPortSetting(name: string): boolean {
  return PORT_SETTING.test(name);
}

const HOST_NAME = /^(?:NV )?Hostname$/i;

/**
 * Takes the values of one registry key and hands on those that matter: of `Tcpip\Parameters` every dword, of an interface's
 * key only port settings. The key itself is handed on once a value that is no number shows that the listing is whole:
 * Windows always keeps strings there (DataBasePath, Hostname), while `reg query /v` and hand-written files list numbers only.
 */
export class RegistryKey {
  readonly #sink: RecordSink;
  readonly #path: string | null;
  readonly #isInterface: boolean;
  readonly #isRpc: boolean;
  readonly #line: number;
  readonly #text: string;
  #values = 0;
  #strings = 0;
  #announced = false;

  constructor(sink: RecordSink, key: string, line: number, text: string) {
    const [, service, guid] = PARAMETERS.exec(key) ?? [];
    this.#sink = sink;
    this.#isInterface = guid !== undefined;
    this.#isRpc = RPC_INTERNET.test(key);
    this.#path = this.#isRpc ? 'Rpc\\Internet' : service === undefined ? null : pathOf(service, guid);
    this.#line = line;
    this.#text = text;
  }

  /** False for a key that has nothing to do with ports. */
  get matters(): boolean {
    return this.#path !== null;
  }

  addRegistryValue({ name, type, value, line, text }: RegistryValue): void {
    const path = this.#path;
    if (path === null) return;
    const isOfPorts = this.#isRpc ? RPC_SETTING.test(name) : isPortSetting(name);
    this.#values++;
    if (value === null && !isOfPorts) this.#strings++;
    if (!this.#announced && this.#values > 1 && this.#strings > 0) {
      this.#announced = true;
      this.#sink.setting({ kind: 'registry-key', path, line: this.#line, text: this.#text });
    }
    if (this.#isInterface && !isOfPorts) return;
    if (Number.isNaN(value)) this.#sink.problem('bad-number', line, text);
    else if (value !== null || isOfPorts) {
      this.#sink.setting({ kind: 'registry-value', path, name, type, value, line, text });
    } else if (HOST_NAME.test(name)) {
      // The name of a host is not repeated in the report's evidence.
      this.#sink.setting({ kind: 'registry-value', path, name, type, value, line, text: `${name} ${type}` });
    }
  }
}

function pathOf(service: string, guid: string | undefined): string {
  const parameters = `${service.endsWith('6') ? 'Tcpip6' : 'Tcpip'}\\Parameters`;
  return guid === undefined ? parameters : `${parameters}\\Interfaces\\${guid}`;
}
