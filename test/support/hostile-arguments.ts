import { Chart, Duration, Lazy, Size } from 'cdk8s';
import { ConfigMap, Cpu, Deployment, Pods, Secret, ServiceAccount, Volume } from 'cdk8s-plus-27';
import { clientIn, receiverOf } from './receivers';
import * as library from '../../src';
import { ENTRIES, ENUMS, Field, MAKERS, OTHERS, parametersOf, propertiesOf, Shape } from '../../src/checks';

type Entry = keyof typeof ENTRIES;

/** A place in the arguments of a public entry, and the call with a value in that place and right ones everywhere else. */
export interface Place {
  readonly name: string;
  readonly call: (chart: Chart, value: unknown) => unknown;
}

/** How deep the places go: `props.podTemplate.volumes[0].secret` is four. */
const DEPTH = 5;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const types = library as any;

/** Every place in the arguments of every public entry. */
export function places(): Place[] {
  return (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
    const parameters = parametersOf(entry);
    return parameters.flatMap((parameter, at) => [...placesIn(parameter.shape, parameter.name, DEPTH)].map(([path, put]) => ({
      name: `${entry}: ${path}`,
      call: (chart: Chart, value: unknown) => called(entry, chart, parameters.map((other, index) => {
        if (index === at) { return put(chart, value); }
        return index > at && other.isOptional ? undefined : validValue(other, chart);
      })),
    })));
  });
}

