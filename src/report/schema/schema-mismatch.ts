import type { JsonSchema } from './json-schema.js';

/**
 * Where a value first differs from a schema, as a path such as `hosts[0].verdict`, or null where it fits. Knows the keywords that
 * this project's schema uses, but for patterns and bounds: it tells whether a report can be printed, not whether it is right.
 */
export function schemaMismatch(root: JsonSchema, value: unknown): string | null {
  return mismatch({ definitions: recordOf(root['$defs']), schema: root, value, path: '' });
}

interface Place {
  readonly definitions: JsonSchema;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly path: string;
}

function mismatch(place: Place): string | null {
  const { schema, value, path, definitions } = place;
  const { $ref: reference, anyOf, allOf, type } = schema;
  if (typeof reference === 'string') {
    return mismatch({ ...place, schema: recordOf(definitions[reference.replace('#/$defs/', '')]) });
  }
  if ('const' in schema && value !== schema['const']) return path;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return path;
  if (typeof type === 'string' && !isOfType(value, type)) return path;
  const all = Array.isArray(allOf) ? allOf : [];
  for (const part of all) {
    const where = mismatch({ ...place, schema: recordOf(part) });
    if (where !== null) return where;
  }
  const wheres = Array.isArray(anyOf) ? anyOf.map((part) => mismatch({ ...place, schema: recordOf(part) })) : [];
  // The choice that comes furthest says most about what is wrong.
  if (wheres.length > 0 && !wheres.includes(null)) return wheres.reduce((a, b) => ((b ?? '') > (a ?? '') ? b : a));
  return mismatchBelow(place);
}

function mismatchBelow({ definitions, schema, value, path }: Place): string | null {
  const below = (part: unknown, name: string, item: unknown): string | null =>
    mismatch({ definitions, schema: recordOf(part), value: item, path: `${path}${name}` });
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const where = below(schema['items'], `[${String(index)}]`, item);
      if (where !== null) return where;
    }
    return null;
  }
  const members = recordOf(value);
  const properties = recordOf(schema['properties']);
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const name of new Set([...Object.keys(properties), ...Object.keys(members)])) {
    const dot = path === '' ? name : `.${name}`;
    if (!Object.hasOwn(members, name)) {
      if (required.includes(name)) return `${path}${dot}`;
      continue;
    }
    const part = Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'];
    const where = below(part, dot, members[name]);
    if (where !== null) return where;
  }
  return null;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function recordOf(value: unknown): JsonSchema {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
