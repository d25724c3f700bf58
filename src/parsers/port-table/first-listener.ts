import { TcpState, type ConnectionRow } from '../../model/connection.js';

/** The fewest rows of a dump: a host listens on a handful of ports at least. */
const FEWEST_ROWS_BETWEEN = 5;

/** Tells where another dump begins without a line between: netstat prints its listeners first, so the first of them comes again. */
export class FirstListener {
  #key = '';
  #rows = 0;

  /** True for the row that begins another dump. */
  comesAgain({ transport, state, localAddress, localPort, pid }: ConnectionRow): boolean {
    this.#rows++;
    if (transport !== 'tcp' || state !== TcpState.Listen) return false;
    const key = `${localAddress}|${String(localPort)}|${String(pid)}`;
    if (this.#key === '') {
      this.#key = key;
      return false;
    }
    if (key !== this.#key || this.#rows <= FEWEST_ROWS_BETWEEN) return false;
    this.#rows = 1;
    return true;
  }

  /** A dump begins, whatever row is its first. */
  forget(): void {
    this.#key = '';
    this.#rows = 0;
  }
}
