import { isRealTime } from '../../model/stamp.js';

/** The names and the texts of an object's values, one level deep: `Laddr.IP` for what stands in another. */
export interface FlatObject {
  readonly names: readonly string[];
  readonly values: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** More levels than any export wraps its records in. */
const MOST_LEVELS = 4;
const MOST_NESTED = 16;

/**
 * The records in a value: the object itself where `accepts` takes its names, else what it holds in arrays and objects (`{"value":[…]}`,
 * `{"records":[…]}`, `{"result":{…}}`).
 */
export function* recordsIn(
  value: unknown,
  accepts: (names: readonly string[]) => boolean,
  levels = MOST_LEVELS,
): Generator<FlatObject> {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') yield* recordsIn(item, accepts, levels - 1);
    return;
  }
  if (!isObject(value) || levels === 0) return;
  const flat = eventOfLog(value) ?? flattened(value);
  if (accepts(flat.names)) {
    yield flat;
    return;
  }
  for (const inner of Object.values(value)) if (typeof inner === 'object') yield* recordsIn(inner, accepts, levels - 1);
}

/** An event as evtx_dump and python-evtx turn its XML into JSON; null for anything else. */
function eventOfLog(value: JsonObject): FlatObject | null {
  const system = isObject(value['Event']) ? value['Event']['System'] : value['System'];
  if (!isObject(system) || system['EventID'] === undefined) return null;
  const fields = {
    EventID: plainText(system['EventID']),
    ProviderName: attribute(system, 'Provider', 'Name'),
    TimeCreated: attribute(system, 'TimeCreated', 'SystemTime'),
    RecordId: plainText(system['EventRecordID']),
    LogName: plainText(system['Channel']),
    MachineName: plainText(system['Computer']),
    // UTC without a mark, as EvtxECmd has it.
    MapDescription: '',
  };
  return { names: Object.keys(fields), values: Object.values(fields) };
}

function plainText(value: unknown): string {
  return (isObject(value) ? textOf(value['#text']) : textOf(value)) ?? '';
}

/** `{"#attributes":{"Name":…}}`, `{"@Name":…}`, or `Provider_attributes` beside it. */
function attribute(system: JsonObject, element: string, name: string): string {
  const [inside, beside] = [system[element], system[`${element}_attributes`]];
  const places = isObject(inside) ? [inside['#attributes'], inside, { [name]: inside[`@${name}`] }] : [];
  const holders = [...places, beside].filter(isObject);
  return textOf(holders.map((holder) => holder[name]).find((found) => typeof found === 'string')) ?? '';
}

function flattened(object: JsonObject): FlatObject {
  const names: string[] = [];
  const values: string[] = [];
  const put = (name: string, value: string): void => {
    names.push(name);
    values.push(value);
  };
  for (const [name, value] of Object.entries(object)) {
    const text = textOf(value);
    if (text !== null) put(name, text);
    else if (isObject(value)) {
      for (const [inner, part] of Object.entries(value).slice(0, MOST_NESTED))
        put(`${name}.${inner}`, textOf(part) ?? '');
    } else put(name, '');
  }
  return { names, values };
}

/** Null for what has parts. `ConvertTo-Json` writes a date of 5.1 as an object with its value, and a word as one with its number. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return dateOf(value) ?? value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object') ? value.join(',') : null;
  if (!isObject(value)) return null;
  const inner = value['value'] ?? value['Value'];
  const isDate = 'DateTime' in value || 'DisplayHint' in value;
  return isDate || ('Value' in value && 'value' in value) ? textOf(inner) : null;
}

/** `/Date(1772445510000)/`; empty for FILETIME 0, which is no time. */
function dateOf(text: string): string | null {
  const ms = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (ms === undefined) return null;
  return isRealTime(Number(ms)) ? new Date(Number(ms)).toISOString() : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
