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

// PS C:\> Get-NetTCPConnection | ft LocalAddress,LocalPort,State,OwningProcess -AutoSize
// The table has LocalAddress, LocalPort, State and OwningProcess.
const PROPERTY = /^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/;
const WORD_OF_A_COMMAND = /^(?:\||ft|fl|select|Select-Object|Format-(?:Table|List)|Get-[A-Za-z]+|-[A-Za-z]+)$/i;

/**
 * True where names of columns stand in a command line or in a sentence, and not in a heading: the first or the last has other words
 * around it. Titles of several words are no names of properties.
 */
export function isAmongWords(fields: readonly string[]): boolean {
  return fields.some((field) => {
    // Azure Monitor: `TimeGenerated [UTC]`.
    const words = field.split(/\s+/).filter((word) => !/^[[(].*[\])]$/.test(word));
    return words.length > 1 && words.some((word) => PROPERTY.test(word) || WORD_OF_A_COMMAND.test(word));
  });
}

/** None where csv-parse refuses the text. Quotes inside a bare field are text. */
function csvFields(text: string, delimiter: Delimiter): string[][] {
  try {
    return parse(text, { columns: false, delimiter, relax_quotes: true, relax_column_count: true });
  } catch {
    return [];
  }
}
