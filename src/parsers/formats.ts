import {
  netshDynamicPortParser,
  netshExcludedPortRangeParser,
  netstatParser,
  regQueryParser,
  tasklistParser,
} from './console-text.js';
import { eventXmlParser } from './event-xml.js';
import type { FormatParser } from './parser.js';
import { portmortemReportParser } from './portmortem-report.js';
import { processCsv } from './process-csv.js';
import { regExportParser } from './reg-export.js';
import { tcpConnectionCsv } from './tcp-connection-csv.js';
import { udpEndpointCsv } from './udp-endpoint-csv.js';

/** Every format that can be read, in the order in which a file is tried: the first that recognises its first bytes reads it. */
export const FORMAT_PARSERS: readonly FormatParser[] = [
  portmortemReportParser,
  eventXmlParser,
  regExportParser,
  tcpConnectionCsv,
  udpEndpointCsv,
  processCsv,
  netstatParser,
  netshDynamicPortParser,
  netshExcludedPortRangeParser,
  regQueryParser,
  tasklistParser,
];
