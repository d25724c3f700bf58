import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Platform } from '../model/input.js';

/** Uint8Array's own indexOf is no memchr; Buffer's is, and takes any Uint8Array as its `this`. */
// eslint-disable-next-line @typescript-eslint/unbound-method
const indexOf: (this: Uint8Array, value: number | Uint8Array, from: number) => number = Buffer.alloc(0).indexOf;

/** Code pages by iconv-lite, byte search and hashing by Node. */
export const nodePlatform: Platform = {
  decode: (bytes, codePage) =>
    iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), codePage, { stripBOM: false }),
  indexOfByte: (bytes, byte, from) => indexOf.call(bytes, byte, from),
  indexOf: (bytes, needle, from) => indexOf.call(bytes, needle, from),
  sha256: () => {
    const hash = createHash('sha256');
    return {
      update: (bytes) => void hash.update(bytes),
      hex: () => hash.digest('hex'),
    };
  },
};
