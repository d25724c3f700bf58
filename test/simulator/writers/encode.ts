export type Encoding = 'ascii' | 'cp850' | 'cp1252' | 'utf-8' | 'utf-8-bom' | 'utf-16le';

/** The letters Windows prints in French and German headings, in code page 850. */
const CP850: Readonly<Record<string, number>> = {
  Ç: 0x80,
  ü: 0x81,
  é: 0x82,
  â: 0x83,
  ä: 0x84,
  à: 0x85,
  ç: 0x87,
  ê: 0x88,
  è: 0x8a,
  î: 0x8c,
  Ä: 0x8e,
  É: 0x90,
  ô: 0x93,
  ö: 0x94,
  ù: 0x97,
  Ö: 0x99,
  Ü: 0x9a,
  ß: 0xe1,
  '\u00a0': 0xff,
};

/** Text with `\n` line ends as the bytes Windows writes: CRLF, a byte order mark where the writer puts one. */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  const crlf = text.replaceAll('\n', '\r\n');
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(crlf);
    case 'utf-8-bom':
      return new TextEncoder().encode(`\ufeff${crlf}`);
    case 'utf-16le': {
      const bytes = new Uint8Array(crlf.length * 2 + 2);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, 0xfeff, true);
      for (let index = 0; index < crlf.length; index++) view.setUint16(index * 2 + 2, crlf.charCodeAt(index), true);
      return bytes;
    }
    case 'ascii':
      // What Export-Csv does by default: anything else becomes a question mark.
      return eightBit(crlf, () => 0x3f);
    case 'cp850':
      return eightBit(crlf, (letter) => CP850[letter]);
    case 'cp1252':
      return eightBit(crlf, (letter) =>
        letter === '\u2019' ? 0x92 : letter.charCodeAt(0) < 256 ? letter.charCodeAt(0) : undefined,
      );
  }
}

function eightBit(text: string, code: (letter: string) => number | undefined): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const byte = unit < 128 ? unit : code(text.charAt(index));
    if (byte === undefined) throw new RangeError(`no byte for ${text.charAt(index)}`);
    bytes[index] = byte;
  }
  return bytes;
}
