import { decodeEntities } from '../event-log/event-entities.js';
import { isRealTime } from '../../model/stamp.js';
import type { FlatObject } from './json-values.js';

const TAG = /<(\/?)([A-Za-z0-9]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>/g;
const NAME = /\sN="([^"]*)"/;
/** `_x000D_`: a character that XML cannot hold. */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;
/** What an object keeps its properties in; the second holds those that a script or Select-Object added. */
const MEMBERS = new Set(['Props', 'MS']);

/**
 * The properties of one `<Obj>` of Export-Clixml: `<U16 N="LocalPort">50101</U16>`. A value that is an object itself, such as a state,
 * is the word its `<ToString>` has.
 */
export function clixmlObject(text: string): FlatObject {
  const names: string[] = [];
  const values: string[] = [];
  const open: { readonly tag: string; readonly name: string | null }[] = [];
  let textFrom = 0;
  for (const match of text.matchAll(TAG)) {
    const [whole, closing = '', tag = '', attributes = '', isEmpty = ''] = match;
    if (closing === '') {
      const name = NAME.exec(attributes)?.[1] ?? null;
      if (isEmpty === '') open.push({ tag, name });
      textFrom = match.index + whole.length;
      continue;
    }
    const value = text.slice(textFrom, match.index);
    const element = open.pop();
    if (element === undefined || element.tag !== tag) break;
    const name = propertyOf(element, open);
    if (name !== null && !names.includes(name)) {
      names.push(name);
      values.push(valueOf(tag, value));
    }
    textFrom = match.index + whole.length;
  }
  return { names, values };
}

/** The name of the property a closed element gives the value of; null for what is nested deeper or has no text. */
function propertyOf(
  element: { readonly tag: string; readonly name: string | null },
  open: readonly { readonly tag: string; readonly name: string | null }[],
): string | null {
  const [parent, grandparent, ...above] = open.toReversed();
  if (element.tag === 'ToString') {
    const isValue = parent?.tag === 'Obj' && MEMBERS.has(grandparent?.tag ?? '') && above.length === 1;
    return isValue ? parent.name : null;
  }
  const isProperty = MEMBERS.has(parent?.tag ?? '') && open.length === 2 && element.tag !== 'Obj';
  return isProperty ? element.name : null;
}

function valueOf(tag: string, text: string): string {
  const value = decodeEntities(text).replace(ESCAPED, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  if (tag !== 'DT') return value;
  return isRealTime(Date.parse(value)) ? value : '';
}
