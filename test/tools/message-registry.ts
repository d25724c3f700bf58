import ts from 'typescript';

/**
 * Every message with its parameters as the English sentences take them, one line each: `action.range.why`, then
 * `action.range.why sustains: null` for each kind a parameter may have. What is added adds lines, and nothing else changes.
 */
export function messageRegistry(file = 'src/messages/english/sentences.ts', name = 'sentences'): string[] {
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const program = ts.createProgram([file], ts.parseJsonConfigFileContent(config.config, ts.sys, '.').options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const sentences = module === undefined ? undefined : checker.tryGetMemberInModuleExports(name, module);
  if (sentences === undefined) throw new Error(`${file} exports no ${name}`);

  const paramLines = (id: string, params: ts.Type): string[] =>
    membersOf(params).flatMap((member) =>
      checker.getPropertiesOfType(member).flatMap((param) => {
        const optional = param.flags & ts.SymbolFlags.Optional ? '?' : '';
        return membersOf(checker.getTypeOfSymbol(param))
          .filter((kind) => !(kind.flags & ts.TypeFlags.Undefined))
          .map((kind) => `${id} ${param.name}${optional}: ${kindOf(checker, kind)}`);
      }),
    );
  const lines = checker.getPropertiesOfType(checker.getTypeOfSymbol(sentences)).flatMap((sentence) => {
    const [signature] = checker.getTypeOfSymbol(sentence).getCallSignatures();
    if (signature === undefined) throw new Error(`${sentence.name} is no sentence`);
    const [params] = signature.parameters;
    return [sentence.name, ...(params === undefined ? [] : paramLines(sentence.name, checker.getTypeOfSymbol(params)))];
  });
  return [...new Set(lines)].sort();
}

function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function kindOf(checker: ts.TypeChecker, type: ts.Type): string {
  // Both literals of a boolean are one kind.
  if (type.flags & ts.TypeFlags.BooleanLike) return 'boolean';
  const text = checker.typeToString(type);
  if (type.isStringLiteral() || ['null', 'string', 'number', 'Estimate'].includes(text)) return text;
  if (checker.isArrayType(type)) return `${text.replace(/^readonly /, '').replace(/\[\]$/, '')}[]`;
  throw new Error(`${text} is no parameter of a message`);
}
