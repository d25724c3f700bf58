import { TcpState } from '../../model/connection.js';
import { keptStates } from '../port-table/table-filter.js';

/** A command that prints how many rows there are instead of the rows. */
export interface CountingCommand {
  readonly tool: 'count';
  /** The properties that Group-Object counts by, in lower case; none where all rows are counted together. */
  readonly groupedBy: readonly string[];
  /** The state that all counted rows have, where the command says one. */
  readonly state: string | null;
  /** The text that the counted rows hold. */
  readonly sought: string;
}

// netstat -ano | find /c "TIME_WAIT"                       netstat -an | findstr 1433 | find /c /v ""
// (Get-NetTCPConnection -State Bound).Count                Get-NetTCPConnection | Measure-Object
// Get-NetTCPConnection -State Bound | Group-Object OwningProcess -NoElement
const LINES = /\|\s*find(?:\.exe)?\s[^|]*\/c\b|\|\s*measure(?:-object)?\b|\)\s*\.\s*count\s*$/i;
const GROUPS = /\|\s*group(?:-object)?\s+(?:-property\s+)?(\w+(?:\s*,\s*\w+)*)/i;

/** What a command counts; null for one that prints rows. */
export function countingCommand(typed: string): CountingCommand | null {
  const properties = GROUPS.exec(typed)?.[1];
  if (properties === undefined && !LINES.test(typed)) return null;
  const [state, ...others] = keptStates(typed) ?? [];
  const name = state === undefined || others.length > 0 ? null : stateName(state);
  return {
    tool: 'count',
    groupedBy: (properties ?? '').toLowerCase().match(/\w+/g) ?? [],
    state: name,
    sought: /"([^"]+)"/.exec(typed)?.[1] ?? '',
  };
}

function stateName(state: TcpState): string | null {
  return Object.entries(TcpState).find(([, value]) => value === state)?.[0] ?? null;
}
