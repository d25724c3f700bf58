import { ENCODINGS, type Encoding } from '../../model/encodings.js';
import { withLineFeeds } from './line-ends.js';
import { beginsNarrow, joined, narrowBeginning, narrowed } from './text-widths.js';

/** Decodes bytes in a code page that TextDecoder lacks or gets wrong (Platform.decode). */
type DecodeCodePage = (bytes: Uint8Array, codePage: string) => string;

/** `cmd >` writes the OEM page, editors the Windows one; of pages that read the same words alike the first is taken. */
const CODE_PAGES = ENCODINGS.slice(ENCODINGS.indexOf('cp850'), -1);

/**
 * Words beyond ASCII in what netstat, netsh and tasklist print (titles and the German states); the page that shows most of
 * them is the one. Sources: real captures and quoted output, for the Central European and Turkish tasklist titles memory.
 */
const KNOWN_WORDS: readonly string[] = [
  ...['ABHÖREN', 'Für', 'für', 'Schlüsselwörter'],
  ...['État', 'événement', 'démarrage', 'Numéro', 'Durée', 'mémoire', 'exécution'],
  ...['Dirección', 'exclusión', 'sesión', 'dinámico'],
  ...['Conexões', 'Endereço', 'sessão', 'Número', 'memória', 'início', 'Início', 'dinâmica'],
  ...['Имя', 'Локальный', 'Внешний', 'Состояние', 'подключения', 'Протокол', 'протокол', 'порт', 'памяти', 'образа'],
  ...['활성', '프로토콜', '로컬', '외부', '주소', '상태', '동적', '포트', '이미지', '세션', '메모리'],
  ...['活动连接', '协议', '本地地址', '外部地址', '状态', '端口', '映像名称', '会话', '内存使用', '暂缺'],
  ...['使用中連線', '協定', '本機位址', '外部位址', '狀態', '連接埠', '映像名稱', '工作階段', '記憶體'],
  ...['アクティブ', '接続', 'プロトコル', 'アドレス', '状態', 'ポート', 'イメージ名', 'セッション', 'メモリ'],
  ...['pamięci', 'Użycie', 'Název', 'relace', 'paměti', 'Képnév', 'használat', 'Görüntü', 'Adı', 'Oturum', 'Bellek'],
];

const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;
const UTF16LE_MARK = [0xff, 0xfe] as const;
const UTF16BE_MARK = [0xfe, 0xff] as const;

/**
 * The encoding of a file from its first bytes (up to 64 KiB): byte order mark, NUL pattern, valid UTF-8, known words. Of a text with
 * parts in 8 and in 16 bits it is that of the first.
 */
export function detectEncoding(head: Uint8Array, decode: DecodeCodePage): Encoding {
  if (startsWith(head, UTF8_MARK)) return 'utf-8';
  const wide = utf16Order(head);
  if (wide !== null) return wide;
  const narrow = narrowBeginning(head);
  const { sequences, broken } = countUtf8(narrow);
  if (broken === 0) return sequences === 0 ? 'ascii' : 'utf-8';
  // A single stray byte does not turn a UTF-8 file into another.
  if (sequences > broken * 4) return 'utf-8';
  return bestCodePage(narrow, decode) ?? '8-bit, undecided';
}

/**
 * The encoding that the user gives for a file, unless its bytes show another: a byte order mark, or the NULs that UTF-16 has in every
 * second byte and no other text has at all.
 */
export function givenEncoding(head: Uint8Array, given: Encoding): Encoding | null {
  if (startsWith(head, UTF8_MARK) || utf16Order(head) !== null) return null;
  return isUtf16(given) && !head.includes(0) ? null : given;
}

export function isUtf16(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

/**
 * What parsers work on: UTF-16 becomes UTF-8, also where only some lines are in it, a byte order mark goes, a bare carriage return that
 * ends a line becomes a line feed, everything else passes unchanged.
 * A chunk is valid until the next one is asked for.
 */
export async function* toAsciiCompatible(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncIterable<Uint8Array> {
  yield* withLineFeeds(ofOneWidth(chunks, encoding));
}

function ofOneWidth(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncIterable<Uint8Array> {
  if (encoding === 'utf-16le') return narrowed(withoutMark(chunks, UTF16LE_MARK), encoding);
  if (encoding === 'utf-16be') return narrowed(withoutMark(chunks, UTF16BE_MARK), encoding);
  return narrowed(withoutMark(chunks, UTF8_MARK), 'narrow');
}

/** A decoder for pieces of what `toAsciiCompatible` yields. Bytes that are no text become U+FFFD; it never throws. */
export function decoderFor(encoding: Encoding, decode: DecodeCodePage): (bytes: Uint8Array) => string {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  switch (encoding) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
      return (bytes) => utf8.decode(bytes);
    case 'ascii':
      // Only the head was ASCII: a byte further on may still be of some 8-bit page.
      return (bytes) => {
        const text = utf8.decode(bytes);
        return text.includes('\ufffd') ? decode(bytes, 'windows-1252') : text;
      };
    case '8-bit, undecided':
      return (bytes) => decode(bytes, 'latin1');
    default:
      return (bytes) => decode(bytes, encoding);
  }
}

const MAGIC: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04], // zip, xlsx
  [0x1f, 0x8b], // gzip
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // rar
  [0x4d, 0x53, 0x43, 0x46], // cab
  [0x25, 0x50, 0x44, 0x46], // pdf
  [0x89, 0x50, 0x4e, 0x47], // png
  [0xff, 0xd8, 0xff], // jpeg
  [0x4d, 0x5a, 0x90], // exe, dll
  [0xd0, 0xcf, 0x11, 0xe0], // xls, msi
  [0x72, 0x65, 0x67, 0x66], // registry hive
  [0xd4, 0xc3, 0xb2, 0xa1], // pcap
  [0x0a, 0x0d, 0x0d, 0x0a], // pcapng
];
/** Program code and pictures fall far below; a port table in any language has some letters beyond ASCII in its titles only. */
const TEXT_WITH_NULS_SHARE = 0.9;
/** On the average; what is no text has a line feed in hundreds of bytes by chance. */
const LONGEST_LINE_WITH_NULS = 200;
const EVTX_MAGIC = [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00] as const; // ElfFile

