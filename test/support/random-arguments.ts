import { App, Chart, Duration, Lazy, Size } from 'cdk8s';
import { ConfigMap, Cpu, Deployment, Namespaces, NetworkPolicyIpBlock, Pods, Secret, ServiceAccount, Volume } from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { clientIn, poolerIn, receiverOf } from './receivers';
import * as library from '../../src';
import { CLASSES, ENTRIES, ENUMS, Field, MAKERS, OTHERS, parametersOf, propertiesOf, Shape } from '../../src/checks';

type Entry = keyof typeof ENTRIES;

/** A value that may need a chart to stand in; making it may be refused. */
type Recipe = (chart: Chart) => unknown;

/** A call of a public entry. */
export interface RandomCall {
  readonly entry: Entry;
  readonly run: Recipe;
}

const ENTRY_NAMES = Object.keys(ENTRIES) as Entry[];
const CONSTRUCTS = ENTRY_NAMES.filter((entry) => ENTRIES[entry].startsWith('scope: ') && !entry.includes('.'));

/** What no entry waits for, and what JavaScript programs give all the same. */
const WILD: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom<Recipe>(
    () => null, () => undefined, () => NaN, () => Infinity, () => -1, () => 1.5, () => '', () => ' ', () => 'a', () => 'a b/c\n', () => true, () => ({}), () => [],
    () => [null], () => [undefined], () => ({ a: null }), () => Symbol('s'), () => 1n, () => () => 'f', () => class Made {}, () => new Date(0), () => new Map(), () => Object.create(null),
    () => Size.gibibytes(1), () => Duration.days(1), () => Lazy.any({ produce: () => 'x' }), () => library.PostgresVersion.V18, () => library.PostgresStorage.ephemeral(),
    () => library.PostgresStorage, (chart) => chart, () => new App(), (chart) => Secret.fromSecretName(chart, newId(chart), 's'),
  ),
  fc.anything({ maxDepth: 1 }).map((value): Recipe => () => value),
);

const TEXT = fc.constantFrom('a', 'db', 'app', 'db.example.com', '10.0.0.0/8', 'https://example.com/dir', 'pki/sign/role', '1.21', 'C.UTF-8', 'postgres:18.4', 'tls.crt', '{}', '*', 'verify-full', '');

/** A random call, most of it right. */
export const RANDOM_CALL: fc.Arbitrary<RandomCall> = fc
  .oneof(fc.constantFrom(...ENTRY_NAMES), fc.constantFrom(...CONSTRUCTS))
  .chain((entry) => callOf(entry, 4).map((run) => ({ entry, run })));

function callOf(entry: Entry, depth: number): fc.Arbitrary<Recipe> {
  const parameters = parametersOf(entry);
  return fc.tuple(...parameters.map((parameter) => valueOf(parameter, depth))).map((recipes): Recipe => (chart) => {
    const given = recipes.map((recipe, index) => (parameters[index]!.name === 'id' && recipe === ID ? newId(chart) : recipe(chart)));
    return call(entry, given);
  });
}

const ID: Recipe = () => 'id';

