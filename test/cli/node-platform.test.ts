import { describe, expect, it } from 'vitest';
import { nodePlatform } from '../../src/cli/node-platform.js';

describe('the platform of Node', () => {
  it('decodes OEM and ANSI code pages by name and keeps a byte order mark', () => {
    expect(nodePlatform.decode(Uint8Array.of(0x41, 0x42, 0x48, 0x99, 0x52, 0x45, 0x4e), 'cp850')).toBe('ABHÖREN');
    expect(nodePlatform.decode(Uint8Array.of(0x80, 0xe9), 'windows-1252')).toBe('€é');
    expect(nodePlatform.decode(Uint8Array.of(0x83, 0x52), 'cp932')).toBe('コ');
  });

  it('decodes only the part of a buffer that it is shown', () => {
    expect(nodePlatform.decode(Uint8Array.of(0x41, 0x42, 0x43).subarray(1, 2), 'cp437')).toBe('B');
  });

  it('finds a byte and a sequence in plain Uint8Arrays from a position on, -1 where there is none', () => {
    const bytes = Uint8Array.of(9, 58, 1, 58, 2).subarray(1);
    expect(nodePlatform.indexOfByte(bytes, 58, 0)).toBe(0);
    expect(nodePlatform.indexOfByte(bytes, 58, 1)).toBe(2);
    expect(nodePlatform.indexOfByte(bytes, 58, 3)).toBe(-1);
    expect(nodePlatform.indexOf(bytes, Uint8Array.of(58, 2), 0)).toBe(2);
    expect(nodePlatform.indexOf(bytes, Uint8Array.of(58, 3), 0)).toBe(-1);
  });

  it('hashes in pieces', () => {
    const hash = nodePlatform.sha256();
    hash.update(Uint8Array.of(0x61));
    hash.update(Uint8Array.of(0x62, 0x63));
    expect(hash.hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
