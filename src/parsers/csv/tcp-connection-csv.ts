import { FieldNames } from '../text/field-names.js';
import { findHeader } from './csv-header.js';
import { splitLine } from './csv-line.js';
import type { FormatParser } from '../parser.js';
import { isTcpTable } from '../port-table/port-records.js';
import { startPortTable } from './port-table-csv.js';

// Get-NetTCPConnection | Select-Object … | Export-Csv, any columns in any order, here with two that a script added:
//   "Timestamp","HostName","State","CreationTime","LocalAddress","LocalPort","RemoteAddress","RemotePort","OwningProcess"
//   "2026-03-02T10:15:00Z","RDSH01","Established","3/2/2026 9:58:30 AM","10.1.7.20","50112","192.0.2.31","1433","4312"
//   "2026-03-02T10:15:00Z","RDSH01","TimeWait","1/1/1601 1:00:00 AM","10.1.7.20","50113","192.0.2.31","1433","0"
// PowerShell 5.1 puts `#TYPE …` above it, -UseCulture writes semicolons, PowerShell 7 leaves out quotes on demand.
export const tcpConnectionCsv: FormatParser = {
  formats: ['tcp-connection-csv'],
  takes: 'text',
  recognises: ({ text }) => {
    const found = findHeader(text, isTcpTable);
    return found !== null && !isUdpOnly(found.fields, found.rowsBelow) ? 'tcp-connection-csv' : null;
  },
  start: (sink, context) => startPortTable('tcp', sink, context),
};

/** A script that gives both tables the same columns says in Protocol which one this is. */
export function isUdpOnly(fields: readonly string[], rows: readonly string[]): boolean {
  const protocol = new FieldNames(fields).find('protocol');
  if (protocol < 0) return false;
  // The last row may be cut where the first bytes of the file end.
  const whole = rows.length > 1 ? rows.slice(0, -1) : rows;
  const words = whole.filter((row) => row.trim() !== '').map((row) => splitLine(row).fields[protocol]?.toUpperCase());
  return words.length > 0 && words.every((word) => word === 'UDP');
}
