import { findHeader } from './csv-header.js';
import type { FormatParser } from '../parser.js';
import { isPortTable, isTcpTable } from '../port-table/port-records.js';
import { startPortTable } from './port-table-csv.js';
import { isUdpOnly } from './tcp-connection-csv.js';

// Get-NetUDPEndpoint | Export-Csv: local ports and nothing remote, no state.
//   "CreationTime","LocalAddress","LocalPort","OwningProcess"
//   "3/2/2026 6:05:50 AM","::","53211","2204"
export const udpEndpointCsv: FormatParser = {
  formats: ['udp-endpoint-csv'],
  takes: 'text',
  recognises: ({ text }) => {
    const found = findHeader(text, isPortTable);
    if (found === null) return null;
    const isUdp = findHeader(text, isTcpTable) === null || isUdpOnly(found.fields, found.rowsBelow);
    return isUdp ? 'udp-endpoint-csv' : null;
  },
  start: (sink, context) => startPortTable('udp', sink, context),
};
