import { ApiObject, ApiObjectProps, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { RenderedOnce } from '../../src/verification';

const HEAD = { apiVersion: 'example.com/v1', kind: 'Thing' };
const SORT = process.env['CDK8S_DISABLE_SORT'];
afterEach(() => { if (SORT === undefined) { delete process.env['CDK8S_DISABLE_SORT']; } else { process.env['CDK8S_DISABLE_SORT'] = SORT; } });

/** The text shows the order of fields too. */
function textOf(Kind: typeof ApiObject, props: ApiObjectProps, after: (object: ApiObject) => void = () => {}, app = new App()): string {
  const object = new Kind(new Chart(app, 'chart', { namespace: 'demo', labels: { team: 'one' } }), 'thing', props);
  after(object);
  try {
    return JSON.stringify(object.toJson(), (_, value: unknown) => (value === undefined ? 'undefined' : value));
  } catch (error) {
    return String(error);
  }
}

const NAME = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9]{1,3}$/), fc.constantFrom('constructor', 'value', 'resolve', 'toString', 'kind', 'metadata', 'apiVersion', 'B', 'a', '10', '9'));
const VALUE = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string({ maxLength: 3 }), fc.double(), fc.boolean(), fc.constantFrom<unknown>(null, undefined, '', 0, -0)),
    fc.constantFrom<() => unknown>(() => Lazy.any({ produce: () => ({ b: 1, a: null }) }), () => k8s.Quantity.fromString('1Gi'), () => k8s.IntOrString.fromNumber(3), () => new Date(0), () => () => 1).map((make) => make()),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(NAME, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('an object of this package is rendered as cdk8s renders it', () => {
  test.each([undefined, 'true'])('of any content, with CDK8S_DISABLE_SORT %s', (disabled) => {
    if (disabled !== undefined) { process.env['CDK8S_DISABLE_SORT'] = disabled; }
    fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{2,4}$/), VALUE, { maxKeys: 4, noNullPrototype: true }), (content) => {
      expect(textOf(RenderedOnce, { ...HEAD, ...content })).toBe(textOf(ApiObject, { ...HEAD, ...content }));
    }), { numRuns: 500, seed: 20_261_129 });
  });

  test('with fields in any order', () => {
    const props = { spec: { b: 1, a: [{ d: 1, c: undefined }, null] }, metadata: { labels: { z: '1', a: '2' }, name: 'n' }, data: {}, kind: 'Thing', apiVersion: 'v1' };
    expect(textOf(RenderedOnce, props)).toBe(textOf(ApiObject, props));
    expect(textOf(RenderedOnce, props)).toMatch(/^\{"apiVersion":"v1","kind":"Thing","metadata":.*,"data":\{\},"spec":\{"a":\[\{"d":1\},"undefined"\],"b":1\}\}$/);
  });

  test('with patches', () => {
    const patch = (object: ApiObject) => { object.addJsonPatch(JsonPatch.add('/spec/c', 3), JsonPatch.remove('/spec/a')); };
    const props = { ...HEAD, spec: { b: 1, a: 2 } };
    expect(textOf(RenderedOnce, props, patch)).toBe(textOf(ApiObject, props, patch));
    expect(textOf(RenderedOnce, props, patch)).toContain('"spec":{"b":1,"c":3}');
  });

  test('with metadata that is added later', () => {
    const add = ({ metadata }: ApiObject) => { metadata.addLabel('a', '1'); metadata.addAnnotation('b', '2'); metadata.add('generateName', 'x-'); };
    expect(textOf(RenderedOnce, HEAD, add)).toBe(textOf(ApiObject, HEAD, add));
  });

  test('with resolvers of the app', () => {
    const app = () => new App({ resolvers: [{ resolve: (context) => { if (context.value === 'secret') { context.replaceValue('resolved'); } } }] });
    const props = { ...HEAD, spec: { a: 'secret' } };
    expect(textOf(RenderedOnce, props, undefined, app())).toBe(textOf(ApiObject, props, undefined, app()));
    expect(textOf(RenderedOnce, props, undefined, app())).toContain('"a":"resolved"');
  });
});

test('an object without a prototype is rendered like any other', () => {
  const content = Object.assign(Object.create(null) as Record<string, unknown>, { b: 1, a: 2 });
  expect(textOf(RenderedOnce, { ...HEAD, spec: content })).toBe(textOf(ApiObject, { ...HEAD, spec: { ...content } }));
});

test('a late field that throws is an error that names the object', () => {
  const object = new RenderedOnce(new Chart(new App(), 'chart'), 'thing', HEAD, { name: 'spec', make: () => { throw new Error('no spec'); } });
  expect(() => { object.toJson(); }).toThrow("Failed serializing construct at path 'chart/thing' with name");
  expect(() => { object.toJson(); }).toThrow('no spec');
});
