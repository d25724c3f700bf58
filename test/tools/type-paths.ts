import ts from 'typescript';

/**
 * Every path of an exported type with what stands there, one line each: `hosts[].verdict.incident: null | number`. Optional
 * names carry a `?`, names of a record are `*`.
 */
export function typePaths(file: string, typeName: string): string[] {
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, '.');
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbol = module === undefined ? undefined : checker.tryGetMemberInModuleExports(typeName, module);
  if (symbol === undefined) throw new Error(`${file} exports no ${typeName}`);
  const lines: string[] = [];

  const visit = (type: ts.Type, path: string): void => {
    const kinds = new Set<string>();
    const below: (() => void)[] = [];
    for (const member of type.isUnion() ? type.types : [type]) {
      if (member.flags & ts.TypeFlags.Undefined) continue;
      if (member.flags & ts.TypeFlags.Null) kinds.add('null');
      else if (member.isStringLiteral() || member.isNumberLiteral()) kinds.add(JSON.stringify(member.value));
      else if (member.flags & ts.TypeFlags.BooleanLike) kinds.add('boolean');
      else if (member.flags & ts.TypeFlags.String) kinds.add('string');
      else if (member.flags & ts.TypeFlags.Number) kinds.add('number');
      else if (checker.isArrayType(member) || checker.isTupleType(member)) {
        kinds.add('array');
        const items = checker.getIndexTypeOfType(member, ts.IndexKind.Number);
        if (items !== undefined)
          below.push(() => {
            visit(items, `${path}[]`);
          });
      } else if (member.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
        kinds.add('object');
        const values = checker.getIndexTypeOfType(member, ts.IndexKind.String);
        if (values !== undefined)
          below.push(() => {
            visit(values, `${path}.*`);
          });
        for (const property of checker.getPropertiesOfType(member)) {
          const optional = property.flags & ts.SymbolFlags.Optional ? '?' : '';
          below.push(() => {
            visit(checker.getTypeOfSymbol(property), `${path}.${property.name}${optional}`);
          });
        }
      } else throw new Error(`${path}: ${checker.typeToString(member)} is no JSON`);
    }
    lines.push(`${path}: ${[...kinds].sort().join(' | ')}`);
    for (const go of below) go();
  };
  visit(checker.getDeclaredTypeOfSymbol(symbol), '');
  return [...new Set(lines)].sort();
}
