import { styleText } from 'node:util';
import type { Io, TextOutput } from './io.js';

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text from the evidence, or a path, made harmless for a terminal and for whoever reads it by the line: control characters and
 * direction overrides are shown escaped.
 */
export function terminalText(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal that wants them; NO_COLOR (any value but empty) and a dumb terminal do not. */
export function paintFor(output: TextOutput, env: Io['env']): Paint {
  const wanted = output.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return wanted ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
