/** A record as Export-Csv writes it: every value quoted, a missing one left empty. */
export function csvRecord(values: readonly (string | null)[], delimiter: ',' | ';'): string {
  return values.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(delimiter);
}
