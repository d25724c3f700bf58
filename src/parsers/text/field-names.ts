/** Fields by the names that a header, a list or an object gives them, in any case. A name that is there twice means its first column. */
export class FieldNames {
  readonly #index = new Map<string, number>();

  constructor(fields: readonly string[]) {
    for (const [index, field] of fields.entries()) {
      const name = field.toLowerCase();
      if (!this.#index.has(name)) this.#index.set(name, index);
    }
  }

  /** The column of the first of these names that the header has, or -1. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const index = this.#index.get(name);
      if (index !== undefined) return index;
    }
    return -1;
  }

  has(...names: readonly string[]): boolean {
    return this.find(...names) >= 0;
  }
}

// A time of capture is whatever the author of the script called it; CreationTime, InstallDate and TimeOfLastStateChange are others.
const TIME_NAMES = [
  'timestamp',
  'datetime',
  'collectedat',
  'capturedat',
  'collectiontime',
  'capturetime',
  'snapshottime',
  'time',
  'date',
];
// PSComputerName is what remoting adds, CSName and SystemName are CIM's, Node is wmic's. All may be empty.
const HOST_NAMES = [
  'hostname',
  'computername',
  'computer',
  'pscomputername',
  'machinename',
  'csname',
  'systemname',
  'node',
];

export function timeColumn(columns: FieldNames): number {
  return columns.find(...TIME_NAMES);
}

export function hostColumn(columns: FieldNames): number {
  return columns.find(...HOST_NAMES);
}
