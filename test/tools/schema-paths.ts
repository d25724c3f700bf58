import type { JsonSchema } from '../../src/report/schema/json-schema.js';

/** The paths that a JSON Schema describes, in the notation of `typePaths`. Knows only the keywords this project's schema uses. */
export function schemaPaths(root: JsonSchema): string[] {
  const definitions = isSchema(root['$defs']) ? root['$defs'] : {};
  const lines: string[] = [];

  const visit = (schema: unknown, path: string): void => {
    const kinds = new Set<string>();
    const below: (() => void)[] = [];
    const collect = (part: unknown): void => {
      if (!isSchema(part)) throw new Error(`${path}: no schema`);
      if (typeof part['$ref'] === 'string') {
        collect(definitions[part['$ref'].replace('#/$defs/', '')]);
        return;
      }
      for (const list of [part['anyOf'], part['allOf']]) if (Array.isArray(list)) list.forEach(collect);
      if ('const' in part) kinds.add(JSON.stringify(part['const']));
      if (Array.isArray(part['enum'])) for (const value of part['enum']) kinds.add(JSON.stringify(value));
      const types: unknown[] = Array.isArray(part['type']) ? part['type'] : [part['type']];
      for (const type of types) if (typeof type === 'string') kinds.add(type === 'integer' ? 'number' : type);
      if (isSchema(part['items']))
        below.push(() => {
          visit(part['items'], `${path}[]`);
        });
      if (isSchema(part['additionalProperties']))
        below.push(() => {
          visit(part['additionalProperties'], `${path}.*`);
        });
      const required: unknown[] = Array.isArray(part['required']) ? part['required'] : [];
      for (const [name, property] of Object.entries(isSchema(part['properties']) ? part['properties'] : {})) {
        below.push(() => {
          visit(property, `${path}.${name}${required.includes(name) ? '' : '?'}`);
        });
      }
    };
    collect(schema);
    lines.push(`${path}: ${[...kinds].sort().join(' | ')}`);
    for (const go of below) go();
  };
  visit(root, '');
  return [...new Set(lines)].sort();
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
