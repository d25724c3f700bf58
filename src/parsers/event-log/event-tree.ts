import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { dataValues } from './event-data.js';
import { decodeEntities } from './event-entities.js';
import type { LogEvent } from '../../model/log-event.js';

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

/** The tree of an event whose tags match and where no `&` stands alone, else null: the parser repairs such text, wrongly. */
export function readWellFormedEvent(text: string): EventTree | null {
  // The Details pane's copy prints `<Security / >`.
  const candidates = text.includes('/ >') ? [text, text.replaceAll('/ >', '/>')] : [text];
  // The validator that comes with the parser; its successor is a package of its own for the same check.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const wellFormed = candidates.find((candidate) => XMLValidator.validate(candidate) === true);
  return wellFormed === undefined ? null : readEventTree(wellFormed);
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
  return dataValues(attribute(element, 'Name') || null, textIn(element));
}

function leavesOf(element: Element): EventData {
  const inner = children(element.content);
  return inner.length === 0 ? dataValues(element.name, textIn(element)) : inner.flatMap(leavesOf);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
