import { TcpState, type ConnectionRow } from '../../model/connection.js';
import { addressFamily, type AddressFamily } from '../../model/endpoint.js';
import { SERVICE_PORTS_BELOW } from '../../model/port.js';
import { PortSet } from '../../model/port-set.js';

/** Windows never gives a client a port below it: such a one was chosen by a program. */
const LOWEST_CLIENT_PORT = 1024;

/** The local TCP ports from which a host has connected to service ports, as far as a row by itself can tell. */
export class ClientPorts {
  readonly #ports: Partial<Record<AddressFamily, PortSet>> = {};
  /** Those of rows that go within minutes: they were opened lately. */
  readonly #passing: Partial<Record<AddressFamily, PortSet>> = {};

  addRow({ transport, state, localAddress, localPort, remotePort }: ConnectionRow): void {
    if (transport === 'udp' || state === TcpState.Listen || state === TcpState.Bound) return;
    if (remotePort <= 0 || remotePort >= SERVICE_PORTS_BELOW || localPort < LOWEST_CLIENT_PORT) return;
    const family = addressFamily(localAddress);
    setOf(this.#ports, family).add(localPort);
    if (state === TcpState.TimeWait || state === TcpState.SynSent) setOf(this.#passing, family).add(localPort);
  }

  addAll(other: ClientPorts): void {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const { [family]: ports } = other.#ports;
      if (ports !== undefined) setOf(this.#ports, family).addAll(ports);
      const { [family]: passing } = other.#passing;
      if (passing !== undefined) setOf(this.#passing, family).addAll(passing);
    }
  }

  /** Those of one family, in order, without the ports that the host listens on. */
  list(family: AddressFamily, listeners: ReadonlySet<number>): number[] {
    return this.#ports[family]?.list(listeners) ?? [];
  }

  /** Those of them that show TIME_WAIT or SYN_SENT. */
  listPassing(family: AddressFamily, listeners: ReadonlySet<number>): number[] {
    return this.#passing[family]?.list(listeners) ?? [];
  }
}

function setOf(sets: Partial<Record<AddressFamily, PortSet>>, family: AddressFamily): PortSet {
  return (sets[family] ??= new PortSet());
}
