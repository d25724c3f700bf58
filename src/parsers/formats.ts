import { counterCsv } from './csv/counter-csv.js';
import { consoleTextParser } from './console/console-text.js';
import { eventCsv } from './csv/event-csv.js';
import { eventXmlParser } from './event-log/event-xml.js';
import { clixmlTextParser } from './objects/clixml-text.js';
import { jsonTextParser } from './objects/json-text.js';
import type { FormatParser } from './parser.js';
import { portmortemReportParser } from './text/portmortem-report.js';
import { processCsv } from './csv/process-csv.js';
import { settingCsv } from './csv/setting-csv.js';
import { regExportParser } from './console/reg-export.js';
import { tcpConnectionCsv } from './csv/tcp-connection-csv.js';
import { udpEndpointCsv } from './csv/udp-endpoint-csv.js';

/** Every format that can be read, in the order in which a file is tried: the first that recognises its first bytes reads it. No other may. */
export const FORMAT_PARSERS: readonly FormatParser[] = [
  portmortemReportParser,
  eventXmlParser,
  eventCsv,
  regExportParser,
  tcpConnectionCsv,
  udpEndpointCsv,
  processCsv,
  jsonTextParser,
  clixmlTextParser,
  settingCsv,
  counterCsv,
  consoleTextParser,
];
