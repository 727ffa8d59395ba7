import type { Document, LineCounter, Node, Pair, YAMLMap } from 'yaml';
import { CONFIGURATION_NAME, type ConfigurationFile } from './configuration-file';
import { UsageError } from './usage-error';
import { nearest, yamlLibrary } from '../formats';
import { CertManagerVersion } from '../pki';
import { Severity } from '../rules';
import { type Acknowledgement, isDate, RULE_PRESETS, ruleHint, ruleNamed } from '../verification';

/** The configuration of a project; every key is optional. */
export interface Configuration {
  readonly paths?: ReadonlyArray<string>;
  readonly ignore?: ReadonlyArray<string>;
  readonly include?: string[];
  readonly exclude?: string[];
  readonly severities?: { readonly [rule: string]: Severity };
  readonly acknowledgements?: Acknowledgement[];
  readonly baseline?: string;
  readonly together?: boolean;
  readonly warningsAsErrors?: boolean;
  readonly certManagerVersion?: CertManagerVersion;
  readonly clusterResourceNamespace?: string;
  readonly trustNamespace?: string;
}

/** A value with its place, for messages. */
interface Placed {
  readonly node: Node | null;
  /** Such as `acknowledgements[0].rule`. */
  readonly name: string;
  readonly line: number;
}

type Reader<Value> = (placed: Placed, faults: Faults) => Value | undefined;

/** All faults, so that they are fixed in one go. */
class Faults {
  public readonly messages: string[] = [];

  public constructor(private readonly file: string, private readonly lines: LineCounter) {}

  public add(line: number, message: string): void {
    this.messages.push(`[${this.file}:${line}] ${message}`);
  }

  public lineOf(node: unknown): number {
    const offset = (node as { readonly range?: readonly number[] } | null)?.range?.[0];
    return offset === undefined ? 1 : this.lines.linePos(offset).line;
  }
}

const READERS: { readonly [Key in keyof Required<Configuration>]: Reader<Configuration[Key]> } = {
  paths: texts,
  ignore: texts,
  include: rules,
  exclude: rules,
  severities,
  acknowledgements,
  baseline: text,
  together: flag,
  warningsAsErrors: flag,
  certManagerVersion,
  clusterResourceNamespace: text,
  trustNamespace: text,
};

const ACKNOWLEDGEMENT_READERS = { rule, reason: text, file: text, target: text, path: text, until: date };

/**
 * The configuration in a file.
 *
 * @throws UsageError that names every unknown key and every wrong value, with its line
 */
export function readConfiguration({ text: content, isPackage }: ConfigurationFile, shownPath: string): Configuration {
  const { LineCounter, parseDocument } = yamlLibrary();
  const lines = new LineCounter();
  // The versions `1.20` and `1.2` differ: no value is a number, and no date is one.
  const document: Document = parseDocument(content, { lineCounter: lines, logLevel: 'error', schema: 'failsafe', prettyErrors: false });
  const faults = new Faults(shownPath, lines);
  for (const { message, pos } of document.errors) { faults.add(lines.linePos(pos[0]).line, `${message.split('\n')[0]!}; fix the syntax`); }
  const root = isPackage ? (document.contents as YAMLMap | null)?.get(CONFIGURATION_NAME, true) as Node | undefined ?? null : document.contents;
  const found = faults.messages.length > 0 || root === null ? {} : fields({ node: root, name: '', line: faults.lineOf(root) }, READERS, faults) as Configuration;
  if (faults.messages.length > 0) { throw new UsageError(faults.messages.join('\n')); }
  return found;
}

/** The fields of a mapping; unknown ones are refused. */
function fields(placed: Placed, readers: Readonly<Record<string, Reader<unknown>>>, faults: Faults): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { key, value } of pairs(placed, faults)) {
    const name = scalar(key) ?? '';
    const line = faults.lineOf(key);
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader === undefined) {
      const meant = nearest(name, Object.keys(readers));
      const known = Object.keys(readers).join(', ');
      faults.add(line, `unknown key '${joined(placed.name, name)}'; ${meant === undefined ? `use one of ${known}` : `did you mean '${meant}'?`}`);
    } else {
      found[name] = reader({ node: value, name: joined(placed.name, name), line }, faults);
    }
  }
  return found;
}

