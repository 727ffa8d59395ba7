import { plainValue } from './plain-value';
import { mapping, Mapping, mappings, text } from '../data';

/** What is left of the placeholders of a document, after those with a default have got it. */
export interface Placeholders {
  /** Placeholders without a value, as written. */
  readonly missing: readonly string[];
  /** Whether one of them is of a template language (`{{ … }}`). */
  readonly isTemplate: boolean;
}

/** API groups whose fields rules read. Of other objects only the identity counts. */
const READ_GROUPS = new Set(['', 'apps', 'batch', 'networking.k8s.io', 'policy', 'cert-manager.io', 'acme.cert-manager.io', 'trust.cert-manager.io', 'policy.cert-manager.io', 'kubedb.com', 'gitops.kubedb.com', 'ops.kubedb.com']);

/** Top-level fields with texts of programs, in which `${…}`, `$(…)` and `{{ … }}` are their own, and with what has no effect. */
const FREE_FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'status', 'data', 'stringData', 'binaryData', 'sops']);

/**
 * Fields at any depth with the same: annotations; commands and variables, in which Kubernetes itself replaces `$(NAME)`, and shells `${NAME}`; CEL.
 * Labels of the object itself are in metadata; those of pods count, since selectors match them.
 */
const FREE_KEYS = new Set(['annotations', 'command', 'args', 'env', 'subPathExpr', 'rule', 'message', 'messageExpression', 'description', 'podTemplate']);

/** Fields of names that certificates are issued for: upper case with an underscore is a placeholder there, as kubebuilder writes it. */
const HOST_FIELDS = new Set(['commonName', 'dnsNames', 'uris', 'ipAddresses']);

