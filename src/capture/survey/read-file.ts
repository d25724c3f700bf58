import type { EvidenceFile, Platform } from '../../model/input.js';
import type { FormatParser, ParserContext, RecordSink } from '../../parsers/parser.js';
import { FORMAT_PARSERS } from '../../parsers/formats.js';
import type { ProblemCode } from '../../model/format.js';
import { decoderFor, detectEncoding, looksBinary, toAsciiCompatible, type Encoding } from './encoding.js';

/** Enough to see a header, a title or a first row whatever stands before it. */
const HEAD_BYTES = 65_536;

/** What the first bytes of a file tell: how to decode it and which parser reads it, or why none does. */
export type Recognition =
  | { readonly kind: 'parser'; readonly parser: FormatParser; readonly encoding: Encoding | null }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly encoding: Encoding | null };

/** Looks at the first 64 KiB of a file, never at its name. The encoding is null of what is no text. */
export async function recognise(
  file: EvidenceFile,
  platform: Platform,
  parsers: readonly FormatParser[] = FORMAT_PARSERS,
): Promise<Recognition> {
  const head = await firstBytes(file.open(), Math.min(HEAD_BYTES, file.bytes));
  if (head.length === 0) return { kind: 'refused', code: 'empty-file', encoding: null };
  const ofBytes = parsers.find(
    (candidate) => candidate.takes === 'bytes' && candidate.recognises({ bytes: head, text: '' }),
  );
  if (ofBytes !== undefined) return { kind: 'parser', parser: ofBytes, encoding: null };
  const binary = looksBinary(head);
  if (binary !== null) {
    return { kind: 'refused', code: binary === 'evtx' ? 'binary-evtx' : 'binary-file', encoding: null };
  }
  const encoding = detectEncoding(head, (bytes, page) => platform.decode(bytes, page));
  const bytes = await firstBytes(toAsciiCompatible(once(head), encoding), HEAD_BYTES);
  const text = decoderFor(encoding, (raw, page) => platform.decode(raw, page))(bytes);
  const ofText = parsers.filter(({ takes }) => takes === 'text');
  const parser = ofText.find((candidate) => candidate.recognises({ bytes, text }));
  if (parser !== undefined) return { kind: 'parser', parser, encoding };
  const [why = 'not-recognised'] = ofText.flatMap((candidate) => candidate.refuses?.(text) ?? []);
  return { kind: 'refused', code: why, encoding };
}

/**
 * Runs the bytes of a file through its parser; yields after each chunk so that a caller can take what has been read so far and
 * stop early. Where reading fails the error passes, and the parser is not told that this was the end: half a row is no row.
 */
export async function* parseFile(
  chunks: AsyncIterable<Uint8Array>,
  recognition: Extract<Recognition, { kind: 'parser' }>,
  sink: RecordSink,
  platform: Platform,
): AsyncGenerator<void, void, void> {
  const { parser, encoding } = recognition;
  const context: ParserContext = {
    decode: decoderFor(encoding ?? 'utf-8', (bytes, page) => platform.decode(bytes, page)),
    indexOfByte: (bytes, byte, from) => platform.indexOfByte(bytes, byte, from),
    indexOf: (bytes, needle, from) => platform.indexOf(bytes, needle, from),
  };
  const parsing = parser.start(sink, context);
  for await (const chunk of encoding === null ? chunks : toAsciiCompatible(chunks, encoding)) {
    parsing.push(chunk);
    yield;
  }
  parsing.end();
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const head = new Uint8Array(limit);
  let length = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, limit - length);
    head.set(part, length);
    length += part.length;
    if (length === limit) break;
  }
  return head.subarray(0, length);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
