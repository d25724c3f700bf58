/** A JSON Schema (draft 2020-12), as plain data. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export const STRING = { type: 'string' };
export const NUMBER = { type: 'number' };
export const BOOLEAN = { type: 'boolean' };
/** A count, a port, a number of bytes or lines. */
export const COUNT = { type: 'integer', minimum: 0 };
export const SHARE = { type: 'number', minimum: 0 };
export const TIME = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' };

/** Every name listed is required; further names are allowed, since the contract grows by adding. */
export function object(properties: Readonly<Record<string, JsonSchema>>, ...alsoIn: JsonSchema[]): JsonSchema {
  const own = { type: 'object', properties, required: Object.keys(properties) };
  return alsoIn.length === 0 ? own : { allOf: alsoIn, ...own };
}

/** The same object with names that may be missing. */
export function withOptional(names: Readonly<Record<string, JsonSchema>>, whole: JsonSchema): JsonSchema {
  const { properties } = whole;
  return { ...whole, properties: { ...(typeof properties === 'object' ? properties : {}), ...names } };
}

export function arrayOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function oneOf(values: readonly string[]): JsonSchema {
  return { enum: [...values] };
}

/** A schema defined once, under `$defs`. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` };
}

/** The same schema with a sentence for its reader. */
export function described(schema: JsonSchema, description: string): JsonSchema {
  return { ...schema, description };
}
