import { XMLParser } from 'fast-xml-parser';

/** Attributes that are read out or shown. */
const SPOKEN_ATTRIBUTES = ['title', 'aria-label', 'aria-description', 'alt', 'placeholder', 'label', 'summary'];
const TEXT = '#text';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  allowBooleanAttributes: true,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  unpairedTags: ['meta', 'link', 'br'],
  stopNodes: ['*.style'],
});

/**
 * Every text of a page that a reader meets, one entry each, SVG titles and text included; not what stands in `code` nor where
 * nothing is to be translated.
 */
export function spokenParts(html: string): string[] {
  return nodesOf(parser.parse(html.replace(/^<!doctype html>/, '')) as unknown).flatMap(partsOf);
}

/** A node of the parser: its name with what is in it, beside its attributes; a text is a node of its own. */
function partsOf(node: object): string[] {
  const attributes = new Map<string, unknown>(
    Object.entries(node).flatMap(([name, value]) => (name === ATTRIBUTES ? Object.entries(value as object) : [])),
  );
  if (attributes.get('translate') === 'no') return [];
  const own = SPOKEN_ATTRIBUTES.flatMap((name) => attributes.get(name) ?? []).map(String);
  const below = Object.entries(node).flatMap(([name, value]) => {
    if (name === TEXT) return [String(value)];
    return name === ATTRIBUTES || name === 'style' || name === 'code' ? [] : nodesOf(value).flatMap(partsOf);
  });
  return [...own, ...below];
}

function nodesOf(value: unknown): object[] {
  return Array.isArray(value) ? value.filter((one): one is object => typeof one === 'object' && one !== null) : [];
}
