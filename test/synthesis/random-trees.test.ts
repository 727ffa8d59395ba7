import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FleetApp } from '../../src';
import { LAYOUTS, outputOf } from './support/outputs';

/** `RUNS=5000 SEED=7 npx jest random-trees` asks more, or other questions. */
const RUNS = Number(process.env['RUNS'] ?? 150);
const SEED = Number(process.env['SEED'] ?? 20_261_129);

/** A step that adds a construct below one of those before it. */
interface Step {
  readonly kind: 'chart' | 'construct' | 'object' | 'late' | 'patched';
  readonly parent: number;
  readonly id: string;
  readonly data: unknown;
}

/** A random tree, and dependencies between its constructs by their numbers. */
interface Tree {
  readonly steps: readonly Step[];
  readonly dependencies: ReadonlyArray<readonly [number, number]>;
}

const ID = fc.oneof(fc.stringMatching(/^[a-z]{1,3}$/), fc.nat({ max: 12 }).map(String));
const DATA = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(fc.string(), fc.integer(), fc.constantFrom('no', 'a\nb\n', '1.0', ''), fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 })), { maxKeys: 3, noNullPrototype: true });
const STEP: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom<Step['kind']>('chart', 'chart', 'construct', 'object', 'object', 'object', 'late', 'patched'), parent: fc.nat({ max: 30 }), id: ID, data: DATA });
/** Later constructs mostly depend on earlier ones, or the other way round: a circle in a few. */
const TREE: fc.Arbitrary<Tree> = fc.record({
  steps: fc.array(STEP, { minLength: 1, maxLength: 16 }),
  dependencies: fc.oneof(
    fc.constant([]),
    fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })).map(([a, b]): [number, number] => [Math.max(a, b), Math.min(a, b)]), { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]), { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 2 }),
  ),
});

function grow(app: App, { steps, dependencies }: Tree): void {
  const made: Construct[] = [new Chart(app, 'first')];
  for (const step of steps) {
    const parent = step.kind === 'chart' && step.parent % 3 > 0 ? app : made[step.parent % made.length]!;
    if (parent.node.tryFindChild(step.id) === undefined) { made.push(construct(parent, step)); }
  }
  for (const [source, target] of dependencies) { made[source % made.length]!.node.addDependency(made[target % made.length]!); }
}

function construct(parent: Construct, { kind, id, data }: Step): Construct {
  switch (kind) {
    case 'chart': return new Chart(parent, id, { namespace: id });
    case 'construct': return new Construct(parent, id);
    case 'late': return new ApiObject(parent, id, { apiVersion: 'v1', kind: 'ConfigMap', spec: Lazy.any({ produce: () => data }) });
    case 'patched': {
      const object = new ApiObject(parent, id, { apiVersion: 'v1', kind: 'Secret' });
      object.addJsonPatch(JsonPatch.add('/spec', data), JsonPatch.add('/again', data));
      return object;
    }
    case 'object': return new ApiObject(parent, id, { apiVersion: 'v1', kind: 'ConfigMap', data });
  }
}

test(`${RUNS} random trees of seed ${SEED} are written as cdk8s writes them`, () => {
  const stock = jest.spyOn(App.prototype, 'synth');
  const seen = { written: 0, refused: 0, numbered: 0 };
  fc.assert(fc.property(TREE, fc.constantFrom(...LAYOUTS), fc.boolean(), (tree, yamlOutputType, recordConstructMetadata) => {
    const props = { yamlOutputType, recordConstructMetadata };
    stock.mockClear();
    const own = outputOf(FleetApp, (app) => { grow(app, tree); }, props);
    expect(stock).not.toHaveBeenCalled();
    expect(own).toEqual(outputOf(App, (app) => { grow(app, tree); }, props));
    seen[Object.hasOwn(own, 'error') ? 'refused' : 'written'] += 1;
    if (Object.keys(own).some((file) => file.startsWith('0001-'))) { seen.numbered += 1; }
  }), { seed: SEED, numRuns: RUNS });
  expect(seen.written).toBeGreaterThan(RUNS / 2);
  expect(seen.refused).toBeGreaterThan(0);
  expect(seen.numbered).toBeGreaterThan(RUNS / 20);
});
