import { say } from '../messages/say.js';
import { SCHEMA_VERSION, type Report } from '../model/report.js';
import { toldByVersion1 } from '../model/version-1-verdict.js';
import { reportSchema } from './schema.js';
import { schemaMismatch } from './schema/schema-mismatch.js';

/** A text that is no report this program can read; the message says why, for the user. */
export class UnreadableReportError extends Error {}

/** Reads a saved `report.json` of this version or an earlier one into today's shape. Throws UnreadableReportError. */
export function readReport(text: string): Report {
  const saved = parsed(text);
  const report = versionOf(saved) === 1 ? fromVersion1(saved) : saved;
  if (isReport(report)) return report;
  throw new UnreadableReportError(`the report is damaged at ${schemaMismatch(reportSchema, report) ?? 'its top'}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new UnreadableReportError('this is no JSON');
  }
}

function versionOf(saved: unknown): number {
  if (!isRecord(saved) || !isRecord(saved['tool']) || saved['tool']['name'] !== 'portmortem') {
    throw new UnreadableReportError('this is no report of portmortem');
  }
  const version = saved['schemaVersion'];
  if (version === 1 || version === SCHEMA_VERSION) return version;
  throw new UnreadableReportError(
    `its schemaVersion is ${String(version)}; this version of portmortem reads 1 to ${String(SCHEMA_VERSION)}`,
  );
}

function isReport(value: unknown): value is Report {
  return schemaMismatch(reportSchema, value) === null;
}

/**
 * Version 1 had the time to exhaustion as a number and, since the estimate came, as that too; its verdict left to the mechanism's name
 * what it is about; it inferred from a missing listener that a table was filtered; its arguments were the whole command line, with the paths.
 */
function fromVersion1(saved: unknown): unknown {
  const report = changed(saved, 'hosts', (hosts) => (Array.isArray(hosts) ? hosts.map(hostFromVersion1) : hosts));
  return changed(
    changed(report, 'schemaVersion', () => SCHEMA_VERSION),
    'options',
    (options) => changed(options, 'arguments', () => []),
  );
}

/** Version 1 said nothing of the name of a host, nor of the signs of a healthy one. */
const UNTOLD = { formerNames: [], nameFrom: 'evidence', naming: [], answers: [] };

function hostFromVersion1(saved: unknown): unknown {
  const host = changed(isRecord(saved) ? { ...UNTOLD, ...saved } : saved, 'verdict', (verdict) =>
    isRecord(verdict) ? { ...toldByVersion1(verdict['mechanism']), ...withScope(verdict) } : verdict,
  );
  const consumers = changed(host, 'consumers', (list) => each(list, consumerFromVersion1));
  const destinations = changed(consumers, 'destinations', (list) => each(list, withoutConnections));
  const counted = changed(changed(destinations, 'ledger', ledgerFromVersion1), 'incidents', (incidents) =>
    each(incidents, (incident) => (isRecord(incident) ? withScope(incident) : incident)),
  );
  return changed(counted, 'recommendation', (saved) => {
    const recommendation = changed(saved, 'actions', (actions) => each(actions, withFields));
    const sized = changed(recommendation, 'dynamicPortRanges', (ranges) => each(ranges, withSizes));
    return changed(sized, 'predicted', (predicted) => {
      if (!isRecord(predicted)) return predicted;
      const { secondsToExhaustion: best, secondsToExhaustionEstimate: estimate, ...rest } = predicted;
      const told = best === null ? null : { low: best, best, high: best };
      return { ...rest, secondsToExhaustion: estimate ?? told };
    });
  });
}

/** Version 1 did not say who does an action, whether it is planned work, how long it takes, or how one sees that it worked. */
function withFields(action: unknown): unknown {
  const unsaid = { ...say('action.not-said'), text: '' };
  return isRecord(action) ? { who: unsaid, planned: false, duration: unsaid, workedWhen: unsaid, ...action } : action;
}

/** Nor what range would do for what was seen, and how far one could go. */
function withSizes(range: unknown): unknown {
  return isRecord(range) ? { needed: null, upTo: null, ...range } : range;
}

/** Nor how many connections are on the ports. */
function consumerFromVersion1(saved: unknown): unknown {
  const unknown = { connections: null, exclusivePorts: null, shareOfOpenings: null };
  const consumer = isRecord(saved) ? { ...unknown, ...saved } : saved;
  return changed(consumer, 'destinations', (list) => each(list, withoutConnections));
}

function withoutConnections(saved: unknown): unknown {
  return isRecord(saved) ? { connections: null, ...saved } : saved;
}

function each(list: unknown, change: (item: unknown) => unknown): unknown {
  return Array.isArray(list) ? list.map(change) : list;
}

/** The sentences of `none` and `undetermined` say how much of the table the fullest list holds. */
function withScope(told: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return changedRecord(told, 'summary', (summary) =>
    changed(summary, 'params', (params) =>
      isRecord(params) ? { scope: params['filtered'] === true ? 'not-known' : 'whole', ...params } : params,
    ),
  );
}

function ledgerFromVersion1(ledger: unknown): unknown {
  return each(ledger, (entry) => {
    if (!isRecord(entry) || !Array.isArray(entry['unseen'])) return entry;
    return { scope: entry['unseen'].includes('listening') ? 'not-known' : 'whole', ...entry };
  });
}

function changedRecord(
  record: Readonly<Record<string, unknown>>,
  name: string,
  change: (member: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return name in record ? { ...record, [name]: change(record[name]) } : record;
}

/** A copy of an object with one member changed; anything else, and an object without that member, as it is. */
function changed(value: unknown, name: string, change: (member: unknown) => unknown): unknown {
  return isRecord(value) ? changedRecord(value, name, change) : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
