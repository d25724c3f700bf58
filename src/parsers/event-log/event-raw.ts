// What Splunk keeps of an event in _raw, a field a line and the message last; the time is the first line:
//   03/02/2026 10:41:12 AM
//   LogName=System
//   EventCode=4231
//   SourceName=Tcpip
//   ComputerName=RDSH01.contoso.example
//   RecordNumber=14996
//   Message=A request to allocate …
const PAIR = /^(\w+)=(.*)$/gm;

/** The fields of an event that stands as text in one field; null where it is none. */
export function rawFields(text: string): { readonly names: string[]; readonly values: string[] } | null {
  if (!/^EventCode=\d/m.test(text)) return null;
  const pairs = [...text.matchAll(PAIR)];
  return { names: pairs.map(([, name = '']) => name), values: pairs.map(([, , value = '']) => value.trim()) };
}
