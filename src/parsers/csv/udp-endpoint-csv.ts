import { findHeader } from './csv-columns.js';
import type { FormatParser } from '../parser.js';
import { isPortTable, isTcpTable, startPortTable } from './port-table-csv.js';
import { isUdpOnly } from './tcp-connection-csv.js';

// Get-NetUDPEndpoint | Export-Csv: local ports and nothing remote, no state.
//   "CreationTime","LocalAddress","LocalPort","OwningProcess"
//   "3/2/2026 6:05:50 AM","::","53211","2204"
export const udpEndpointCsv: FormatParser = {
  format: 'udp-endpoint-csv',
  takes: 'text',
  snapshots: 'stamped-rows',
  recognises: ({ text }) => {
    const found = findHeader(text, isPortTable);
    if (found === null) return false;
    return findHeader(text, isTcpTable) === null || isUdpOnly(found.fields, found.rowsBelow);
  },
  start: (sink, context) => startPortTable('udp', sink, context),
};
