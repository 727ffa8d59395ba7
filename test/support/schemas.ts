import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import type { Crd, Schema } from '../../tools/crd';

export type { Crd, Schema };

/** The Kubernetes releases whose API is at hand: the one cdk8s-plus-27 was generated from and a recent one. */
export type KubernetesRelease = '1.27.0' | '1.36.0';

/** The folder of the API schemas (Kubernetes and custom resources), which are upstream's and not part of this repository; empty if none is named. */
export const SCHEMAS = process.env['SCHEMAS'] ?? '';

if (SCHEMAS !== '' && !existsSync(SCHEMAS)) { throw new Error(`environment variable SCHEMAS: no folder '${SCHEMAS}'`); }

/** Without schemas there is nothing to validate against; `announce-schemas.ts` prints then what is skipped. */
export const testWithSchemas = SCHEMAS === '' ? test.skip : test;
export const describeWithSchemas = SCHEMAS === '' ? describe.skip : describe;

/** What is wrong with a manifest by the API's own schema, unknown fields included; empty if nothing. CEL rules are not evaluated. */
export function validateManifest(doc: unknown, kubernetes: KubernetesRelease): string[] {
  const { apiVersion, kind } = (doc ?? {}) as Record<string, unknown>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return ['not a manifest: apiVersion and kind must be strings'];
  }
  const validate = validatorOf(kubernetes, apiVersion, kind);
  if (!validate) {
    return [`unknown kind ${apiVersion}/${kind}`];
  }
  return validate(doc) ? [] : [...new Set((validate.errors ?? []).map(describeError))];
}

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const validatorOf = memoize((kubernetes: KubernetesRelease, apiVersion: string, kind: string): ValidateFunction | undefined => {
  const api = kubernetesApi(kubernetes);
  const definition = api.names.get(`${apiVersion}/${kind}`);
  if (definition) {
    return api.ajv.compile({ $ref: refTo(definition) });
  }
  const crd = crdSchema(apiVersion, kind);
  if (!crd) {
    return undefined;
  }
  const strict = strictCrd(crd);
  return api.ajv.compile({ ...strict, properties: { ...strict.properties, metadata: { $ref: refTo(OBJECT_META) } } });
});

const kubernetesApi = memoize((kubernetes: KubernetesRelease) => {
  const file = path.join(SCHEMAS, 'kubernetes', `definitions-v${kubernetes}.json`);
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, Schema> };
  // `strict` is about the schemas, which are full of x-kubernetes-* keywords; formats are Kubernetes' own (int-or-string, byte, …).
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false, unicodeRegExp: false });
  ajv.addSchema({ $id: 'kubernetes', definitions: mapValues({ ...definitions, ...SCALARS }, strictDefinition) });
  return { ajv, names: new Map(Object.entries(definitions).flatMap(([name, schema]) => kindsOf(schema).map((kind) => [kind, name]))) };
});

/** The served schema of a custom resource. Only the files that mention the kind are parsed: together they are several megabytes. */
function crdSchema(apiVersion: string, kind: string): Schema | undefined {
  const mention = new RegExp(`^ +kind: ${kind}$`, 'm');
  return crdFiles()
    .filter((file) => mention.test(readFileSync(file, 'utf8')))
    .map(readCrd)
    .filter((crd) => crd.spec.names.kind === kind)
    .flatMap((crd) => crd.spec.versions.filter((version) => version.served && `${crd.spec.group}/${version.name}` === apiVersion))
    .map((version) => version.schema.openAPIV3Schema)[0];
}

/** The files that hold one CustomResourceDefinition each. */
export function crdFiles(): string[] {
  const files = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.yaml')).sort().map((file) => path.join(SCHEMAS, file));
}

export function readCrd(file: string): Crd {
  return parse(readFileSync(file, 'utf8')) as Crd;
}

// The type in the definitions is string or number; the API server also parses (k8s.io/apimachinery resource.ParseQuantity, intstr.IntOrString).
const SCALARS: Record<string, Schema> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['string', 'number'],
    pattern: '^[+-]?(\\d+\\.?\\d*|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] },
};

/** An API type: closed where it lists its fields; the few without a list (RawExtension, FieldsV1) take anything. */
function strictDefinition(schema: Schema): Schema {
  const { $ref } = schema;
  if (typeof $ref === 'string') {
    return { $ref: `kubernetes${$ref}` };
  }
  return descend(schema, strictDefinition, schema.properties !== undefined);
}

/** A structural schema: closed even where no field is listed, because the API server prunes all that is not specified. */
function strictCrd(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return { ...without(schema, 'anyOf'), type: ['integer', 'string'] };
  }
  const compilable = isJavaScriptPattern(String(schema['pattern'] ?? '')) ? schema : without(schema, 'pattern');
  return descend(compilable, strictCrd, schema.type === 'object' && schema['x-kubernetes-preserve-unknown-fields'] !== true);
}

function descend(schema: Schema, strict: (child: Schema) => Schema, closed: boolean): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, strict) }),
    ...(items && { items: strict(items) }),
    ...(additionalProperties === undefined && closed && { additionalProperties: false }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties) }),
  };
}

/** The API server speaks RE2, of which JavaScript lacks the inline flags, as in `^(?i)(abort|warn)?$` of PrometheusRule. */
function isJavaScriptPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function kindsOf(schema: Schema): string[] {
  const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as { group: string; version: string; kind: string }[];
  return kinds.map(({ group, version, kind }) => `${group ? `${group}/` : ''}${version}/${kind}`);
}

function refTo(definition: string): string {
  return `kubernetes#/definitions/${definition}`;
}

function describeError(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const here = fieldPath(error.instancePath);
  const below = (field: unknown): string => [here, String(field)].filter((step) => step !== '').join('.');
  const got = JSON.stringify(error.data);
  switch (error.keyword) {
    case 'additionalProperties': return `${below(params['additionalProperty'])}: unknown field`;
    case 'required': return `${below(params['missingProperty'])}: missing`;
    case 'enum': return `${here}: must be one of ${JSON.stringify(params['allowedValues'])}, got ${got}`;
    default: return `${here}: ${error.message ?? error.keyword}, got ${got}`;
  }
}

/** A JSON pointer as people write it: `/spec/containers/0/image` is `spec.containers[0].image`. */
function fieldPath(pointer: string): string {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce((text, step) => (/^\d+$/.test(step) ? `${text}[${step}]` : `${text}${text && '.'}${step}`), '');
}

function without(schema: Schema, keyword: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function memoize<A extends readonly string[], R>(compute: (...key: A) => R): (...key: A) => R {
  const known = new Map<string, R>();
  return (...key) => {
    const id = key.join(' ');
    if (!known.has(id)) {
      known.set(id, compute(...key));
    }
    return known.get(id) as R;
  };
}
