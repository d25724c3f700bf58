import { UnreadableFileError, type Platform } from '../../model/input.js';
import { largest } from '../../model/extremes.js';
import { grouped } from '../../model/grouped.js';
import type { Source } from '../../model/report-message.js';
import { cut } from '../../model/source-ref.js';
import { decoderFor, toAsciiCompatible } from '../survey/encoding.js';
import { readAgain } from '../survey/reading.js';
import type { FileSurvey } from '../survey/survey-file.js';

const NEWLINE = 0x0a;
/** Longer than any row that is quoted; the quotation is cut at 200 characters anyway. */
const KEPT_BYTES = 2048;

/**
 * Reads the text of the cited rows back from the files: rows are kept as numbers, and only the few that the report cites are
 * needed as text. Each file is read once, as far as its last cited line.
 */
export async function quoteRows(
  sources: readonly Source[],
  files: readonly FileSurvey[],
  platform: Platform,
): Promise<void> {
  const unquoted = sources.filter(({ row, line }) => row === '' && line !== null);
  const byFile = grouped(unquoted.map((source) => [source.file, source] as const));
  for (const file of files) {
    const cited = byFile.get(file.file.path);
    if (cited === undefined || file.recognition.encoding === null) continue;
    const texts = new Map<number, string>();
    await readLines(file, new Set(cited.flatMap(({ line }) => line ?? [])), platform, texts).catch((error: unknown) => {
      if (!(error instanceof UnreadableFileError)) throw error;
    });
    for (const source of cited) source.row = texts.get(source.line ?? 0) ?? '';
  }
}

async function readLines(
  file: FileSurvey,
  wanted: ReadonlySet<number>,
  platform: Platform,
  texts: Map<number, string>,
): Promise<void> {
  const { encoding } = file.recognition;
  if (encoding === null) return;
  const decode = decoderFor(encoding, (bytes, page) => platform.decode(bytes, page));
  const last = largest(wanted);
  let line = 1;
  let kept: Uint8Array[] = [];
  for await (const chunk of toAsciiCompatible(readAgain(file, platform), encoding)) {
    let start = 0;
    while (start < chunk.length && line <= last) {
      const found = platform.indexOfByte(chunk, NEWLINE, start);
      const end = found < 0 ? chunk.length : found;
      if (wanted.has(line)) kept.push(new Uint8Array(chunk.subarray(start, Math.min(end, start + KEPT_BYTES))));
      if (found < 0) break;
      if (wanted.has(line)) texts.set(line, text(kept, decode));
      kept = [];
      line += 1;
      start = found + 1;
    }
    if (line > last) return;
  }
  if (wanted.has(line)) texts.set(line, text(kept, decode));
}

function text(parts: readonly Uint8Array[], decode: (bytes: Uint8Array) => string): string {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return cut(decode(bytes).trim());
}
