import type { ParserContext, RecordSink } from '../parser.js';
import { FieldNames } from '../text/field-names.js';
import { fieldsOf, type FieldRecord } from '../text/field-record.js';
import type { RecordReader } from '../text/record-reader.js';
import { isPortSetting, RegistryKey, type RegistryValue } from './registry-key.js';

// DataBasePath      : C:\Windows\System32\drivers\etc
// NV Hostname       : RDSH01
// MaxUserPort       : 65534
// PSPath            : Microsoft.PowerShell.Core\Registry::HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters
// PSParentPath      : Microsoft.PowerShell.Core\Registry::HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip
// PSChildName       : Parameters
// PSDrive           : HKLM
// PSProvider        : Microsoft.PowerShell.Core\Registry
const PROVIDER = /^(?:.*::)?(?=HKEY_)/i;
const OF_POWERSHELL = /^PS(?:Path|ParentPath|ChildName|Drive|Provider|ComputerName)$/i;
/** A dword is printed as a number with a sign. */
const DWORD = /^-?\d{1,10}$/;
const DWORD_VALUES = 2 ** 32;

/** Reads what `Get-ItemProperty` shows of a registry key: the values as properties, in decimal, and where they stand. */
export class ItemPropertyRecords implements RecordReader {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  #names: readonly string[] = [];
  #path = -1;
  #keyOfCommand: string | null = null;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
  }

  accepts(names: readonly string[]): boolean {
    return new FieldNames(names).has('pspath') || (this.#keyOfCommand !== null && names.some(isPortSetting));
  }

  header(names: readonly string[]): void {
    this.#names = names;
    this.#path = new FieldNames(names).find('pspath');
  }

  /** The key that a command line above the records names. */
  ofKey(key: string | null): void {
    this.#keyOfCommand = key;
  }

  record(record: FieldRecord, lineOf: (field: number) => number = () => record.line): void {
    const values = fieldsOf(record, this.#context);
    const path = this.#path < 0 ? this.#keyOfCommand : (values[this.#path] ?? '').replace(PROVIDER, '');
    if (path === null) return;
    const key = new RegistryKey(this.#sink, path, record.line, path);
    if (!key.matters) return;
    for (const [index, text] of values.entries()) {
      const name = this.#names[index] ?? '';
      // A value that was asked for and is not there is printed as nothing.
      if (text === '' || OF_POWERSHELL.test(name)) continue;
      if (this.#path >= 0 || isPortSetting(name)) key.addRegistryValue(valueOf(name, text, lineOf(index)));
    }
  }
}

function valueOf(name: string, text: string, line: number): RegistryValue {
  const value = DWORD.test(text) ? (Number(text) + DWORD_VALUES) % DWORD_VALUES : null;
  const type = value !== null ? 'REG_DWORD' : /^\{.*\}$/.test(text) ? 'REG_MULTI_SZ' : 'REG_SZ';
  return { name, type, value, line, text: `${name} : ${text}` };
}
