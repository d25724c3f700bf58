// Runs a TypeScript file of this repository: node test/tools/run-typescript.mjs FILE [ARGUMENT…]
import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node test/tools/run-typescript.mjs FILE [ARGUMENT…]');
  process.exit(2);
}
// Inside node_modules, so that packages left out of the bundle are found.
const folder = mkdtempSync(join('node_modules', '.run-typescript-'));
const outfile = join(folder, basename(file).replace(/\.m?ts$/, '.mjs'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
});
process.argv = [process.argv[0], resolve(file), ...rest];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(resolve(outfile)).href);
