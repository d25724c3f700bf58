import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { importsOf, runTimeImportsOf } from './imports-of.js';
import { filesBelow } from './project-files.js';

/** Who makes sentences of messages, and the copy that has them. */
const SPEAKERS = /^src\/(?:messages\/|render\/report-document\.ts$)/;
/** Those who may ask for a sentence. */
const RENDERINGS = /^src\/(?:messages\/|render\/|cli\/|index\.ts$)/;

/** Of a message; nothing else has all of them. */
const PARTS: readonly string[] = ['id', 'params', 'text'];

const files = filesBelow('src').filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'));

/** Every place where something looks into a message: its id, its parameters or the sentence saved with it. */
function looksIntoMessages(): string[] {
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, '.');
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const isMessage = (type: ts.Type): boolean => {
    const members = type.isUnion() ? type.types : [type];
    return members.some((one) => PARTS.every((name) => one.getProperty(name) !== undefined));
  };
  const found: string[] = [];
  for (const file of files.filter((name) => !SPEAKERS.test(name))) {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} is no part of the program`);
    const visit = (node: ts.Node): void => {
      const looked = lookedInto(node);
      if (looked !== null && isMessage(checker.getTypeAtLocation(looked))) found.push(`${file}: ${node.getText()}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** What a node takes a part of a message from, if it is one: `this.id`, `this['id']`, `{ id }`. */
function lookedInto(node: ts.Node): ts.Node | null {
  if (ts.isPropertyAccessExpression(node)) return PARTS.includes(node.name.text) ? node.expression : null;
  if (ts.isElementAccessExpression(node)) return node.expression;
  if (!ts.isObjectBindingPattern(node)) return null;
  const names = node.elements.map(({ name, propertyName }) => (propertyName ?? name).getText());
  return names.some((name) => PARTS.includes(name)) ? node : null;
}

describe('words come last', () => {
  it('nobody but those who say it looks into a message, so that nothing is grouped, sorted or decided by one', () => {
    expect(looksIntoMessages()).toEqual([]);
  }, 120_000);

  it('only renderings, the command line and the public face ask for sentences', () => {
    const asking = files.filter((file) =>
      importsOf(file).some((target) => /^src\/messages\/(?:phrase|languages)\.ts$/.test(target)),
    );
    expect(asking.length).toBeGreaterThan(0);
    expect(asking.filter((file) => !RENDERINGS.test(file))).toEqual([]);
  });

  it('saying a message brings no sentence along', () => {
    expect(runTimeImportsOf('src/messages/say.ts')).toEqual([]);
  });
});