/** Whether the first bytes of a file are no text: a binary event log, or anything else. Null for text, UTF-16 included. */
export function looksBinary(head: Uint8Array): 'evtx' | 'binary' | null {
  if (startsWith(head, EVTX_MAGIC)) return 'evtx';
  if (utf16Order(head) !== null) return null;
  if (MAGIC.some((magic) => startsWith(head, magic))) return 'binary';
  const start = head.subarray(0, 1024);
  // wevtutil ends some of its values, and with them the line, with a NUL.
  const hasNul = start.some((byte, at) => byte === 0 && start[at + 1] !== 0x0d && start[at + 1] !== 0x0a);
  if (hasNul) return binaryWithNuls(head);
  return start.filter(isControl).length > start.length / 20 ? 'binary' : null;
}

/**
 * NULs stand in a text too: a disk that lost its power leaves a run of them, and a part may be in UTF-16. What is left without them is
 * lines of ASCII then.
 */
function binaryWithNuls(head: Uint8Array): 'binary' | null {
  const rest = head.filter((byte) => byte !== 0);
  const lines = rest.filter((byte) => byte === 0x0a).length;
  const ascii = rest.filter((byte) => byte < 0x7f && !isControl(byte)).length;
  const isText =
    lines > 0 && rest.length / lines < LONGEST_LINE_WITH_NULS && ascii >= rest.length * TEXT_WITH_NULS_SHARE;
  return isText ? null : 'binary';
}

function isControl(byte: number): boolean {
  return byte > 0 && byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1a && byte !== 0x1b;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** UTF-16 by its mark, or by NULs in every second byte of the first 4 KiB (text that is mostly ASCII). */
function utf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, UTF16LE_MARK)) return 'utf-16le';
  if (startsWith(head, UTF16BE_MARK)) return 'utf-16be';
  const pairs = Math.min(head.length, 4096) >> 1;
  if (pairs < 4 || beginsNarrow(head)) return null;
  let [even, odd] = [0, 0];
  for (let pair = 0; pair < pairs; pair++) {
    if (head[pair * 2] === 0) even++;
    if (head[pair * 2 + 1] === 0) odd++;
  }
  if (odd > pairs * 0.6 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.6 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

/** Counts multi-byte sequences, and bytes that cannot be UTF-8; a sequence cut by the end of the bytes is neither. */
function countUtf8(bytes: Uint8Array): { sequences: number; broken: number } {
  let [sequences, broken, at] = [0, 0, 0];
  while (at < bytes.length) {
    const lead = bytes[at++] ?? 0;
    if (lead < 0x80) continue;
    let wanted =
      lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    if (wanted === 0) broken++;
    else {
      while (wanted > 0 && at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) [wanted, at] = [wanted - 1, at + 1];
      if (wanted === 0) sequences++;
      else if (at < bytes.length) broken++;
    }
  }
  return { sequences, broken };
}

function bestCodePage(head: Uint8Array, decode: DecodeCodePage): Encoding | null {
  const lines = linesBeyondAscii(head, 16_384);
  let best: { page: Encoding; letters: number } | null = null;
  for (const page of CODE_PAGES) {
    const text = decode(lines, page);
    let letters = 0;
    for (const word of KNOWN_WORDS) if (text.includes(word)) letters += lettersBeyondAscii(word);
    if (letters > (best?.letters ?? 0)) best = { page, letters };
  }
  return best?.page ?? null;
}

function lettersBeyondAscii(word: string): number {
  return Array.from(word).filter((letter) => letter > '\u007f').length;
}

function linesBeyondAscii(head: Uint8Array, most: number): Uint8Array {
  const kept: number[] = [];
  for (let start = 0; start < head.length && kept.length < most;) {
    const newline = head.indexOf(0x0a, start);
    const end = newline < 0 ? head.length : newline + 1;
    const line = head.subarray(start, Math.min(end, start + 1000));
    if (line.some((byte) => byte > 0x7f)) kept.push(...line);
    start = end;
  }
  return Uint8Array.from(kept);
}

async function* withoutMark(chunks: AsyncIterable<Uint8Array>, mark: readonly number[]): AsyncIterable<Uint8Array> {
  let pending: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (pending === null) {
      yield chunk;
      continue;
    }
    const start: Uint8Array = pending.length === 0 ? chunk : joined(pending, chunk);
    if (start.length < mark.length && mark.slice(0, start.length).every((byte, index) => start[index] === byte)) {
      pending = new Uint8Array(start);
      continue;
    }
    pending = null;
    const rest = startsWith(start, mark) ? start.subarray(mark.length) : start;
    if (rest.length > 0) yield rest;
  }
  if (pending !== null && pending.length > 0) yield pending;
}
