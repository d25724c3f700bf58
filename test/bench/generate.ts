// Writes a big input to disk, piece by piece:
//   node test/tools/run-typescript.mjs test/bench/generate.ts KIND MEGABYTES FILE [SEED]
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { connectionCsvPieces, netstatPieces, systemLogPieces } from './big-inputs.js';

const KINDS = { 'event-xml': systemLogPieces, netstat: netstatPieces, 'connection-csv': connectionCsvPieces } as const;

const [kind = '', megabytes = '', file = '', seed = '1'] = process.argv.slice(2);
const pieces = Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : undefined;
const wanted = Number(megabytes) * 1_000_000;
if (pieces === undefined || !(wanted > 0) || file === '') {
  console.error(`usage: generate.ts ${Object.keys(KINDS).join('|')} MEGABYTES FILE [SEED]`);
  process.exit(2);
}
const out = createWriteStream(file);
let bytes = 0;
for (const piece of pieces(Number(seed), wanted)) {
  bytes += Buffer.byteLength(piece);
  if (!out.write(piece)) await once(out, 'drain');
}
out.end();
await once(out, 'finish');
console.log(`${file}: ${String(bytes)} bytes of ${kind}, seed ${seed}`);