function pairs(placed: Placed, faults: Faults): Array<Pair<Node, Node | null>> {
  const { isMap } = yamlLibrary();
  if (isMap(placed.node)) { return placed.node.items as Array<Pair<Node, Node | null>>; }
  faults.add(placed.line, `${placed.name === '' ? 'the configuration' : placed.name} is not a mapping; write keys and values`);
  return [];
}

function items(placed: Placed, faults: Faults): Placed[] {
  const { isSeq } = yamlLibrary();
  if (!isSeq(placed.node)) {
    faults.add(placed.line, `${placed.name} is not a list; write a list`);
    return [];
  }
  return placed.node.items.map((node, index) => ({ node: node as Node | null, name: `${placed.name}[${index}]`, line: faults.lineOf(node) }));
}

function text(placed: Placed, faults: Faults): string | undefined {
  const value = scalar(placed.node);
  if (value === undefined || value === '') { faults.add(placed.line, `${placed.name} is ${value === '' ? 'empty' : 'not a text'}; write a text`); }
  return value;
}

function texts(placed: Placed, faults: Faults): string[] {
  return items(placed, faults).map((item) => text(item, faults) ?? '');
}

function flag(placed: Placed, faults: Faults): boolean {
  const value = scalar(placed.node);
  if (value !== 'true' && value !== 'false') { faults.add(placed.line, `${placed.name} is ${shown(value)}; use true or false`); }
  return value === 'true';
}

function rule(placed: Placed, faults: Faults): string | undefined {
  const value = text(placed, faults);
  if (value !== undefined && value !== '' && ruleNamed(value) === undefined) { faults.add(placed.line, `${placed.name}: no rule has the name '${value}'; ${ruleHint(value)}`); }
  return value;
}

function rules(placed: Placed, faults: Faults): string[] {
  return items(placed, faults).map((item) => {
    const value = text(item, faults) ?? '';
    const isKnown = value === '' || ruleNamed(value) !== undefined || RULE_PRESETS.some((preset) => preset === value);
    if (!isKnown) { faults.add(item.line, `${item.name}: no rule and no preset has the name '${value}'; ${ruleHint(value, RULE_PRESETS)}`); }
    return value;
  });
}

function severities(placed: Placed, faults: Faults): Record<string, Severity> {
  const levels = Object.values(Severity);
  return Object.fromEntries(pairs(placed, faults).map(({ key, value }) => {
    const line = faults.lineOf(key);
    const name = rule({ node: key, name: placed.name, line }, faults) ?? '';
    const severity = scalar(value);
    if (!levels.some((level) => level === severity)) { faults.add(line, `${joined(placed.name, name)} is ${shown(severity)}; use error or warning, or exclude the rule`); }
    return [name, severity as Severity];
  }));
}

function acknowledgements(placed: Placed, faults: Faults): Acknowledgement[] {
  return items(placed, faults).map((item) => {
    const { rule: code, reason, ...limits } = fields(item, ACKNOWLEDGEMENT_READERS, faults) as Partial<Record<keyof typeof ACKNOWLEDGEMENT_READERS, string>>;
    if (yamlLibrary().isMap(item.node)) {
      for (const [name, value] of Object.entries({ rule: code, reason })) {
        if (value === undefined) { faults.add(item.line, `${item.name} has no ${name}; write ${name === 'rule' ? 'the id or code of a rule' : 'why the warning is accepted'}`); }
      }
    }
    return { code: code ?? '', reason: reason ?? '', ...limits };
  });
}

function date(placed: Placed, faults: Faults): string | undefined {
  const value = scalar(placed.node);
  if (value === undefined || !isDate(value)) { faults.add(placed.line, `${placed.name} is ${shown(value)}; write a date as 2027-01-31`); }
  return value;
}

function certManagerVersion(placed: Placed, faults: Faults): CertManagerVersion | undefined {
  const value = scalar(placed.node) ?? '';
  if (/^v?1\.\d+(\.\d+)?$/.test(value)) { return CertManagerVersion.of(value); }
  faults.add(placed.line, `${placed.name} is ${shown(value)}; write major and minor, for example 1.21`);
  return undefined;
}

function scalar(node: Node | null): string | undefined {
  const { isScalar } = yamlLibrary();
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'not a text' : `'${value}'`;
}

function joined(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}