function called(entry: string, chart: Chart, given: unknown[]): unknown {
  const [owner = '', method] = entry.split(/[.#]/);
  // The id is one of its own, unless the value is in its place.
  const args = given.map((value) => (value === ID ? `c${chart.node.children.length}` : value));
  if (method === undefined) { return new types[owner](...args); }
  const target = entry.includes('#') ? receiverOf(owner) : types[owner];
  return typeof target[method] === 'function' ? target[method](...args) : target[method];
}

const ID = 'an id';

function* placesIn(shape: Shape, path: string, depth: number): Generator<[string, (chart: Chart, value: unknown) => unknown]> {
  yield [path, (_, value) => value];
  if (depth === 0) { return; }
  if (shape.kind === 'list') { for (const [inner, put] of placesIn(shape.of, `${path}[0]`, depth - 1)) { yield [inner, (chart, value) => [put(chart, value)]]; } }
  if (shape.kind === 'mapping') { for (const [inner, put] of placesIn(shape.of, `${path}.a`, depth - 1)) { yield [inner, (chart, value) => ({ a: put(chart, value) })]; } }
  if (shape.kind === 'union') { for (const of of shape.of) { yield* [...placesIn(of, path, depth)].slice(1); } }
  if (shape.kind !== 'named') { return; }
  for (const field of known(shape.name)) {
    for (const [inner, put] of placesIn(field.shape, `${path}.${field.name}`, depth - 1)) {
      yield [inner, (chart, value) => ({ ...validStruct(shape.name, chart), [field.name]: put(chart, value) })];
    }
  }
}

function known(struct: string): Field[] {
  return (propertiesOf(struct) ?? []).filter(({ name }) => name !== OTHERS);
}

function validStruct(name: string, chart: Chart): Record<string, unknown> {
  return Object.fromEntries(known(name).filter(({ isOptional }) => !isOptional).map((field) => [field.name, validValue(field, chart)]));
}

function validValue({ name, shape }: Pick<Field, 'name' | 'shape'>, chart: Chart): unknown {
  switch (shape.kind) {
    case 'string': return name === 'id' ? ID : validText(name);
    case 'number': return 18;
    case 'boolean': return true;
    case 'object': return { name: 'x' };
    case 'any': return 'x';
    case 'list': return [validValue({ name, shape: shape.of }, chart)];
    case 'mapping': return { a: validValue({ name, shape: shape.of }, chart) };
    case 'named': return validNamed(shape.name, chart);
    case 'union': return validValue({ name, shape: shape.of[0]! }, chart);
  }
}

function validText(name: string): string {
  if (/server|url/i.test(name)) { return 'https://example.com/x'; }
  if (/cidr|address/i.test(name)) { return '10.0.0.0/8'; }
  return { version: '1.21', mountPath: '/v1/x', nameserver: '10.0.0.1', code: 'PGTLS-E10' }[name] ?? 'a';
}

function validNamed(name: string, chart: Chart): unknown {
  const id = `s${chart.node.children.length}`;
  if (propertiesOf(name) !== undefined) { return validStruct(name, chart); }
  if (Object.hasOwn(ENUMS, name)) { return ENUMS[name as keyof typeof ENUMS][0]; }
  switch (name) {
    case 'IConstruct': return chart;
    case 'Size': return Size.gibibytes(10);
    case 'Duration': return Duration.days(90);
    case 'Cpu': return Cpu.millis(250);
    case 'ISecret': return Secret.fromSecretName(chart, id, 's');
    case 'IConfigMap': return ConfigMap.fromConfigMapName(chart, id, 'm');
    case 'IServiceAccount': return ServiceAccount.fromServiceAccountName(chart, id, 'a');
    case 'INetworkPeer': return Pods.all(chart, id);
    case 'IStorage': return Volume.fromEmptyDir(chart, id, 'v');
    case 'IIssuer': return library.Issuer.fromIssuerName(chart, id, 'ca');
    case 'ICertificate': return library.Certificate.fromSecretName(chart, id, 'c');
    case 'IFluxSource': return library.FluxGitRepository.fromGitRepositoryName(chart, id, 'source');
    case 'IFluxKustomization': return library.FluxKustomization.fromKustomizationName(chart, id, 'other');
    case 'ICertificateAuthority': return new library.CertificateAuthority(chart, id);
    case 'ITrustBundle': return new library.TrustBundle(chart, id, { sources: [library.TrustBundleSource.defaultCas()] });
    case 'AbstractPod': return new Deployment(chart, id, { containers: [{ image: 'a' }] });
    case 'PostgresClient': return clientIn(chart, id);
    case 'PostgresVersion': return library.PostgresVersion.V18;
    case 'CommittedManifests': return library.CommittedManifests.none();
    case 'TrustBundleSource': return library.TrustBundleSource.fromSecretName('x');
    default: return madeBy(MAKERS[name as keyof typeof MAKERS], chart);
  }
}

function madeBy(makers: ReadonlyArray<string>, chart: Chart): unknown {
  for (const maker of makers) {
    const entry = maker.replace('new ', '').replace('()', '');
    const parameters = Object.hasOwn(ENTRIES, entry) ? parametersOf(entry as Entry) : [];
    try {
      return called(entry, chart, parameters.map((parameter) => (parameter.isOptional ? undefined : validValue(parameter, chart))));
    } catch {
      // The next one takes what this one refuses, such as texts that mean something.
    }
  }
  throw new Error(`no way to make one of ${makers.join(', ')}`);
}

const holdsItself: Record<string, unknown> = {};
holdsItself['self'] = holdsItself;
const listOfItself: unknown[] = [];
listOfItself.push(listOfItself);

/** Unexpected values of JavaScript. */
export const HOSTILE: Readonly<Record<string, unknown>> = {
  null: null, nothing: undefined, 'no prototype': Object.create(null), 'holds itself': holdsItself, 'list of itself': listOfItself,
  'getter that throws': Object.defineProperty({}, 'name', { enumerable: true, get() { throw new RangeError('getter'); } }),
  'revoked proxy': revoked(),
  Date: new Date(NaN), Map: new Map([[1, 2]]), Set: new Set([1]), RegExp: /x/, Error: new Error('x'), Promise: Promise.resolve(1), Buffer: Buffer.from('x'),
  'boxed string': new String('a'), 'boxed number': new Number(3), symbol: Symbol('s'), bigint: 10n, function: () => 1, class: class Made {},
  NaN: NaN, Infinity: Infinity, negative: -1, 'negative zero': -0, fraction: 1.5, huge: Number.MAX_VALUE, tiny: Number.MIN_VALUE, zero: 0,
  empty: '', blank: ' ', NUL: '\0', lines: 'a\nb', long: 'x'.repeat(100_000), emoji: '🙂', 'half a character': '\ud800', __proto__text: '__proto__', constructor_text: 'constructor',
  'empty list': [], sparse: Object.assign([], { 2: 'a' }), holes: new Array(3), 'list of null': [null], 'list of empty': [''], 'list of words': ['__proto__', 'constructor'], nested: [[[]]],
  frozen: Object.freeze({ a: 1 }), 'keys of prototypes': JSON.parse('{"__proto__": "x", "constructor": "y", "toString": "z", "hasOwnProperty": "q"}'),
  'empty keys': { '': 'x', ' ': 'y' }, 'no toString': { toString: null },
  Lazy: Lazy.any({ produce: () => 'x' }), 'no size': Size.gibibytes(0), 'half a Ki': Size.kibibytes(0.5), 'no time': Duration.millis(0), 'all time': Duration.days(1e6),
  'odd contents': { name: 'n', image: 'i', mountPath: '/x', a: () => 1, b: Symbol('x'), c: NaN, d: new Date(0), e: new Map(), f: 1n },
  'never constructed': Object.create(library.PostgresVersion.prototype), 'storage, never constructed': Object.create(library.PostgresStorage.prototype),
  'construct, never constructed': Object.create(Chart.prototype), 'CA, never constructed': Object.create(library.CertificateAuthority.prototype),
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
