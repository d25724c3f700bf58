import type { EvidenceFile, Platform } from '../../model/input.js';
import type { FileHead, FormatParser, ParserContext, RecordSink } from '../../parsers/parser.js';
import { FORMAT_PARSERS } from '../../parsers/formats.js';
import type { Format, ProblemCode } from '../../model/format.js';
import type { Encoding } from '../../model/encodings.js';
import { decoderFor, detectEncoding, givenEncoding, isUtf16, looksBinary, toAsciiCompatible } from './encoding.js';
import { kindOfBinary, kindOfText } from './other-files.js';

/** Enough to see a header, a title or a first row whatever stands before it. */
const HEAD_BYTES = 65_536;
/** How far to look where that shows nothing: a script's inventory, or a night of pings, above the first table. */
export const FURTHEST_LOOK_BYTES = 4 * 1024 * 1024;

/** What the first bytes of a file tell: how to decode it and which parser reads it, or why none does. */
export type Recognition =
  | {
      readonly kind: 'parser';
      readonly parser: FormatParser;
      readonly format: Format;
      /** What else the file holds, that this parser does not read. */
      readonly others: readonly Format[];
      readonly encoding: Encoding | null;
    }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly encoding: Encoding | null };

/**
 * Looks at the first bytes of a file, never at its name. The encoding is null of what is no text; `given` is what the user says it is.
 */
export async function recognise(
  file: EvidenceFile,
  platform: Platform,
  parsers: readonly FormatParser[] = FORMAT_PARSERS,
  given: Encoding | null = null,
): Promise<Recognition> {
  const head = await firstBytes(file.open(), Math.min(HEAD_BYTES, file.bytes));
  if (head.length === 0) return { kind: 'refused', code: 'empty-file', encoding: null };
  const ofBytes = knownBy(parsers, 'bytes', { bytes: head, text: '' });
  if (ofBytes !== null) return { kind: 'parser', ...ofBytes, encoding: null };
  const told = given === null ? null : givenEncoding(head, given);
  const binary = looksBinary(head);
  if (binary !== null && (binary === 'evtx' || told === null || !isUtf16(told))) {
    return { kind: 'refused', code: binary === 'evtx' ? 'binary-evtx' : kindOfBinary(head), encoding: null };
  }
  const encoding = told ?? detectEncoding(head, (bytes, page) => platform.decode(bytes, page));
  const decode = decoderFor(encoding, (raw, page) => platform.decode(raw, page));
  let text = '';
  for (const limit of file.bytes > HEAD_BYTES ? [HEAD_BYTES, FURTHEST_LOOK_BYTES] : [HEAD_BYTES]) {
    const source = limit === HEAD_BYTES ? once(head) : file.open();
    const bytes = await firstBytes(toAsciiCompatible(source, encoding), limit);
    text = decode(bytes);
    const known = knownBy(parsers, 'text', { bytes, text });
    if (known !== null) return { kind: 'parser', ...known, encoding };
  }
  const [why] = parsers.flatMap((candidate) => candidate.refuses?.(text) ?? []);
  return { kind: 'refused', code: why ?? kindOfText(text) ?? 'not-recognised', encoding };
}

function knownBy(
  parsers: readonly FormatParser[],
  takes: FormatParser['takes'],
  head: FileHead,
): { readonly parser: FormatParser; readonly format: Format; readonly others: readonly Format[] } | null {
  const knowing = parsers.flatMap((parser) => {
    const format = parser.takes === takes ? parser.recognises(head) : null;
    return format === null ? [] : [{ parser, format }];
  });
  const [first, ...others] = knowing;
  if (first === undefined) return null;
  // What an earlier report quotes is no evidence.
  return { ...first, others: first.format === 'portmortem-report' ? [] : others.map(({ format }) => format) };
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
  const { parser, format, encoding } = recognition;
  const context: ParserContext = {
    decode: decoderFor(encoding ?? 'utf-8', (bytes, page) => platform.decode(bytes, page)),
    indexOfByte: (bytes, byte, from) => platform.indexOfByte(bytes, byte, from),
    indexOf: (bytes, needle, from) => platform.indexOf(bytes, needle, from),
  };
  const parsing = parser.start(sink, context, format);
  for await (const chunk of encoding === null ? chunks : toAsciiCompatible(chunks, encoding)) {
    parsing.push(chunk);
    yield;
  }
  parsing.end();
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  let head = new Uint8Array(Math.min(limit, HEAD_BYTES));
  let length = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, limit - length);
    if (length + part.length > head.length) head = widened(head, Math.min(limit, 2 * (length + part.length)));
    head.set(part, length);
    length += part.length;
    if (length === limit) break;
  }
  return head.subarray(0, length);
}

function widened(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(length);
  wider.set(bytes);
  return wider;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
