// Turns the Handlebars templates and the stylesheet into src/render/html/templates.generated.ts: the page needs no compiler, no
// file and no eval at run time. The stylesheet is put into the template here, with its hash in the content security policy,
// so that no template prints anything unescaped.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const folder = fileURLToPath(new URL('.', import.meta.url));
const target = fileURLToPath(new URL('../src/render/html/templates.generated.ts', import.meta.url));

/** Comments and indentation out; what is left is the text between <style> and </style>, byte by byte. */
function smaller(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

const read = (path) => readFileSync(path, 'utf8').replace(/\r\n/g, '\n');
const stylesheet = smaller(read(join(folder, 'report.css')));
if (/<\/style|\{\{/i.test(stylesheet)) throw new Error('report.css must not end its element nor look like a template');
const styleHash = `sha256-${createHash('sha256').update(stylesheet).digest('base64')}`;

// No text of the page keeps the indentation of its template; <pre> has none to lose.
const source = (path) =>
  read(path)
    .replace(/\n\s*/g, '\n')
    .replaceAll('%STYLESHEET%', () => stylesheet)
    .replaceAll('%STYLE_HASH%', styleHash);

const compiled = (path) =>
  Handlebars.precompile(source(path), {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });

const partialsFolder = join(folder, 'partials');
const partials = readdirSync(partialsFolder)
  .filter((name) => name.endsWith('.hbs'))
  .sort()
  .map((name) => `  ${JSON.stringify(basename(name, '.hbs'))}: ${compiled(join(partialsFolder, name))},`);

writeFileSync(
  target,
  `// Made by templates/precompile.mjs; do not edit.
// @ts-nocheck
export const page: object = ${compiled(join(folder, 'report.hbs'))};

export const partials: Readonly<Record<string, object>> = {
${partials.join('\n')}
};
`,
);
