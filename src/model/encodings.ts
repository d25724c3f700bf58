/** As shown in the report. `8-bit, undecided`: not UTF-8, and no known word tells the code page; letters beyond ASCII may be wrong. */
export const ENCODINGS = [
  'ascii',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'cp850',
  'cp437',
  'windows-1252',
  'cp852',
  'windows-1250',
  'cp866',
  'windows-1251',
  'cp857',
  'windows-1254',
  'cp932',
  'cp936',
  'cp949',
  'cp950',
  '8-bit, undecided',
] as const;
export type Encoding = (typeof ENCODINGS)[number];
