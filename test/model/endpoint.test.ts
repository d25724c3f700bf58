import { describe, expect, it } from 'vitest';
import { comparableAddress } from '../../src/model/endpoint.js';

describe('two spellings of one address', () => {
  it.each([
    ['2001:db8::5', '2001:db8:0:0:0:0:0:5'],
    ['2001:DB8:0:0:0:0:0:5', '2001:db8:0:0:0:0:0:5'],
    ['2001:0db8::0005', '2001:db8:0:0:0:0:0:5'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['fe80::1%11', 'fe80:0:0:0:0:0:0:1'],
    ['::ffff:10.0.0.9', '10.0.0.9'],
    ['0:0:0:0:0:ffff:10.0.0.9', '10.0.0.9'],
    ['::FFFF:10.0.0.9', '10.0.0.9'],
    ['10.0.0.9', '10.0.0.9'],
    ['backend.contoso.example', 'backend.contoso.example'],
    ['', ''],
  ])('%s is compared as %s', (address, comparable) => {
    expect(comparableAddress(address)).toBe(comparable);
  });
});
