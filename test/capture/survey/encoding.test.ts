import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  decoderFor,
  detectEncoding,
  givenEncoding,
  looksBinary,
  toAsciiCompatible,
} from '../../../src/capture/survey/encoding.js';
import type { Encoding } from '../../../src/model/encodings.js';

const decode = (bytes: Uint8Array, page: string): string => iconv.decode(Buffer.from(bytes), page);
const bytesOf = (text: string, encoding: string): Uint8Array => new Uint8Array(iconv.encode(text, encoding));

async function* inChunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  // One buffer for all chunks, as a reader would use it.
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
  }
}

async function transcoded(bytes: Uint8Array, encoding: Encoding, size = 1000): Promise<string> {
  const out: number[] = [];
  for await (const chunk of toAsciiCompatible(inChunks(bytes, size), encoding)) out.push(...chunk);
  return decoderFor(encoding, decode)(Uint8Array.from(out));
}

describe('detectEncoding', () => {
  it.each([
    ['no bytes', new Uint8Array(0), 'ascii'],
    ['plain ASCII', bytesOf('  TCP    10.0.0.1:49152\r\n', 'ascii'), 'ascii'],
    ['UTF-8 with a mark', bytesOf('\ufeffName\r\n', 'utf8'), 'utf-8'],
    ['UTF-8 without a mark', bytesOf('Aktive Verbindungen ABHÖREN', 'utf8'), 'utf-8'],
    ['UTF-8 cut inside its last character', bytesOf('État', 'utf8').subarray(0, 1), 'ascii'],
    ['UTF-8 with one stray byte', Uint8Array.from([...bytesOf('ÖÖÖÖÖ', 'utf8'), 0x99, 0x41]), 'utf-8'],
    ['UTF-16LE with a mark', bytesOf('\ufeffプロトコル', 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a mark', bytesOf('\ufeffプロトコル', 'utf16-be'), 'utf-16be'],
    ['UTF-16LE without a mark', bytesOf('  TCP    10.0.0.1:49152  ABHÖREN\r\n', 'utf16le'), 'utf-16le'],
    ['UTF-16BE without a mark', bytesOf('  TCP    10.0.0.1:49152  ABHÖREN\r\n', 'utf16-be'), 'utf-16be'],
    ['letters of no known word', bytesOf('Größe Straße', 'cp850'), '8-bit, undecided'],
  ])('tells %s', (_what, bytes, encoding) => {
    expect(detectEncoding(bytes, decode)).toBe(encoding);
  });

  it.each([
    ['  TCP    0.0.0.0:135    0.0.0.0:0    ABHÖREN    1016', 'cp850'],
    ['  TCP    0.0.0.0:135    0.0.0.0:0    ABHÖREN    1016', 'windows-1252'],
    ['  Proto  Adresse locale         Adresse distante       État', 'cp850'],
    ['  Proto  Dirección local          Dirección remota        Estado', 'cp850'],
    ['Conexões ativas\r\n  Proto  Endereço local         Endereço externo', 'cp850'],
    ['Conexões ativas\r\n  Proto  Endereço local         Endereço externo', 'windows-1252'],
    ['Активные подключения\r\n  Имя    Локальный адрес        Внешний адрес', 'cp866'],
    ['Активные подключения\r\n  Имя    Локальный адрес        Внешний адрес', 'windows-1251'],
    ['활성 연결\r\n  프로토콜  로컬 주소              외부 주소', 'cp949'],
    ['活动连接\r\n  协议  本地地址          外部地址        状态', 'cp936'],
    ['使用中連線\r\n  協定   本機位址               外部位址', 'cp950'],
    ['アクティブな接続\r\n  プロトコル  ローカル アドレス      外部アドレス', 'cp932'],
    ['Nazwa obrazu   PID Nazwa sesji   Nr sesji   Użycie pamięci', 'cp852'],
    ['Görüntü Adı   PID Oturum Adı   Bellek', 'cp857'],
  ])('knows the code page of %j in %s by its words', (text, page) => {
    expect(detectEncoding(bytesOf(text, page), decode)).toBe(page);
  });
});

describe('toAsciiCompatible', () => {
  const text = '\ufeffTCP 10.0.0.1 ABHÖREN プロトコル 😀😀 ascii again, long enough\r\n';
  const sizes = [1, 2, 3, 5, 7, 16, 1000];

  it.each(sizes)('turns UTF-16 into UTF-8 without its mark in chunks of %i bytes', async (size) => {
    expect(await transcoded(bytesOf(text, 'utf16le'), 'utf-16le', size)).toBe(text.slice(1));
    expect(await transcoded(bytesOf(text, 'utf16-be'), 'utf-16be', size)).toBe(text.slice(1));
    expect(await transcoded(bytesOf(text.slice(1), 'utf16le'), 'utf-16le', size)).toBe(text.slice(1));
  });

  it.each(sizes)('takes only the mark from UTF-8 in chunks of %i bytes', async (size) => {
    expect(await transcoded(bytesOf(text, 'utf8'), 'utf-8', size)).toBe(text.slice(1));
    expect(await transcoded(bytesOf(text.slice(1), 'utf8'), 'utf-8', size)).toBe(text.slice(1));
  });

  it.each(sizes)('ends lines at a bare CR, and once at CRLF and CRCRLF, in chunks of %i bytes', async (size) => {
    const mixed = 'one\rtwo\r\nthree\r\r\nfour\nfive\r\rseven\r';
    const lines = 'one\ntwo\r\nthree\r\r\nfour\nfive\n\nseven\n';
    expect(await transcoded(bytesOf(mixed, 'ascii'), 'ascii', size)).toBe(lines);
    expect(await transcoded(bytesOf(mixed, 'utf16le'), 'utf-16le', size)).toBe(lines);
  });

  it('keeps a file that is shorter than a mark', async () => {
    expect(await transcoded(Uint8Array.from([0x41]), 'ascii')).toBe('A');
    expect(await transcoded(Uint8Array.from([0xef, 0xbb]), '8-bit, undecided')).toBe('ï»');
  });

  it('keeps the line feed that a tool appended to UTF-16, and drops half a character', async () => {
    const whole = bytesOf('\ufeffTCP\r\n', 'utf16le');
    expect(await transcoded(Uint8Array.from([...whole, 0x0a]), 'utf-16le')).toBe('TCP\r\n\n');
    expect(await transcoded(Uint8Array.from([...whole, 0x41]), 'utf-16le')).toBe('TCP\r\n');
  });

  it('passes 8-bit bytes unchanged for the decoder of the page', async () => {
    const bytes = Uint8Array.from([0x41, 0x42, 0x48, 0x99, 0x52, 0x45, 0x4e]);
    expect(await transcoded(bytes, 'cp850')).toBe('ABHÖREN');
    expect(await transcoded(bytes, '8-bit, undecided')).toBe('ABH\u0099REN');
  });

  it('decodes a byte beyond ASCII that comes after an ASCII head', () => {
    expect(decoderFor('ascii', decode)(Uint8Array.from([0x41, 0xd6]))).toBe('AÖ');
    expect(decoderFor('ascii', decode)(bytesOf('AÖ', 'utf8'))).toBe('AÖ');
  });
});

describe('a text with parts in 8 and in 16 bits', () => {
  const titled = (word: string): string =>
    `\r\n${word}\r\n\r\n  Proto  Local Address\r\n  TCP    192.0.2.5:50101        203.0.113.9:443\r\n`;
  const narrow = (word: string, page = 'ascii'): Uint8Array => bytesOf(titled(word), page);
  const wide = (word: string): Uint8Array => bytesOf(titled(word), 'utf16le');
  const both = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
  const mark = Uint8Array.of(0xff, 0xfe);
  const [first, second, third] = ['Active Connections', 'Active Connections', '活动连接'];

  it.each([1, 2, 3, 16, 33, 64, 100, 1000])('is read whole in chunks of %i bytes', async (size) => {
    const appendedByCmd = both(mark, wide(first), narrow(second), narrow(second), wide(third));
    expect(detectEncoding(appendedByCmd, decode)).toBe('utf-16le');
    expect(await transcoded(appendedByCmd, 'utf-16le', size)).toBe([first, second, second, third].map(titled).join(''));
    const appendedByPowerShell = both(narrow(first), wide(third), narrow(second), mark, wide(first));
    expect(detectEncoding(appendedByPowerShell, decode)).toBe('ascii');
    expect(await transcoded(appendedByPowerShell, 'ascii', size)).toBe(
      [first, third, second, first].map(titled).join(''),
    );
  });

  it('begins in 8 bits after a blank line too', () => {
    expect(detectEncoding(both(bytesOf('\r\n', 'ascii'), wide(first)), decode)).toBe('ascii');
    expect(detectEncoding(both(narrow('Aktive Verbindungen ABHÖREN', 'cp850'), wide('Größe')), decode)).toBe('cp850');
  });

  it('keeps an East Asian title and its rows behind UTF-16', async () => {
    const text = await transcoded(both(mark, wide(first), narrow('活动连接', 'cp936')), 'utf-16le', 50);
    expect(text.match(/TCP {4}192/g)).toHaveLength(2);
  });

  it('takes no letters of UTF-16 for bytes', async () => {
    const text = 'ひらがなばかりのながいぎょうをよむ\n中文一二三刊中文一二三中文一二三中\n\u520a\r\n'.repeat(3);
    for (const size of [2, 31, 32, 1000]) {
      expect(await transcoded(bytesOf(text, 'utf16le'), 'utf-16le', size)).toBe(text);
      expect(await transcoded(bytesOf(text, 'utf16-be'), 'utf-16be', size)).toBe(text);
    }
  });

  it('lets NULs of a text that is in 8 bits be', async () => {
    const text = `\0\0\0\0\0\0${titled(first)}Image: C:\\a.exe\0\r\n\0\0\n${titled(second)}\0\0`;
    for (const size of [1, 7, 1000]) expect(await transcoded(bytesOf(text, 'ascii'), 'ascii', size)).toBe(text);
  });
});

describe('looksBinary', () => {
  it.each([
    ['a binary event log', [...bytesOf('ElfFile\0', 'ascii'), 1, 2], 'evtx'],
    ['a zip archive', [0x50, 0x4b, 3, 4, 20, 0], 'binary'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'binary'],
    ['NULs at the end of lines', [0x41, 0x42, 0x43, 0, 0x0d, 0x0a, 0x41, 0, 0x0a, 0x42], null],
    ['NULs that are not UTF-16', [0x41, 0x42, 0x43, 0, 0, 0, 0, 0, 0, 0, 0, 0], 'binary'],
    [
      'a run of NULs, and no line',
      [...new Array<number>(1024).fill(0), ...bytesOf('SQLite format 3', 'ascii')],
      'binary',
    ],
    [
      'NULs in a text',
      [...new Array<number>(512).fill(0), ...bytesOf('\r\n  TCP    192.0.2.5:50101\0 203.0.113.9:443\r\n', 'ascii')],
      null,
    ],
    [
      'a line in 8 bits above one in UTF-16',
      [...bytesOf('Mon 03/02/2026 10:15\r\n', 'ascii'), ...bytesOf('Active Connections\r\n', 'utf16le')],
      null,
    ],
    ['control characters', [0x41, 1, 2, 3, 0x42], 'binary'],
    ['nothing', [], null],
    ['text', [...bytesOf('TCP\t10.0.0.1\r\n', 'ascii')], null],
    ['UTF-16', [...bytesOf('Active Connections', 'utf16le')], null],
    ['text of an 8-bit page', [...bytesOf('ABHÖREN', 'cp850')], null],
  ])('answers for %s', (_what, bytes, answer) => {
    expect(looksBinary(Uint8Array.from(bytes))).toBe(answer);
  });
});

describe('an encoding that was given', () => {
  it('is taken, but where a mark or NULs show another', () => {
    const given = (bytes: Uint8Array, encoding: Encoding): Encoding | null => givenEncoding(bytes, encoding);
    expect(given(bytesOf('ABHÖREN', 'cp850'), 'windows-1252')).toBe('windows-1252');
    expect(given(bytesOf('ABHÖREN', 'utf8'), 'cp850')).toBe('cp850');
    expect(given(bytesOf('TCP', 'ascii'), 'cp866')).toBe('cp866');
    expect(given(bytesOf('\ufeffTCP', 'utf8'), 'cp850')).toBeNull();
    expect(given(bytesOf('Proto TCP', 'utf16le'), 'cp850')).toBeNull();
    expect(given(bytesOf('TCP', 'ascii'), 'utf-16le')).toBeNull();
    expect(given(bytesOf('プロトコル\r\n', 'utf16le'), 'utf-16le')).toBe('utf-16le');
  });
});
