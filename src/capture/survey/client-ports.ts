import { TcpState, type ConnectionRow } from '../../model/connection.js';
import { addressFamily, type AddressFamily } from '../../model/endpoint.js';
import { SERVICE_PORTS_BELOW } from '../../model/port.js';
import { PortSet } from '../../model/port-set.js';

/** Windows never gives a client a port below it: such a one was chosen by a program. */
const LOWEST_CLIENT_PORT = 1024;

/** The local TCP ports from which a host has connected to service ports, as far as a row by itself can tell. */
export class ClientPorts {
  readonly #ports: Partial<Record<AddressFamily, PortSet>> = {};

  addRow({ transport, state, localAddress, localPort, remotePort }: ConnectionRow): void {
    if (transport === 'udp' || state === TcpState.Listen || state === TcpState.Bound) return;
    if (remotePort <= 0 || remotePort >= SERVICE_PORTS_BELOW || localPort < LOWEST_CLIENT_PORT) return;
    this.#of(addressFamily(localAddress)).add(localPort);
  }

  addAll(other: ClientPorts): void {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const ports = other.#ports[family];
      if (ports !== undefined) this.#of(family).addAll(ports);
    }
  }

  /** Those of one family, in order, without the ports that the host listens on. */
  list(family: AddressFamily, listeners: ReadonlySet<number>): number[] {
    return this.#ports[family]?.list(listeners) ?? [];
  }

  #of(family: AddressFamily): PortSet {
    return (this.#ports[family] ??= new PortSet());
  }
}
