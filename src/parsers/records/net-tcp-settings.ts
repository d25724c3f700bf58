import type { Transport } from '../../model/connection.js';
import { isDynamicRange, isPort, MAX_PORT } from '../../model/port.js';
import type { RecordSink } from '../parser.js';

const PROPERTY_OF_POOL = { dynamic: 'DynamicPortRange', 'auto-reuse': 'AutoReusePortRange' } as const;

/** What `Set-NetTCPSetting -MaxSynRetransmissions` takes is 2 to 8; the field is a byte. */
const MOST_RETRANSMISSIONS = 255;

/** What a template says, by the name of the property. */
export type SettingBlock = Map<string, { readonly value: string; readonly text: string; readonly line: number }>;

/**
 * Hands on what the templates of one `Get-NetTCPSetting` or `Get-NetUDPSetting` say. Of several TCP templates `Internet` counts, the one
 * connections use unless told otherwise; `Automatic` has no numbers. A count of 0 means that automatic reuse is off; it is set on a
 * custom template (`InternetCustom`), and is host-wide, so that any template with such a range tells where Internet shows none.
 */
export class NetTcpSettings {
  readonly #sink: RecordSink;
  #blocks: SettingBlock[] = [];
  #templatesSeen = false;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  add(block: SettingBlock): void {
    this.#blocks.push(block);
  }

  /** The last template, while its properties are read. */
  get last(): SettingBlock | undefined {
    return this.#blocks.at(-1);
  }

  /** The template, where there is no other. */
  get only(): SettingBlock | undefined {
    return this.#blocks.length === 1 ? this.#blocks[0] : undefined;
  }

  /**
   * All templates are there. `transport`: of ranges without a template, as a command says; beside templates they are UDP's, which
   * has none.
   */
  handOn(transportOfCommand: Transport | null): void {
    this.#templatesSeen ||= this.#blocks.some((block) => block.has('SettingName'));
    const transport = transportOfCommand ?? (this.#templatesSeen ? 'udp' : null);
    const withRange = this.#blocks.filter((block) => Number(block.get('DynamicPortRangeNumberOfPorts')?.value) > 0);
    const templates = withRange.filter((block) => block.has('SettingName'));
    const internet = templates.find((block) => block.get('SettingName')?.value === 'Internet') ?? templates[0];
    const reusing = templates.filter((block) => Number(block.get('AutoReusePortRangeNumberOfPorts')?.value) > 0);
    const reuse = reusing.find((block) => block === internet) ?? reusing[0];
    for (const block of withRange) {
      if (block === internet) this.#emit(block, 'tcp', 'dynamic');
      else if (!block.has('SettingName')) this.#emit(block, transport, 'dynamic');
    }
    for (const block of withRange.filter((one) => one === reuse || !one.has('SettingName'))) {
      this.#emit(block, block === reuse ? 'tcp' : transport, 'auto-reuse');
    }
    if (internet !== undefined) this.#emitAttempts(internet);
    this.#blocks = [];
  }

  #emitAttempts(block: SettingBlock): void {
    const [rto, retries] = [block.get('InitialRto'), block.get('MaxSynRetransmissions')];
    if (rto === undefined || retries === undefined) return;
    const [initialRtoMs, retransmissions] = [wholeNumber(rto.value), wholeNumber(retries.value)];
    const text = `${rto.text}; ${retries.text}`;
    if (initialRtoMs > 0 && retransmissions <= MOST_RETRANSMISSIONS) {
      this.#sink.setting({ kind: 'connection-attempts', initialRtoMs, retransmissions, line: rto.line, text });
    } else {
      this.#sink.problem('bad-number', rto.line, text);
    }
  }

  #emit(block: SettingBlock, transport: Transport | null, pool: keyof typeof PROPERTY_OF_POOL): void {
    const property = PROPERTY_OF_POOL[pool];
    const start = block.get(`${property}StartPort`);
    const ports = block.get(`${property}NumberOfPorts`);
    if (start === undefined || ports === undefined || Number(ports.value) === 0) return;
    const text = `${start.text}; ${ports.text}`;
    const first = wholeNumber(start.value);
    const count = wholeNumber(ports.value);
    const { line } = start;
    const isRange =
      pool === 'dynamic' ? isDynamicRange({ start: first, count }) : isPort(first) && first + count - 1 <= MAX_PORT;
    if (!isRange) {
      this.#sink.problem('bad-number', line, text);
      return;
    }
    const origin = 'Get-NetTCPSetting';
    this.#sink.setting({
      kind: 'dynamic-range',
      origin,
      transport,
      family: null,
      pool,
      start: first,
      count,
      line,
      text,
    });
  }
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
