import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { decodeEntities } from './event-entities.js';
import type { LogEvent } from '../model/log-event.js';

type EventData = LogEvent['data'];

/** What the XML parser found in one event. Strings are as written, references resolved; empty where absent. */
export interface EventTree {
  readonly provider: string;
  readonly eventId: string;
  readonly systemTime: string;
  readonly recordId: string;
  readonly channel: string;
  readonly computer: string;
  readonly data: EventData;
  /** RenderingInfo's Culture (`fr-FR`). */
  readonly culture: string;
}

/** EventData and UserData never nest deeper than a few levels. */
const NESTED_TAGS_MAX = 64;

// References are resolved by decodeEntities, and only there: the parser never expands anything.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: NESTED_TAGS_MAX,
});

/** True when the text holds a document type declaration, which no event has and no parser should see. */
export function hasDoctype(text: string): boolean {
  return /<!(?:DOCTYPE|ENTITY)/i.test(text);
}

/** True when tags match and no `&` stands alone. The parser itself repairs such text silently, and wrongly. */
export function isWellFormed(text: string): boolean {
  return XMLValidator.validate(text) === true;
}

/** Parses one framed `<Event>…</Event>`; null when the parser refuses it or finds no System in it. */
export function readEventTree(text: string): EventTree | null {
  const event = children(parse(text)).find((element) => element.name === 'Event');
  const parts = event === undefined ? [] : children(event.content);
  const system = parts.find((element) => element.name === 'System');
  if (system === undefined) return null;
  const fields = new Map(children(system.content).map((element) => [element.name, element]));
  const textOf = (name: string): string => textIn(fields.get(name)).trim();
  const provider = fields.get('Provider');
  const rendering = parts.find((element) => element.name === 'RenderingInfo');
  return {
    provider: attribute(provider, 'Name') || attribute(provider, 'EventSourceName'),
    eventId: textOf('EventID'),
    systemTime: attribute(fields.get('TimeCreated'), 'SystemTime'),
    recordId: textOf('EventRecordID'),
    channel: textOf('Channel'),
    computer: textOf('Computer'),
    data: parts.flatMap((part) => {
      if (part.name === 'EventData') return children(part.content).flatMap(dataOf);
      return part.name === 'UserData' ? children(part.content).flatMap(leavesOf) : [];
    }),
    culture: attribute(rendering, 'Culture'),
  };
}

/** An element in the parser's ordered output: `{ "<name>": [content…], ":@": { attributes } }`. */
interface Element {
  readonly name: string;
  readonly attributes: unknown;
  readonly content: readonly unknown[];
}

function parse(text: string): readonly unknown[] {
  try {
    const parsed: unknown = parser.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function children(content: readonly unknown[]): Element[] {
  return content.flatMap((node) => {
    if (!isRecord(node)) return [];
    const entry = Object.entries(node).find(
      ([name, value]) => name !== ':@' && !name.startsWith('#') && Array.isArray(value),
    );
    return entry !== undefined && Array.isArray(entry[1])
      ? [{ name: entry[0], attributes: node[':@'], content: entry[1] }]
      : [];
  });
}

function attribute(element: Element | undefined, name: string): string {
  const attributes = element?.attributes;
  const value = isRecord(attributes) ? attributes[name] : undefined;
  return typeof value === 'string' ? decodeEntities(value) : '';
}

function textIn(element: Element | undefined): string {
  if (element === undefined) return '';
  let text = '';
  for (const node of element.content) {
    if (!isRecord(node)) continue;
    const written = node['#text'];
    if (typeof written === 'string') text += decodeEntities(written);
    const literal = node['#cdata'];
    if (!Array.isArray(literal)) continue;
    for (const part of literal as readonly unknown[]) {
      if (isRecord(part) && typeof part['#text'] === 'string') text += part['#text'];
    }
  }
  return text;
}

/** A child of EventData. Binary is the driver's packet, not data; what is neither is named by its tag, as in UserData. */
function dataOf(element: Element): EventData {
  if (element.name === 'Binary') return [];
  if (element.name !== 'Data') return leavesOf(element);
  const name = attribute(element, 'Name') || null;
  const value = valueOf(element);
  const parts = name === null ? splitStrings(value) : null;
  return parts === null ? [{ name, value }] : parts.map((part) => ({ name, value: blankAsEmpty(part) }));
}

function leavesOf(element: Element): EventData {
  const inner = children(element.content);
  return inner.length === 0 ? [{ name: element.name, value: valueOf(element) }] : inner.flatMap(leavesOf);
}

function valueOf(element: Element): string {
  return blankAsEmpty(textIn(element));
}

function blankAsEmpty(text: string): string {
  return text.trim() === '' ? '' : text;
}

const OPEN = '<string>';
const CLOSE = '</string>';

/** python-evtx prints all strings of a classic event into one Data: `<string>a</string>\n<string>b</string>`, escaped. */
function splitStrings(value: string): string[] | null {
  const parts: string[] = [];
  let rest = value.trim();
  while (rest !== '') {
    const close = rest.indexOf(CLOSE);
    if (!rest.startsWith(OPEN) || close < 0) return null;
    parts.push(rest.slice(OPEN.length, close));
    rest = rest.slice(close + CLOSE.length).trimStart();
  }
  return parts.length > 0 ? parts : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
