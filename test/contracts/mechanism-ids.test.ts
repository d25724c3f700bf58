import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { MECHANISMS } from '../../src/model/report-judgement.js';
import { filesBelow } from './project-files.js';

/** Rooms that name mechanisms: the ids, the records, and the words for them. */
const NAMING = ['src/model/', 'src/mechanisms/', 'src/messages/'];

function found(file: string, matches: (node: ts.Node) => boolean): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (matches(node)) places.push(`${file}:${String(line + 1)} ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

describe('what the program knows of a mechanism', () => {
  const files = filesBelow('src').filter(
    (file) => file.endsWith('.ts') && !NAMING.some((room) => file.startsWith(room)),
  );

  it('stands in its record: no id of one is a literal, of a value or a type, outside model, mechanisms and messages', () => {
    const ids: readonly string[] = MECHANISMS;
    const literals = files.flatMap((file) =>
      found(file, (node) => ts.isStringLiteralLike(node) && ids.includes(node.text)),
    );
    expect(literals).toEqual([]);
  });

  it('is handed on: the list of records is read by the analysis alone', () => {
    const readers = files.filter(
      (file) => found(file, (node) => ts.isIdentifier(node) && node.text === 'MECHANISM_RECORDS').length > 0,
    );
    expect(readers).toEqual(['src/analyze.ts']);
  });
});
