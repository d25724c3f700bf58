import { TcpState, type ConnectionRow } from '../../model/connection.js';
import { addressFamily, type AddressFamily } from '../../model/endpoint.js';
import { PortSet } from '../../model/port-set.js';

/** Linux hands out 32768 to 60999 (ip_local_port_range): from there on a far port may be a client's, and the near one a server's. */
const SERVICE_PORTS_BELOW = 32_768;
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
