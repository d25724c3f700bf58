import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

const known = new Map<string, readonly string[]>();

/** What a module imports or re-exports, also for its types and by `import()`: project files by path, packages by name. */
export function importsOf(file: string): readonly string[] {
  const imports = known.get(file) ?? readImports(file, 'all');
  known.set(file, imports);
  return imports;
}

/** As `importsOf`, without what is imported for its types only and gone at run time. */
export function runTimeImportsOf(file: string): readonly string[] {
  return readImports(file, 'run time');
}

/** The modules that run before the first line of `file` does, itself among them: imports at run time, but for those by `import()`. */
export function filesLoadedBy(file: string): string[] {
  const loaded = new Set<string>();
  const load = (module: string): void => {
    if (loaded.has(module)) return;
    loaded.add(module);
    if (module.startsWith('src/')) readImports(module, 'start').forEach(load);
  };
  load(file);
  return [...loaded].sort();
}

function readImports(file: string, which: 'all' | 'run time' | 'start'): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      if (which === 'all' || !isForTypesOnly(node)) specifiers.push(textOf(node.moduleSpecifier, file));
    } else if (which !== 'start' && ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      specifiers.push(argument === undefined ? '' : textOf(argument, file));
    } else if (which === 'all' && ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      specifiers.push(textOf(node.argument.literal, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return specifiers.map((specifier) => {
    return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts') : specifier;
  });
}

function isForTypesOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const { importClause } = node;
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function textOf(node: ts.Node, file: string): string {
  if (ts.isStringLiteral(node)) return node.text;
  throw new Error(`${file} imports something that is not written out: ${node.getText()}`);
}
