import { parse } from 'csv-parse/browser/esm/sync';

const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface SplitLine {
  readonly delimiter: Delimiter;
  readonly fields: readonly string[];
}

/** A line's fields by the delimiter it has most of outside quotes; a comma for a line without any. */
export function splitLine(text: string): SplitLine {
  const bare = text.replace(/"[^"]*"/g, '');
  let [delimiter, most]: [Delimiter, number] = [',', 0];
  for (const candidate of DELIMITERS) {
    const count = bare.split(candidate).length - 1;
    if (count > most) [delimiter, most] = [candidate, count];
  }
  if (most === 0 && !text.includes('"')) return { delimiter, fields: [text.trim()] };
  const [fields = []] = csvFields(text.trim(), delimiter);
  return { delimiter, fields: fields.map((field) => field.trim()) };
}

/** None where csv-parse refuses the text. Quotes inside a bare field are text. */
function csvFields(text: string, delimiter: Delimiter): string[][] {
  try {
    return parse(text, { columns: false, delimiter, relax_quotes: true, relax_column_count: true });
  } catch {
    return [];
  }
}
