import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Crd, Schema } from './crd';
import { REPOSITORY } from './repository';

const DEFINITIONS = join(REPOSITORY, 'imports', 'cert-manager.crds.yaml');
const KEYWORDS = ['type', 'required', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'];
const WIDTH = 160;

/** The text of `src/pki/generated/cert-manager-schemas.ts`. */
export function describeCertManagerSchemas(): string {
  const { items } = parse(readFileSync(DEFINITIONS, 'utf8')) as { items: Crd[] };
  const specs = new Map(items.map(({ spec: { names: { kind }, versions } }) => [kind, versions[0]!.schema.openAPIV3Schema]));
  const specOf = (kind: string) => narrowed(specs.get(kind)!.properties!['spec']!);
  return [
    '// Written by tools/schemas.ts from imports/cert-manager.crds.yaml (npm run schemas); not to be edited.',
    '/* eslint-disable */',
    "import type { Schema } from '../../kubernetes';",
    '',
    '/** What cert-manager 1.21 knows in the spec of an Issuer or ClusterIssuer; pod templates of solvers are left open. */',
    `export const ISSUER_SPEC: Schema = ${printed(specOf('Issuer'))};`,
    '',
    '/** What cert-manager 1.21 knows in the spec of a Certificate. */',
    `export const CERTIFICATE_SPEC: Schema = ${printed(specOf('Certificate'))};`,
    '',
  ].join('\n');
}

/** What narrows a value; descriptions aside, and formats but that of integers. */
function narrowed(schema: Schema): Record<string, unknown> {
  if (schema['x-kubernetes-preserve-unknown-fields']) { return {}; }
  const { properties, items, additionalProperties } = schema;
  return {
    ...(schema['format'] === 'int32' && { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }),
    ...Object.fromEntries(KEYWORDS.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]])),
    ...(items && { items: narrowed(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: narrowed(additionalProperties) }),
    ...(properties && { properties: withPodTemplate(Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, narrowed(field)]))) }),
  };
}

/** Our definitions leave out the pod templates of ACME HTTP01 solvers, which stand beside `serviceType`. */
function withPodTemplate(properties: Record<string, unknown>): Record<string, unknown> {
  return 'serviceType' in properties ? { ...properties, podTemplate: {} } : properties;
}

function printed(value: unknown, indent = ''): string {
  const line = inline(value);
  if (indent.length + line.length < WIDTH - 30 || typeof value !== 'object' || value === null) { return line; }
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${deeper}${printed(item, deeper)},`)
    : Object.entries(value).map(([key, inner]) => `${deeper}${keyed(key)}: ${printed(inner, deeper)},`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return [open, ...lines, `${indent}${close}`].join('\n');
}

function inline(value: unknown): string {
  if (Array.isArray(value)) { return `[${value.map(inline).join(', ')}]`; }
  if (typeof value !== 'object' || value === null) { return JSON.stringify(value); }
  const entries = Object.entries(value).map(([key, inner]) => `${keyed(key)}: ${inline(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function keyed(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

if (require.main === module) { process.stdout.write(describeCertManagerSchemas()); }
