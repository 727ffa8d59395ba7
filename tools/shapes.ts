import { resolve } from 'node:path';
import * as ts from 'typescript';
import { REPOSITORY } from './repository';

const INDEX = resolve(REPOSITORY, 'src/index.ts');

/** Stands for any other property. */
const ANY_OTHER = '*';

/** What the tables hold, by the names of the public types. */
interface Shapes {
  readonly entries: Map<string, Array<[string, string]>>;
  readonly structs: Map<string, Array<[string, string]>>;
  readonly enums: Map<string, Array<string | number>>;
  readonly classes: Map<string, string[]>;
  /** How an instance is made, by its class. */
  readonly makers: Map<string, string[]>;
  readonly interfaces: Map<string, string[]>;
}

/** Reads the shapes of everything public off the types. */
class Describer {
  private readonly program = ts.createProgram([INDEX], { ...compilerOptions(), noEmit: true });
  private readonly checker = this.program.getTypeChecker();
  private readonly shapes: Shapes = { entries: new Map(), structs: new Map(), enums: new Map(), classes: new Map(), makers: new Map(), interfaces: new Map() };
  private readonly used = this.usedMembers();

  public describe(): Shapes {
    const index = this.checker.getSymbolAtLocation(this.program.getSourceFile(INDEX)!)!;
    for (const exported of this.checker.getExportsOfModule(index)) {
      const declaration = exported.valueDeclaration;
      if (declaration && ts.isClassDeclaration(declaration)) {
        this.addEntries(exported.name, declaration);
        this.shapes.makers.set(exported.name, makersOf(exported.name, declaration));
      }
    }
    return this.shapes;
  }

