/** One event before it is written down. */
export interface LogRecord {
  readonly atMs: number;
  readonly provider: string;
  /** Manifest providers have one, classic sources do not. */
  readonly guid?: string;
  readonly eventSourceName?: string;
  readonly id: number;
  /** Severity bits of a classic source: 32768 warning, 49152 error, 16384 information. */
  readonly qualifiers?: number;
  /** 0 in the Security log, whose events have no severity. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly keywords: string;
  readonly data: readonly (string | readonly [name: string, value: string])[];
  /** Hex digits. */
  readonly binary?: string;
  readonly userData?: string;
  readonly pid: number;
  readonly message: string;
  /** `System` when absent. */
  readonly channel?: string;
  /** 0 when absent. */
  readonly version?: number;
  readonly task?: number;
  /** SID of Security/@UserID. */
  readonly user?: string;
}

const CLASSIC = '0x80000000000000';
const MANIFEST = '0x8000000000000000';

export function classicEvent(
  atMs: number,
  provider: string,
  id: number,
  severity: 'information' | 'warning' | 'error',
  data: readonly string[],
  message: string,
  binary?: string,
): LogRecord {
  const qualifiers = { information: 16_384, warning: 32_768, error: 49_152 }[severity];
  const level = ({ information: 4, warning: 3, error: 2 } as const)[severity];
  const event = {
    atMs,
    provider,
    id,
    qualifiers,
    level,
    keywords: CLASSIC,
    data,
    pid: provider === 'Tcpip' ? 4 : 0,
    message,
  };
  return binary === undefined ? event : { ...event, binary };
}

export function manifestEvent(
  atMs: number,
  provider: string,
  guid: string,
  id: number,
  level: 2 | 3 | 4,
  data: readonly (readonly [string, string])[],
  message: string,
  pid = 1012,
): LogRecord {
  return { atMs, provider, guid, id, level, keywords: MANIFEST, data, pid, message };
}
