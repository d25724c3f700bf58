import type { AddressFamily } from './endpoint.js';
import type { Transport } from './connection.js';
import type { Stamp } from './stamp.js';

/** One fact about the host's configuration, as a file states it. */
export type SettingRecord =
  | {
      readonly kind: 'dynamic-range';
      readonly origin: 'netsh' | 'Get-NetTCPSetting';
      /** null where the output does not say which. */
      readonly transport: Transport | null;
      readonly family: AddressFamily | null;
      readonly pool: 'dynamic' | 'auto-reuse';
      readonly start: number;
      readonly count: number;
      readonly line: number;
      readonly text: string;
    }
  | {
      /** How often and how patiently this host tries to connect, by the template that connections use unless told otherwise. */
      readonly kind: 'connection-attempts';
      readonly initialRtoMs: number;
      readonly retransmissions: number;
      readonly line: number;
      readonly text: string;
    }
  | {
      /** A list of excluded port ranges was captured, even if it is empty. */
      readonly kind: 'exclusions-listed';
      readonly transport: Transport | null;
      readonly family: AddressFamily | null;
      readonly line: number;
      readonly text: string;
    }
  | {
      readonly kind: 'exclusion';
      readonly transport: Transport | null;
      readonly family: AddressFamily | null;
      readonly start: number;
      /** The second column is an end port, not a count. */
      readonly end: number;
      readonly administered: boolean;
      readonly line: number;
      readonly text: string;
    }
  | {
      /** The registry key was captured: a value not listed under it is absent. */
      readonly kind: 'registry-key';
      /** Below HKLM\SYSTEM\<control set>\Services\, as written: `Tcpip\Parameters`. */
      readonly path: string;
      readonly line: number;
      readonly text: string;
    }
  | {
      readonly kind: 'registry-value';
      readonly path: string;
      readonly name: string;
      readonly type: string;
      /** A dword read as what it is (hexadecimal in both outputs); null for other types. */
      readonly value: number | null;
      readonly line: number;
      readonly text: string;
    }
  | {
      /** A number of rows, or a counter of the stack, that was printed instead of the rows: said, and never judged by. */
      readonly kind: 'counted';
      readonly of: 'process' | 'rows' | 'counter' | 'peak';
      readonly count: number;
      /** The PID, what the rows have in common, or the name of the counter, as written. */
      readonly name: string;
      /** The state of all counted rows where the command said one. */
      readonly state: string | null;
      readonly line: number;
      readonly text: string;
    }
  | {
      /** When the host started, or its Workstation service, which starts with it. */
      readonly kind: 'started';
      readonly what: 'host' | 'workstation-service';
      readonly stamp: Stamp;
      readonly line: number;
      readonly text: string;
    };