  private addEntries(name: string, declaration: ts.ClassDeclaration): void {
    for (const member of declaration.members) {
      const flags = ts.getCombinedModifierFlags(member);
      if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Abstract) || isInternal(member)) { continue; }
      if (ts.isConstructorDeclaration(member)) { this.addEntry(name, member); }
      if (ts.isMethodDeclaration(member)) {
        this.addEntry(`${name}${flags & ts.ModifierFlags.Static ? '.' : '#'}${member.name.getText()}`, member);
      }
    }
  }

  private addEntry(name: string, { parameters }: ts.SignatureDeclaration): void {
    if (parameters.length === 0) { return; }
    this.shapes.entries.set(name, parameters.map((parameter) => {
      const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
      const name = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options';
      return [name + (isOptional ? '?' : ''), this.shapeOf(this.checker.getTypeAtLocation(parameter))];
    }));
  }

  /** The shape of a type in the notation of `src/checks/shape.ts`. */
  private shapeOf(type: ts.Type): string {
    if (type.isUnion()) { return this.unionShape(type); }
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) { return 'any'; }
    if (type.flags & ts.TypeFlags.String) { return 'string'; }
    if (type.flags & ts.TypeFlags.Number) { return 'number'; }
    if (type.flags & ts.TypeFlags.BooleanLike) { return 'boolean'; }
    if (type.flags & ts.TypeFlags.EnumLiteral) { return this.enumShape(this.checker.getBaseTypeOfLiteralType(type)); }
    if (this.checker.isArrayType(type)) { return `${this.shapeOf(this.checker.getTypeArguments(type as ts.TypeReference)[0]!)}[]`; }
    if (type.isClass() || ((type.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Class) !== 0) { return this.classShape(type); }
    const map = type.getStringIndexType();
    if (map && type.getProperties().length === 0) { return `${this.shapeOf(map)}{}`; }
    return this.objectShape(type);
  }

  private unionShape(type: ts.UnionType): string {
    const given = type.types.filter((part) => !(part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
    if (given.length === 1) { return this.shapeOf(given[0]!); }
    if (given.every((part) => part.flags & ts.TypeFlags.BooleanLiteral)) { return 'boolean'; }
    if (given.every((part) => part.flags & ts.TypeFlags.EnumLiteral)) { return this.enumShape(this.checker.getBaseTypeOfLiteralType(given[0]!)); }
    if (given.some((part) => !(part.flags & ts.TypeFlags.Object))) { throw new Error(`no shape for the union ${this.checker.typeToString(type)}`); }
    // Interfaces of constructs last: examples of our own classes come first in messages.
    return `(${given.map((part) => this.shapeOf(part)).sort((a, b) => Number(isInterfaceName(a)) - Number(isInterfaceName(b)) || (a < b ? -1 : 1)).join('|')})`;
  }

  private enumShape(type: ts.Type): string {
    const { name, valueDeclaration } = type.getSymbol()!;
    const members = (valueDeclaration as ts.EnumDeclaration).members.map((member) => this.checker.getConstantValue(member)!);
    this.shapes.enums.set(name, members);
    return name;
  }

  /** Of a class that is not ours the members that we use: releases of cdk8s-plus differ in the others. */
  private classShape(type: ts.Type): string {
    const symbol = type.getSymbol()!;
    if (symbol.name === 'Construct') { return 'IConstruct'; }
    if (!this.shapes.classes.has(symbol.name)) {
      const members = isOurs(symbol)
        ? type.getProperties().filter((member) => isOurs(member) && !(member.flags & ts.SymbolFlags.Optional)).map((member) => member.name)
        : [...this.used.get(symbol.name) ?? []];
      this.shapes.classes.set(symbol.name, members.sort());
    }
    return symbol.name;
  }

  private objectShape(type: ts.Type): string {
    const symbol = type.getSymbol();
    if (symbol === undefined || symbol.name.startsWith('__')) { throw new Error(`no shape for ${this.checker.typeToString(type)}`); }
    if (isKubernetesObject(symbol)) { return this.kubernetesShape(type, symbol.name); }
    if (isInterfaceName(symbol.name)) { return this.interfaceShape(type, symbol.name); }
    if (!this.shapes.structs.has(symbol.name)) { this.addStruct(type, symbol.name); }
    return symbol.name;
  }

  /** Of the objects of the Kubernetes API the first level alone: the API server checks the rest, and knows fields that the types do not. */
  private kubernetesShape(type: ts.Type, name: string): string {
    const fields = type.getProperties().map((property): [string, string] => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      return [property.name + (isOptional ? '?' : ''), this.kubernetesFieldShape(this.checker.getTypeOfSymbol(property).getNonNullableType())];
    });
    this.shapes.structs.set(name, [...fields.filter(([field, shape]) => shape !== 'any' || !field.endsWith('?')), [`${ANY_OTHER}?`, 'any']]);
    return name;
  }

  private kubernetesFieldShape(type: ts.Type): string {
    if (this.checker.isArrayType(type)) { return `${this.kubernetesFieldShape(this.checker.getTypeArguments(type as ts.TypeReference)[0]!)}[]`; }
    if (type.flags & ts.TypeFlags.String) { return 'string'; }
    if (type.flags & ts.TypeFlags.Number) { return 'number'; }
    if (type.flags & ts.TypeFlags.BooleanLike || (type.isUnion() && type.types.every((part) => part.flags & ts.TypeFlags.BooleanLiteral))) { return 'boolean'; }
    return type.getProperties().length > 0 && !type.isUnion() && !type.isClass() && type.getSymbol()?.valueDeclaration === undefined ? 'object' : 'any';
  }

  private interfaceShape(type: ts.Type, name: string): string {
    const own = type.getProperties().filter((member) => isOurs(member) && !(member.flags & ts.SymbolFlags.Optional)).map((member) => member.name);
    if (name !== 'IConstruct') { this.shapes.interfaces.set(name, own.length > 0 ? own.sort() : foreignMembers(type)); }
    return name;
  }

  private addStruct(type: ts.Type, name: string): void {
    const properties: Array<[string, string]> = [];
    this.shapes.structs.set(name, properties);
    for (const property of type.getProperties()) {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      properties.push([property.name + (isOptional ? '?' : ''), this.shapeOf(this.checker.getTypeOfSymbol(property))]);
    }
    if (type.getStringIndexType()) { properties.push([`${ANY_OTHER}?`, 'any']); }
  }

  /** The members that the sources use, by the class that declares them. */
  private usedMembers(): Map<string, Set<string>> {
    const used = new Map<string, Set<string>>();
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && !ts.isIdentifier(node.parent) && !isStatic(this.checker.getSymbolAtLocation(node.name))) {
        const owner = this.checker.getTypeAtLocation(node.expression).getNonNullableType().getSymbol()?.name;
        if (owner !== undefined) { used.set(owner, (used.get(owner) ?? new Set()).add(node.name.text)); }
      }
      ts.forEachChild(node, visit);
    };
    for (const file of this.program.getSourceFiles()) {
      if (file.fileName.startsWith(resolve(REPOSITORY, 'src'))) { visit(file); }
    }
    return used;
  }
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(resolve(REPOSITORY, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, REPOSITORY).options;
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

/** Static members, or the constructor of a class that has none. */
/** Classes whose instances other classes make. */
const MADE_BY: Readonly<Record<string, string[]>> = {
  PostgresClient: ['Postgres#addClient()', 'ReferencedPostgres#client()'],
  ReferencedPostgres: ['Postgres.fromPostgresAttributes()', 'Postgres.fromPostgresManifests()'],
};

function makersOf(name: string, declaration: ts.ClassDeclaration): string[] {
  if (Object.hasOwn(MADE_BY, name)) { return MADE_BY[name]!; }
  const makers = declaration.members.flatMap((member) => {
    const flags = ts.getCombinedModifierFlags(member);
    if (!(flags & ts.ModifierFlags.Static) || flags & ts.ModifierFlags.Private || isInternal(member)) { return []; }
    return [`${name}.${member.name!.getText()}${ts.isMethodDeclaration(member) ? '()' : ''}`];
  });
  return makers.length > 0 && !/^(Certificate|Issuer|ClusterIssuer)$/.test(name) ? makers : [`new ${name}()`];
}

/** Of an interface that is not ours its name, or the methods that it declares itself. */
function foreignMembers(type: ts.Type): string[] {
  if (type.getProperty('name') !== undefined) { return ['name']; }
  return [...type.getSymbol()?.members?.values() ?? []].filter(({ flags }) => (flags & ts.SymbolFlags.Method) !== 0).map(({ name }) => name).sort();
}

function isInterfaceName(name: string): boolean {
  return /^I[A-Z]/.test(name);
}

function isStatic(symbol: ts.Symbol | undefined): boolean {
  return symbol?.valueDeclaration !== undefined && (ts.getCombinedModifierFlags(symbol.valueDeclaration) & ts.ModifierFlags.Static) !== 0;
}

function isOurs({ declarations }: ts.Symbol): boolean {
  return declarations?.some((declaration) => declaration.getSourceFile().fileName.startsWith(resolve(REPOSITORY, 'src'))) ?? false;
}

/** Generated types of the Kubernetes API, which the API server checks better. */
function isKubernetesObject({ declarations }: ts.Symbol): boolean {
  return declarations?.some((declaration) => /\/imports\/k8s\.|cert-manager\.io\./.test(declaration.getSourceFile().fileName)) ?? false;
}

function table(name: string, doc: string, type: string, rows: string[]): string[] {
  return [`/** ${doc} */`, `export const ${name} = {`, ...rows.sort(), `} as const satisfies ${type};`, ''];
}

function textRow([name, fields]: [string, ReadonlyArray<[string, string]>]): string {
  return `  '${name}': ${JSON.stringify(fields.map(([field, shape]) => `${field}: ${shape}`).join(', '))},`;
}

function listRow([name, words]: [string, ReadonlyArray<string | number>]): string {
  return `  '${name}': ${JSON.stringify(words)},`;
}

/** The text of `src/checks/shapes.ts`. */
export function describeShapes(): string {
  const { entries, structs, enums, classes, makers, interfaces } = new Describer().describe();
  return [
    '// Written by tools/shapes.ts from the types of everything public (npm run shapes); not to be edited.',
    '/* eslint-disable */',
    '',
    ...table('ENTRIES', 'Parameters of every public constructor, static method and method: `name: shape`, `name?` where it may be left out.', 'Record<string, string>', [...entries].map(textRow)),
    ...table('STRUCTS', 'Properties of every struct, in the same notation. `*` stands for any other property.', 'Record<string, string>', [...structs].map(textRow)),
    ...table('ENUMS', 'Values of every enum.', 'Record<string, ReadonlyArray<string | number>>', [...enums].map(listRow)),
    ...table('CLASSES', 'Members by which an instance of a class is known.', 'Record<string, readonly string[]>', [...classes].map(listRow)),
    ...table('MAKERS', 'How an instance of a class of this package is made.', 'Record<string, readonly string[]>', [...makers].map(listRow)),
    ...table('INTERFACES', 'Members of every interface that constructs implement.', 'Record<string, readonly string[]>', [...interfaces].map(listRow)),
  ].join('\n');
}

if (require.main === module) {
  process.stdout.write(describeShapes());
}
