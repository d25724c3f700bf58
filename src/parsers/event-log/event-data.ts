import { decodeEntities } from './event-entities.js';
import type { LogEvent } from '../../model/log-event.js';

/** What follows the header of an ordinary event. */
export interface PlainEventData {
  readonly data: LogEvent['data'];
  /** RenderingInfo's Culture, empty where there is none. */
  readonly culture: string;
}

const START = /\s*<EventData(?: Name=(?:'[^'<&]*'|"[^"<&]*"))?\s*(\/?)>\s*/y;
const CHILD =
  /<(?:Data(?:\s+Name=(?:'([^'<&]*)'|"([^"<&]*)"))?\s*(?:\/>|>([^<]*)<\/Data>)|Binary(?:\s*\/>|>[^<&]*<\/Binary>))\s*/y;
const STRAY_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;
const END = /<\/EventData>\s*/y;
const AFTER = /\s*(?:<\/Event\s*>$|<RenderingInfo Culture=(?:'([^'<&]*)'|"([^"<&]*)"))/y;

/**
 * Reads EventData where it is as plain as in nearly every event: Data and Binary, no comments, CDATA or UserData. `text` begins
 * behind `</System>`. Null leaves the event to the XML parser, which takes a hundred times as long.
 */
export function readPlainEventData(text: string): PlainEventData | null {
  START.lastIndex = 0;
  const start = START.exec(text);
  if (start === null) return null;
  let at = START.lastIndex;
  const data: { name: string | null; value: string }[] = [];
  if (start[1] === '') {
    for (;;) {
      CHILD.lastIndex = at;
      const child = CHILD.exec(text);
      if (child === null) break;
      at = CHILD.lastIndex;
      if (STRAY_AMPERSAND.test(child[3] ?? '')) return null;
      if (child[0].startsWith('<Data')) data.push({ name: child[1] || child[2] || null, value: child[3] ?? '' });
    }
    END.lastIndex = at;
    if (!END.test(text)) return null;
    at = END.lastIndex;
  }
  AFTER.lastIndex = at;
  const after = AFTER.exec(text);
  if (after === null) return null;
  return {
    data: data.flatMap(({ name, value }) => dataValues(name, decodeEntities(value))),
    culture: after[1] ?? after[2] ?? '',
  };
}

const OPEN = '<string>';
const CLOSE = '</string>';

/**
 * The values of one Data. Whitespace alone counts as empty. python-evtx prints all strings of a classic event into one Data,
 * `<string>a</string>\n<string>b</string>` in escaped form: they become several.
 */
export function dataValues(name: string | null, value: string): { name: string | null; value: string }[] {
  const parts = name === null && value.includes(OPEN) ? splitStrings(value) : null;
  return (parts ?? [value]).map((part) => ({ name, value: part.trim() === '' ? '' : part }));
}

function splitStrings(value: string): string[] | null {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(value.charAt(at))) at++;
    if (at === value.length) return parts;
    const close = value.indexOf(CLOSE, at);
    if (!value.startsWith(OPEN, at) || close < 0) return null;
    parts.push(value.slice(at + OPEN.length, close));
    at = close + CLOSE.length;
  }
}