/** A text that may have a placeholder, before anything else is looked at. */
export const MAY_HAVE_PLACEHOLDERS = /[$<]|\{\{|\[\[|@[A-Z]|__|%[A-Z]|[A-Z]_[A-Z]|REPLACE|eReplaced|CHANGEME|PLACEHOLDER|\bname(?:space)?"?: ?"?[^\n]*(?:[A-Z]{4}|\()/;

/**
 * Placeholders in the fields of a manifest that decide what it does. Defaults of Flux (`${NAME:=default}`) are written into the document, and read as YAML again, as Flux does.
 *
 * @param content a document that belongs to the caller
 */
export function fillPlaceholders(content: Mapping): Placeholders {
  const found = new Set<string>();
  const group = text(content['apiVersion']).includes('/') ? text(content['apiVersion']).split('/')[0]! : '';
  const fill = (fields: Mapping, keys: ReadonlyArray<string>) => {
    for (const key of keys) { if (Object.hasOwn(fields, key)) { (fields as Record<string, unknown>)[key] = filled(fields[key], key, found); } }
  };
  fill(content, ['apiVersion', 'kind']);
  const names = mapping(content['metadata']);
  fill(names, ['name', 'namespace', 'generateName']);
  for (const field of ['name', 'namespace']) { collect(text(names[field]), NAME_PLACEHOLDERS, found); }
  if (READ_GROUPS.has(group)) { fill(content, Object.keys(content).filter((key) => !FREE_FIELDS.has(key))); }
  if (group === '' && content['kind'] === 'Secret') { fill(content, ['data']); }
  const missing = [...found];
  return { missing, isTemplate: missing.some((placeholder) => placeholder.startsWith('{{') || placeholder.startsWith('[[')) };
}

function filled(value: unknown, field: string, found: Set<string>): unknown {
  if (typeof value === 'string') { return MAY_HAVE_PLACEHOLDERS.test(value) ? filledText(value, HOST_FIELDS.has(field), found) : value; }
  if (Array.isArray(value)) {
    value.forEach((item, index) => { (value as unknown[])[index] = filled(item, field, found); });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      collect(key, KEY_PLACEHOLDERS, found);
      if (key === 'env' && Array.isArray(inner)) { for (const variable of mappings(inner)) { filled(variable['valueFrom'], 'valueFrom', found); } }
      if (!FREE_KEYS.has(key)) { (value as Record<string, unknown>)[key] = filled(inner, key, found); }
    }
  }
  return value;
}

function filledText(value: string, isHost: boolean, found: Set<string>): unknown {
  const substituted = withDefaults(value, found);
  collect(substituted, PLACEHOLDERS, found);
  if (isHost) { collect(substituted, /(?<![A-Za-z0-9_$({])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9_])/g, found); }
  return substituted === value ? value : plainValue(substituted);
}

/** In keys (placeholders are bounded in length, so that the cost is linear), such as `{{ name }}` without quotes or a label `${NAME}`. */
const KEY_PLACEHOLDERS = /\{\{.{0,500}?\}\}|\$\{[^}]{0,500}\}/gs;

/** All but `${…}`, whose braces may be nested. */
const PLACEHOLDERS = new RegExp([
  '\\{\\{.{0,500}?\\}\\}', // Helm, Jinja, Ansible
  '\\[\\[.{0,500}?\\]\\]',
  '\\$\\([A-Za-z_][\\w.-]*\\)', // Kustomize
  '(?<!\\$)\\$[A-Z_][A-Z0-9_]+', // envsubst
  '<[A-Za-z][\\w .,:/\'-]*>', // documentation
  '@@?[A-Z][A-Z0-9_]*@@?',
  '__[A-Z][A-Z0-9_]*__',
  '%[A-Z][A-Z_]{2,}\\w*%', // not %E3% of a URI
  '\\b(?:SERVICE|CERTIFICATE|ISSUER|NAMESPACE)_(?:NAME|NAMESPACE)\\b',
  '\\b(?:REPLACE_?ME|CHANGE_?ME|NAME_SPACE|PLACEHOLDER|REPLACE_[A-Z_]+|YOUR_[A-Z_]+|toBeReplaced)\\b',
].join('|'), 'gs');

/** In names of objects, which have no capitals and no parentheses: a word of capitals, and expressions of Chainsaw and Concourse. */
const NAME_PLACEHOLDERS = /(?<![A-Za-z0-9])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9])|(?<![A-Za-z0-9])[A-Z]{4,}(?![A-Za-z0-9])|^\(.{1,500}\)$|\(\(.{1,500}?\)\)/g;

function collect(value: string, pattern: RegExp, found: Set<string>): void {
  for (const [placeholder] of value.matchAll(pattern)) { found.add(shortened(placeholder)); }
}

const MAX_SHOWN = 60;

function shortened(placeholder: string): string {
  const line = placeholder.replace(/\s+/g, ' ');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}

/** Defaults in defaults. */
const MAX_NESTED = 10;

/** The text with the defaults of its `${…}`; those without one stay, and are found. `$${NAME}` is the text `${NAME}` to Flux. */
function withDefaults(value: string, found: Set<string>, depth = 0): string {
  let result = '';
  let at = 0;
  for (let start = value.indexOf('${'); start !== -1; start = value.indexOf('${', at)) {
    const end = closingBrace(value, start + 2);
    if (end === -1) { break; }
    const isEscaped = value.charAt(start - 1) === '$' && start > at;
    const inner = value.slice(start + 2, end);
    const [, , given] = /^([A-Za-z_]\w*):?[-=](.*)$/s.exec(inner) ?? [];
    result += value.slice(at, isEscaped ? start - 1 : start);
    if (isEscaped) { result += `\${${inner}}`; } else if (given !== undefined && depth < MAX_NESTED) { result += withDefaults(given, found, depth + 1); } else { found.add(shortened(`\${${inner}}`)); }
    at = end + 1;
  }
  return result + value.slice(at);
}

/** The offset of the brace that closes `${`, or -1. */
function closingBrace(value: string, from: number): number {
  let depth = 1;
  for (let at = from; at < value.length; at++) {
    if (value.charAt(at) === '{') { depth++; }
    if (value.charAt(at) === '}' && --depth === 0) { return at; }
  }
  return -1;
}

/** Placeholders in a text that is not valid YAML because of them: in flow style and at the beginning of values they are not quoted. */
export function placeholdersInText(yaml: string): Placeholders {
  const lines = yaml.replace(/^[ \t]*#.*$/gm, '');
  const all = (pattern: RegExp) => [...new Set([...lines.matchAll(pattern)].map(([placeholder]) => shortened(placeholder)))];
  const template = all(/\{\{.{0,500}?\}\}|\{%.{0,500}?%\}/gs);
  return {
    missing: template.length > 0 ? template
      : all(/\$\{[^}\n]{0,500}\}|\$\([A-Z_][A-Z0-9_]*\)|@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z_]{2,}\w*%|<[A-Z][\w -]*>|(?<![$\w{])\{[A-Z][A-Z0-9_]+\}/g),
    isTemplate: template.length > 0,
  };
}
