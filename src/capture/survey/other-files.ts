import type { ProblemCode } from '../../model/format.js';

type Kind = readonly [beginning: string, code: ProblemCode];

/** How files begin that are no text, as bytes read one for one. */
const OF_BYTES: readonly Kind[] = [
  ['\x89PNG', 'image-file'],
  ['\xff\xd8\xff', 'image-file'],
  ['GIF8', 'image-file'],
  ['BM', 'image-file'],
  ['II*\0', 'image-file'],
  ['MM\0*', 'image-file'],
  ['%PDF-', 'pdf-file'],
  ['7z\xbc\xaf', 'archive-file'],
  ['\x1f\x8b', 'archive-file'],
  ['MSCF', 'archive-file'],
  ['Rar!', 'archive-file'],
  ['\xd4\xc3\xb2\xa1', 'packet-capture'],
  ['\xa1\xb2\xc3\xd4', 'packet-capture'],
  ['\x0a\x0d\x0d\x0a', 'packet-capture'],
  ['MDMP', 'memory-dump'],
  ['PAGEDU', 'memory-dump'],
  ['regf', 'registry-hive'],
  ['MZ', 'program-file'],
  ['\x7fELF', 'program-file'],
];
const ZIP = 'PK\x03\x04';
/** What Office wrote before 2007, and Outlook still does: a file system in a file, with names in UTF-16. */
const COMPOUND = '\xd0\xcf\x11\xe0';

const OF_TEXT: readonly (readonly [beginning: RegExp, code: ProblemCode])[] = [
  [/^\s*%PDF-/, 'pdf-file'],
  [/^\s*\{\\rtf/, 'word-document'],
  [/^\s*(?:<!--[^]*?-->\s*)*<(?:!doctype html|html|head|body)\b/i, 'html-page'],
  [/^\s*[[{]\s*(?:"|\{\s*")/, 'json-file'],
  [/^\s*(?:<\?xml\b|<Objs\b)/, 'other-xml'],
];

/** What a file is that is no text, by how it begins; `binary-file` where that tells nothing. */
export function kindOfBinary(head: Uint8Array): ProblemCode {
  const text = [...head.subarray(0, 8)].map((byte) => String.fromCharCode(byte)).join('');
  if (text.startsWith(ZIP)) return kindOfPackage(head);
  if (text.startsWith(COMPOUND)) return kindOfCompound(head);
  return OF_BYTES.find(([beginning]) => text.startsWith(beginning))?.[1] ?? 'binary-file';
}

/** What a text is of which no parser knows a line, by how it begins; null where that tells nothing. */
export function kindOfText(text: string): ProblemCode | null {
  return OF_TEXT.find(([beginning]) => beginning.test(text))?.[1] ?? null;
}

function kindOfPackage(head: Uint8Array): ProblemCode {
  if (holds(head, 'word/')) return 'word-document';
  return holds(head, 'xl/') ? 'workbook' : 'archive-file';
}

function kindOfCompound(head: Uint8Array): ProblemCode {
  if (holds(head, wide('WordDocument'))) return 'word-document';
  if (holds(head, wide('Workbook'))) return 'workbook';
  return holds(head, wide('__substg1.0')) ? 'outlook-mail' : 'binary-file';
}

function wide(text: string): string {
  return text.replace(/(?!^)/g, '\0');
}

function holds(bytes: Uint8Array, text: string): boolean {
  const sought = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(sought[0] ?? 0); at >= 0; at = bytes.indexOf(sought[0] ?? 0, at + 1)) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
