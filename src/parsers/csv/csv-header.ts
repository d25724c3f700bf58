import { FieldNames } from '../text/field-names.js';
import { isAmongWords, splitLine, type Delimiter } from './csv-line.js';

/** Lines that may stand before a header: `#TYPE`, a prompt, a time, blank lines. */
const MAX_LINES_BEFORE_HEADER = 50;

/** The first line of a text that `accept` takes for a header, with the lines after it. */
export function findHeader(
  text: string,
  accept: (columns: FieldNames, fields: readonly string[]) => boolean,
): { fields: readonly string[]; delimiter: Delimiter; rowsBelow: readonly string[] } | null {
  const lines = text.split('\n', MAX_LINES_BEFORE_HEADER + 20);
  for (const [index, line] of lines.slice(0, MAX_LINES_BEFORE_HEADER).entries()) {
    // A line without any delimiter names one column at most.
    if (line.length > 16_384 || !/[,;\t]/.test(line)) continue;
    const { delimiter, fields } = splitLine(line);
    if (isAmongWords(fields)) continue;
    if (accept(new FieldNames(fields), fields)) return { fields, delimiter, rowsBelow: lines.slice(index + 1) };
  }
  return null;
}
