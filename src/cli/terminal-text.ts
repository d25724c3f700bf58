import { styleText } from 'node:util';
import type { Io, TextOutput } from './io.js';

/** Text from the evidence, made harmless for a terminal: control characters and direction overrides become `?`. */
export function terminalText(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '?');
}

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal that wants them; NO_COLOR (any value but empty) and a dumb terminal do not. */
export function paintFor(output: TextOutput, env: Io['env']): Paint {
  const wanted = output.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return wanted ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