function call(entry: Entry, given: unknown[]): unknown {
  const [owner = '', method] = entry.split(/[.#]/);
  const type = (library as unknown as Record<string, unknown>)[owner] as Record<string, (...args: unknown[]) => unknown> & (new (...args: unknown[]) => unknown);
  if (method === undefined) { return new type(...given); }
  return entry.includes('#') ? (receiverOf(owner) as unknown as typeof type)[method]!(...given) : type[method]!(...given);
}

const ids = new WeakMap<Chart, number>();

function newId(chart: Chart): string {
  ids.set(chart, (ids.get(chart) ?? 0) + 1);
  return `c${ids.get(chart)!}`;
}

function valueOf({ name, isOptional, shape }: Field, depth: number): fc.Arbitrary<Recipe> {
  const right = name === 'id' ? fc.constant(ID) : rightOf(shape, depth);
  return fc.oneof({ arbitrary: right, weight: 300 }, { arbitrary: WILD, weight: 1 }, ...(isOptional ? [{ arbitrary: fc.constant<Recipe>(() => undefined), weight: 1_200 }] : []));
}

function rightOf(shape: Shape, depth: number): fc.Arbitrary<Recipe> {
  switch (shape.kind) {
    case 'string': return TEXT.map((text): Recipe => () => text);
    case 'number': return fc.constantFrom(18, 256, 2048, 5432, 0).map((number): Recipe => () => number);
    case 'boolean': return fc.boolean().map((flag): Recipe => () => flag);
    case 'object': return fc.constantFrom({}, { name: 'x' }, { name: 'x', image: 'y' }, { name: 'x', mountPath: '/x' }, []).map((object): Recipe => () => object);
    case 'any': return fc.constantFrom('x', 1, {}, undefined).map((value): Recipe => () => value);
    case 'list': return fc.array(depth > 0 ? valueOf({ name: '', isOptional: false, shape: shape.of }, depth - 1) : WILD, { maxLength: 2 })
      .map((recipes): Recipe => (chart) => recipes.map((recipe) => recipe(chart)));
    case 'mapping': return fc.dictionary(TEXT, valueOf({ name: '', isOptional: false, shape: shape.of }, depth - 1), { maxKeys: 2 }).map((recipes) => made(recipes));
    case 'named': return namedOf(shape.name, depth);
    case 'union': return fc.oneof(...shape.of.map((of) => rightOf(of, depth)));
  }
}

function made(recipes: Record<string, Recipe>): Recipe {
  return (chart) => Object.fromEntries(Object.entries(recipes).map(([name, recipe]) => [name, recipe(chart)]));
}

function namedOf(name: string, depth: number): fc.Arbitrary<Recipe> {
  const properties = propertiesOf(name);
  if (properties !== undefined) {
    const known = properties.filter((property) => property.name !== OTHERS);
    return fc.tuple(
      fc.record(Object.fromEntries(known.map((property) => [property.name, valueOf(property, depth - 1)]))),
      fc.oneof({ arbitrary: fc.constant({}), weight: 300 }, { arbitrary: fc.constant({ misspelt: (): unknown => 1 }), weight: 1 }),
    ).map(([recipes, more]) => made({ ...recipes, ...more } as Record<string, Recipe>));
  }
  if (Object.hasOwn(ENUMS, name)) { return fc.constantFrom<string | number>(...ENUMS[name as keyof typeof ENUMS]).map((word): Recipe => () => word); }
  return fc.constantFrom(...instancesOf(name)).chain((make) => (typeof make === 'string' ? (depth > 0 ? callOf(make, depth - 1) : WILD) : fc.constant(make)));
}

/** How an instance can be made: another entry, or what follows. */
function instancesOf(name: string): Array<Entry | Recipe> {
  switch (name) {
    case 'IConstruct': return [(chart) => chart];
    case 'Size': return [() => Size.gibibytes(10), () => Size.kibibytes(3), () => Size.gibibytes(0)];
    case 'Duration': return [() => Duration.days(90), () => Duration.hours(1), () => Duration.millis(1)];
    case 'Cpu': return [() => Cpu.millis(250), () => Cpu.units(1)];
    case 'ISecret': return [(chart) => Secret.fromSecretName(chart, newId(chart), 'secret')];
    case 'IConfigMap': return [(chart) => ConfigMap.fromConfigMapName(chart, newId(chart), 'config')];
    case 'IServiceAccount': return [(chart) => ServiceAccount.fromServiceAccountName(chart, newId(chart), 'account')];
    case 'INetworkPeer': return [
      (chart) => Pods.all(chart, newId(chart)), (chart) => Namespaces.select(chart, newId(chart), { names: ['a', 'b'] }), (chart) => NetworkPolicyIpBlock.anyIpv4(chart, newId(chart)),
      (chart) => new Deployment(chart, newId(chart), { containers: [{ image: 'a' }] }),
    ];
    case 'AbstractPod': return [(chart) => new Deployment(chart, newId(chart), { containers: [{ image: 'a' }] })];
    case 'IStorage': return [(chart) => Volume.fromEmptyDir(chart, newId(chart), 'v'), (chart) => Volume.fromHostPath(chart, newId(chart), 'h', { path: '/x' })];
    case 'PostgresPooler': return [(chart) => poolerIn(chart, newId(chart))];
    case 'PostgresClient': return [(chart) => clientIn(chart, newId(chart))];
    case 'ICertificate': return ['Certificate', 'Certificate.fromSecretName'];
    case 'ICertificateAuthority': return ['CertificateAuthority'];
    case 'IFluxSource': return ['FluxGitRepository', 'FluxGitRepository.fromGitRepositoryName'];
    case 'IFluxKustomization': return ['FluxKustomization', 'FluxKustomization.fromKustomizationName'];
    case 'ITrustBundle': return ['TrustBundle'];
    case 'IResolver': return [() => ({ resolve: () => undefined })];
    case 'IIssuer': return ['Issuer.fromIssuerName', (chart) => new library.CertificateAuthority(chart, newId(chart))];
    default: return makersOf(name);
  }
}

function makersOf(name: string): Array<Entry | Recipe> {
  if (!Object.hasOwn(CLASSES, name) || !Object.hasOwn(MAKERS, name)) { throw new Error(`no way to make a ${name}`); }
  return MAKERS[name as keyof typeof MAKERS].map((maker) => {
    const entry = maker.replace('new ', '').replace('()', '') as Entry;
    if (Object.hasOwn(ENTRIES, entry)) { return entry; }
    const [owner = '', member = ''] = entry.split('.');
    const value = (library as unknown as Record<string, Record<string, unknown>>)[owner]![member];
    return (): unknown => (maker.endsWith(')') ? (value as () => unknown).call((library as unknown as Record<string, unknown>)[owner]) : value);
  });
}
