import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { pageView } from '../../../src/render/html/view/page-view.js';
import { languageOf } from '../../../src/messages/languages.js';
import { samples } from '../../report/samples/samples.js';

/** What the views of all samples have in common: the union of keys, and of the elements of lists. */
interface Shape {
  readonly keys: Map<string, Shape>;
  readonly elements: Shape | null;
  readonly used: { paths: boolean };
}

function shapeOf(values: readonly unknown[]): Shape {
  const keys = new Map<string, Shape>();
  const objects = values.filter(
    (value): value is object => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  for (const name of new Set(objects.flatMap((value) => Object.keys(value)))) {
    keys.set(
      name,
      shapeOf(objects.flatMap((value) => (Object.hasOwn(value, name) ? [Reflect.get(value, name) as unknown] : []))),
    );
  }
  const lists = values.filter((value) => Array.isArray(value));
  return { keys, elements: lists.length === 0 ? null : shapeOf(lists.flat()), used: { paths: false } };
}

const folder = new URL('../../../templates/', import.meta.url);
const partials = new Map(
  readdirSync(new URL('partials/', folder)).map((name) => [
    name.replace('.hbs', ''),
    Handlebars.parse(readFileSync(new URL(`partials/${name}`, folder), 'utf8')),
  ]),
);
const page = Handlebars.parse(readFileSync(new URL('report.hbs', folder), 'utf8'));

/** Follows every path of the templates from the root of the view; returns the paths that lead nowhere. */
function walk(root: Shape): { broken: string[]; printed: Set<string> } {
  const broken: string[] = [];
  const printed = new Set<string>();

  function resolve(expression: hbs.AST.Expression, contexts: readonly Shape[], where: string): Shape | null {
    if (!isPath(expression)) return null;
    let shape: Shape | undefined = expression.data ? root : contexts.at(-1 - expression.depth);
    const parts = expression.data ? expression.parts.slice(1) : expression.parts;
    if (shape !== undefined) shape.used.paths = true;
    for (const part of parts) {
      shape = shape?.keys.get(part);
      if (shape !== undefined) shape.used.paths = true;
    }
    if (shape === undefined) broken.push(`${where}: ${expression.original}`);
    return shape ?? null;
  }

  function body(program: hbs.AST.Program | undefined, contexts: readonly Shape[], where: string): void {
    for (const statement of program?.body ?? []) visit(statement, contexts, where);
  }

  function visit(statement: hbs.AST.Statement, contexts: readonly Shape[], where: string): void {
    if (isMustache(statement)) {
      if (!statement.escaped) broken.push(`${where}: unescaped`);
      resolve(statement.path, contexts, where);
    } else if (isBlock(statement)) {
      const [subject] = statement.params;
      const shape = subject === undefined ? null : resolve(subject, contexts, where);
      const each = isPath(statement.path) && statement.path.original === 'each';
      if (each && shape !== null && shape.elements === null) broken.push(`${where}: each over what is no list`);
      body(statement.program, each ? [...contexts, shape?.elements ?? empty] : contexts, where);
      body(statement.inverse, contexts, where);
    } else if (isPartial(statement)) {
      const name = isPath(statement.name) ? statement.name.original : '';
      const program = partials.get(name);
      if (program === undefined) {
        broken.push(`${where}: no partial ${name}`);
        return;
      }
      printed.add(name);
      const [given] = statement.params;
      const context = given === undefined ? contexts.at(-1) : resolve(given, contexts, where);
      const extra = (statement.hash as hbs.AST.Hash | undefined)?.pairs ?? [];
      const keys = new Map(context?.keys);
      for (const pair of extra) {
        const value = resolve(pair.value, contexts, where);
        if (value !== null) keys.set(pair.key, value);
      }
      body(program, [{ keys, elements: context?.elements ?? null, used: { paths: true } }], name);
    }
  }

  body(page, [root], 'report');
  return { broken, printed };
}

const empty: Shape = { keys: new Map(), elements: null, used: { paths: false } };

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}
function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}
function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}
function isPartial(node: hbs.AST.Node): node is hbs.AST.PartialStatement {
  return node.type === 'PartialStatement';
}

/** Keys of the view that no template reads, as dotted paths; words are left out, other code uses them too. */
function unread(shape: Shape, path: string): string[] {
  return [...shape.keys].flatMap(([name, child]) => {
    if (path === '' && name === 'words') return [];
    const here = path === '' ? name : `${path}.${name}`;
    const below = [...unread(child, here), ...(child.elements === null ? [] : unread(child.elements, `${here}[]`))];
    return child.used.paths ? below : [here];
  });
}

describe('the templates and the view', () => {
  const root = shapeOf(Object.values(samples).map((make) => pageView(make(), languageOf('en'))));
  const { broken, printed } = walk(root);

  it('leads every path of a template to something in the view, and escapes it', () => {
    expect([...new Set(broken)]).toEqual([]);
  });

  it('uses every partial', () => {
    expect([...partials.keys()].filter((name) => !printed.has(name))).toEqual([]);
  });

  it('finds a misspelt list', () => {
    const host = root.keys.get('hosts')?.elements;
    const renamed = host?.keys.get('hypotheses');
    if (host === undefined || host === null || renamed === undefined)
      throw new Error('the view has hosts with hypotheses');
    host.keys.delete('hypotheses');
    expect(walk(root).broken).toContain('hypotheses: hypotheses');
    host.keys.set('hypotheses', renamed);
  });

  it('prints every part of the view', () => {
    expect(unread(root, '')).toEqual([]);
  });
});
