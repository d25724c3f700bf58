import type { Transport } from '../../model/connection.js';
import type { RecordSink } from '../parser.js';
import { NetTcpSettings, type SettingBlock } from '../records/net-tcp-settings.js';
import type { ConsoleCommand } from './console-command.js';
import type { SectionReader } from './section-reader.js';

// SettingName                   : Internet
// MinRto(ms)                    : 300
// InitialRto(ms)                : 1000
// MaxSynRetransmissions         : 4
// DynamicPortRangeStartPort     : 49152
// DynamicPortRangeNumberOfPorts : 16384
// AutoReusePortRangeStartPort   : 0
// AutoReusePortRangeNumberOfPorts : 0
const PROPERTY = /^([A-Z]\w*)(?:\(\w+\))?\s*:(?:\s+(.*))?$/;
const FIRST_OF_OURS = /^(?:SettingName|DynamicPortRange|AutoReusePortRange)/;

/** Reads the list view of `Get-NetTCPSetting` and `Get-NetUDPSetting`. */
export class NetTcpSettingReader implements SectionReader {
  readonly #settings: NetTcpSettings;
  #transport: Transport | null = null;

  constructor(sink: RecordSink) {
    this.#settings = new NetTcpSettings(sink);
  }

  readLine(text: string, line: number): boolean {
    const [, name, value = ''] = PROPERTY.exec(text) ?? [];
    let block = this.#settings.last;
    if (name === undefined || (block === undefined && !FIRST_OF_OURS.test(name))) {
      this.leave();
      return false;
    }
    if (block === undefined || name === 'SettingName' || block.has(name)) {
      block = new Map();
      this.#settings.add(block);
    }
    block.set(name, { value, text, line });
    return true;
  }

  leave(): void {
    if (this.#settings.last === undefined) return;
    this.#settings.handOn(this.#transport ?? (isViewOfUdp(this.#settings.only) ? 'udp' : null));
    this.#transport = null;
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#transport = command.tool === 'Get-NetTCPSetting' ? command.transport : null;
  }
}

/** The list that Get-NetUDPSetting prints unasked. The same two of a TCP template are a table, and of all templates several lists. */
function isViewOfUdp(block: SettingBlock | undefined): boolean {
  return block !== undefined && [...block.keys()].join() === 'DynamicPortRangeStartPort,DynamicPortRangeNumberOfPorts';
}
