import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow } from './project-files.js';

/** The sentences of a language are in a folder of its own, whose files and exports are the same in every language. */
const LANGUAGES = /^src\/messages\/[^/]+\//;

const FILES = filesBelow('src').filter((file) => file.endsWith('.ts') && !LANGUAGES.test(file));

interface Declared {
  readonly types: readonly string[];
  readonly numbers: readonly string[];
}

/** The exported types of a file, and its constants that hold a number, exported or not. */
function declaredIn(file: string): Declared {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const types: string[] = [];
  const numbers: string[] = [];
  for (const statement of source.statements) {
    const isExported = ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    const isType =
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    if (isType && isExported === true && statement.name !== undefined) types.push(statement.name.text);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const isConstant = ts.isIdentifier(name) && /^[A-Z][A-Z0-9_]*$/.test(name.text);
      if (isConstant && initializer !== undefined && holdsNumber(initializer)) numbers.push(name.text);
    }
  }
  return { types, numbers };
}

/** A number, a calculation with numbers, or a list or record of them. Written in hexadecimal it is the code of a character. */
function holdsNumber(node: ts.Node): boolean {
  if (ts.isNumericLiteral(node)) return !/^0x/i.test(node.getText());
  const isMadeOfNumbers =
    ts.isPrefixUnaryExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isPropertyAssignment(node);
  return isMadeOfNumbers && node.getChildren().some((child) => holdsNumber(child) || isListOfNumbers(child));
}

function isListOfNumbers(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.SyntaxList && node.getChildren().some(holdsNumber);
}

/** Names that stand in more than one file, with the files. */
function standingTwice(namesOf: (file: string) => readonly string[]): Record<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const file of FILES) for (const name of namesOf(file)) files.set(name, [...(files.get(name) ?? []), file]);
  return Object.fromEntries([...files].filter(([, where]) => where.length > 1));
}

describe('no two things of the source have one name:', () => {
  it('files', () => {
    expect(standingTwice((file) => [posix.basename(file)])).toEqual({});
  });

  it('exported types', () => {
    expect(standingTwice((file) => declaredIn(file).types)).toEqual({});
  });

  it('constants that hold a number', () => {
    expect(standingTwice((file) => declaredIn(file).numbers)).toEqual({});
  });
});
