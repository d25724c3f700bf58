import { describe, expect, it } from 'vitest';
import { visibleText } from '../../../src/render/html/visible-text.js';

describe('visibleText', () => {
  it.each([
    ['a right-to-left override', 'gpj\u202Eexe', 'gpj⟨U+202E⟩exe'],
    ['an isolate', 'a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩'],
    ['a zero-width space', 'svc\u200Bhost', 'svc⟨U+200B⟩host'],
    ['a soft hyphen', 'svc\u00ADhost', 'svc⟨U+00AD⟩host'],
    ['a byte order mark', '\uFEFFa', '⟨U+FEFF⟩a'],
    ['a bell', 'a\u0007', 'a␇'],
    ['an escape sequence', '\u001b[31m', '␛[31m'],
    ['a lone carriage return', 'a\rb', 'a␍b'],
    ['delete and C1 controls', '\u007f\u0085', '⟨U+007F⟩⟨U+0085⟩'],
    ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
    ['half of a surrogate pair', 'a\ud83d', 'a⟨U+D83D⟩'],
    ['a tag character', 'a\u{E0041}', 'a⟨U+E0041⟩'],
  ])('shows %s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('leaves letters of every script, emoji, tabs and line feeds alone', () => {
    const text = 'Dienst-Überwachung\tслужба\nשירות 服务 😀';
    expect(visibleText(text)).toBe(text);
  });

  it('makes a line feed of a Windows line end', () => {
    expect(visibleText('a\r\nb')).toBe('a\nb');
  });
});
