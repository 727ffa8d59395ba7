import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import * as ts from 'typescript';

const ROOT = resolve(__dirname, '..');
const SOURCES = resolve(ROOT, 'src');

/** The pages, below the root of the repository. */
export const REFERENCE = 'docs/reference';

/** A page of the reference. */
interface Page {
  /** Name of the file, without `.md`. */
  readonly file: string;
  readonly title: string;
}

const DATABASES: Page = { file: 'postgres', title: 'Databases' };
const TRUST: Page = { file: 'trust-and-policies', title: 'Trust bundles, CA rotation, request policies' };
const VALIDATION: Page = { file: 'validation', title: 'Validation' };

/** The page of a folder of `src/`; any other folder has a page of its own name. */
const PAGES: Readonly<Record<string, Page>> = {
  'postgres': DATABASES,
  'conversion': DATABASES,
  'cert-manager': { file: 'cert-manager', title: 'Issuers and certificates' },
  'trust': TRUST,
  'policy': TRUST,
  'pki': VALIDATION,
  'reading': VALIDATION,
  'rules': VALIDATION,
  'verification': VALIDATION,
  'gitops': { file: 'gitops', title: 'Argo CD and Flux' },
  'synthesis': { file: 'synthesis', title: 'Synthesis' },
};

/** Tags of a docstring that belong to the meaning, with the word that introduces them. */
const NOTES: Readonly<Record<string, string>> = { throws: 'Throws', see: 'See', deprecated: 'Deprecated:' };

const HEADER = '<!-- Written by tools/reference.ts from the docstrings (npm run reference); not to be edited. -->';

/** One exported type, with the page that describes it. */
interface PublicType {
  readonly name: string;
  readonly page: Page;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;
}

/** Writes the pages of the public API from the types and docstrings of `src/index.ts`. */
class Reference {
  private readonly program = ts.createProgram([resolve(SOURCES, 'index.ts')], { ...compilerOptions(), noEmit: true });
  private readonly checker = this.program.getTypeChecker();
  private readonly types = this.publicTypes();
  private readonly byName = new Map(this.types.map((type) => [type.name, type]));

  /** The text of every page by its file name. */
  public pages(): Record<string, string> {
    const pages = [...new Map(this.types.map(({ page }) => [page.file, page])).values()];
    return {
      'README.md': this.contents(pages),
      ...Object.fromEntries(pages.map((page) => [`${page.file}.md`, this.page(page)])),
    };
  }

