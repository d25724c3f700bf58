/**
 * Characters that show nothing or reorder their neighbours: control characters, format characters (the bidirectional marks and
 * overrides, zero-width characters, tags), separators of lines, and halves of surrogate pairs. Tab and line feed stay.
 */
const INVISIBLE = /[^\P{Cc}\t\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** `exe.cod` with a right-to-left override in front becomes `⟨U+202E⟩exe.cod`: a name cannot pass for another. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