  private publicTypes(): PublicType[] {
    const index = this.checker.getSymbolAtLocation(this.program.getSourceFile(resolve(SOURCES, 'index.ts'))!)!;
    return this.checker.getExportsOfModule(index).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(exported) : exported;
      const declaration = symbol.declarations?.find((one) => ts.isClassDeclaration(one) || ts.isInterfaceDeclaration(one) || ts.isEnumDeclaration(one));
      if (declaration === undefined || isInternal(declaration)) { return []; }
      const [room] = relative(SOURCES, declaration.getSourceFile().fileName).split(sep);
      return [{ name: exported.name, page: pageOf(room!), symbol, declaration } as PublicType];
    }).sort((a, b) => compare(a.page.file, b.page.file) || compare(a.name, b.name));
  }

  private contents(pages: readonly Page[]): string {
    const sections = pages.flatMap(({ file, title }) => [
      `## [${title}](${file}.md)`,
      '',
      ...this.typesOf(file).map(({ name, symbol }) => `- [\`${name}\`](${file}.md#${anchorOf(name)}): ${this.summary(symbol)}`),
      '',
    ]);
    return [HEADER, '', '# Reference', '', 'Every public type of the package: its properties, factories and values.', '', ...sections].join('\n');
  }

  private page({ file, title }: Page): string {
    const types = this.typesOf(file);
    const list = types.map(({ name }) => `[\`${name}\`](#${anchorOf(name)})`).join(', ');
    return [HEADER, '', `# ${title}`, '', list, '', ...types.flatMap((type) => this.section(type))].join('\n');
  }

  private typesOf(file: string): PublicType[] {
    return this.types.filter(({ page }) => page.file === file);
  }

  private section({ name, symbol, declaration }: PublicType): string[] {
    return [`## ${name}`, '', ...this.paragraphs(symbol), ...this.table(declaration, symbol)];
  }

  private table(declaration: PublicType['declaration'], symbol: ts.Symbol): string[] {
    if (ts.isEnumDeclaration(declaration)) { return this.enumTable(declaration); }
    if (ts.isClassDeclaration(declaration)) { return this.classTable(declaration, symbol.name); }
    return this.structTable(this.checker.getDeclaredTypeOfSymbol(symbol));
  }

  private structTable(type: ts.Type): string[] {
    const rows = type.getProperties().filter((property) => isOurs(property)).map((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      return [`\`${property.name}\``, this.typeCell(property), this.meaning(property), isOptional ? defaultOf(property) : 'required'];
    });
    return tableOf(['property', 'type', 'meaning', 'default'], rows);
  }

  private enumTable(declaration: ts.EnumDeclaration): string[] {
    const rows = declaration.members.map((member) => [
      `\`${member.name.getText()}\``, code(String(this.checker.getConstantValue(member))), this.meaning(this.checker.getSymbolAtLocation(member.name)!),
    ]);
    return tableOf(['member', 'value', 'meaning'], rows);
  }

  private classTable(declaration: ts.ClassDeclaration, name: string): string[] {
    const rows = declaration.members.filter(isPublic).flatMap((member): string[][] => {
      if (ts.isConstructorDeclaration(member)) {
        const own = member.parameters.filter((parameter) => isPublicProperty(parameter)).map((parameter) => this.memberRow(name, parameter.name.getText(), parameter));
        return ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)
          ? own
          : [[code(`new ${name}(${parametersOf(member)})`), this.constructorMeaning(member)], ...own];
      }
      return member.name === undefined ? [] : [this.memberRow(name, member.name.getText(), member)];
    });
    return tableOf(['member', 'meaning'], rows);
  }

  private memberRow(owner: string, name: string, member: ts.ClassElement | ts.ParameterDeclaration): string[] {
    const prefix = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static ? `${owner}.` : '.';
    const call = ts.isMethodDeclaration(member) ? `(${parametersOf(member)})` : '';
    return [code(`${prefix}${name}${call}`), this.meaning(this.checker.getSymbolAtLocation(member.name!)!)];
  }

  /** The declared type, as a link where it is one of ours. */
  private typeCell(property: ts.Symbol): string {
    const declaration = property.valueDeclaration as ts.PropertySignature | ts.PropertyDeclaration;
    const text = declaration.type?.getText().replace(/\s+/g, ' ') ?? this.checker.typeToString(this.checker.getTypeOfSymbol(property));
    const type = this.byName.get(text.replace(/\[\]$/, ''));
    return type === undefined ? code(text) : `[${code(text)}](${type.page.file}.md#${anchorOf(type.name)})`;
  }

  private paragraphs(symbol: ts.Symbol): string[] {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).trim();
    return text === '' ? [] : [escaped(text), ''];
  }

  private summary(symbol: ts.Symbol): string {
    return escaped(ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).trim().split(/\n\s*\n/)[0]!.replace(/\s+/g, ' '));
  }

  /** The docstring of a constructor, or the struct that it takes. */
  private constructorMeaning(constructor: ts.ConstructorDeclaration): string {
    const comment = ts.displayPartsToString(this.checker.getSignatureFromDeclaration(constructor)?.getDocumentationComment(this.checker)).trim();
    if (comment !== '') { return escaped(comment.replace(/\s+/g, ' ')); }
    const struct = constructor.parameters.map((parameter) => this.byName.get(parameter.type?.getText() ?? '')).find((type) => type !== undefined);
    return struct === undefined ? '' : `Properties: [${code(struct.name)}](${struct.page.file}.md#${anchorOf(struct.name)})`;
  }

  private meaning(symbol: ts.Symbol): string {
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    const notes = symbol.getJsDocTags(this.checker).flatMap(({ name, text }) => {
      const note = ts.displayPartsToString(text).replace(/\s+/g, ' ').trim();
      const opening = NOTES[name];
      return opening === undefined ? [] : [`${opening} ${note}.`];
    });
    return escaped([comment, ...notes].join(' ').replace(/\s+/g, ' ').trim());
  }
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pageOf(room: string): Page {
  return PAGES[room] ?? { file: room, title: room };
}

/** The anchor that GitHub gives a heading that is one identifier. */
function anchorOf(name: string): string {
  return name.toLowerCase();
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

function isOurs({ declarations }: ts.Symbol): boolean {
  return declarations?.some((declaration) => declaration.getSourceFile().fileName.startsWith(SOURCES)) ?? false;
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
  return (ts.isConstructorDeclaration(member) || !hidden) && !isInternal(member);
}

function isPublicProperty(parameter: ts.ParameterDeclaration): boolean {
  return (ts.getCombinedModifierFlags(parameter) & ts.ModifierFlags.Public) !== 0 && !isInternal(parameter);
}

function parametersOf({ parameters }: ts.SignatureDeclaration): string {
  return parameters.map((parameter) => {
    const name = ts.isIdentifier(parameter.name) ? parameter.name.text : 'options';
    return parameter.questionToken || parameter.initializer ? `${name}?` : name;
  }).join(', ');
}

/** The default of a property: prose after a hyphen, otherwise an expression. */
function defaultOf(property: ts.Symbol): string {
  const tag = property.getJsDocTags().find(({ name }) => name === 'default');
  const text = ts.displayPartsToString(tag?.text).replace(/\s+/g, ' ').trim();
  return text.startsWith('- ') ? escaped(text.slice(2)) : text === '' ? '' : code(text);
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** Text for a cell of a table: bars and, outside of code, angle brackets are escaped. */
function escaped(text: string): string {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part)).join('`').replaceAll('|', '\\|');
}

function tableOf(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  if (rows.length === 0) { return []; }
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).concat('');
}

/** The text of every page of `docs/reference/` by its file name. */
export function describeReference(): Record<string, string> {
  return new Reference().pages();
}

if (require.main === module) {
  const folder = join(ROOT, REFERENCE);
  const pages = describeReference();
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) { if (!(file in pages)) { rmSync(join(folder, file)); } }
  for (const [file, text] of Object.entries(pages)) { writeFileSync(join(folder, file), text); }
}
