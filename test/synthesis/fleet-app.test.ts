import { ApiObject, App, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import { FleetApp } from '../../src';
import { APPS } from './support/apps';
import { LAYOUTS, outputOf, yamlOf } from './support/outputs';

const stockSynth = jest.spyOn(App.prototype, 'synth');
const stockSynthYaml = jest.spyOn(App.prototype, 'synthYaml');
beforeEach(() => { jest.clearAllMocks(); });

const SORTED = process.env['CDK8S_DISABLE_SORT'];
afterEach(() => { if (SORTED === undefined) { delete process.env['CDK8S_DISABLE_SORT']; } else { process.env['CDK8S_DISABLE_SORT'] = SORTED; } });

describe.each(Object.entries(APPS))('%s', (_, { fill, props }) => {
  test.each(LAYOUTS.map((layout) => [YamlOutputType[layout], layout] as const))('the files are those of cdk8s, %s', (_layout, yamlOutputType) => {
    const own = outputOf(FleetApp, fill, { ...props, yamlOutputType });
    expect(stockSynth).not.toHaveBeenCalled();
    expect(own).toEqual(outputOf(App, fill, { ...props, yamlOutputType }));
    expect(stockSynth).toHaveBeenCalledTimes(1);
  });

  test('the second synthesis, and unsorted keys', () => {
    expect(outputOf(FleetApp, fill, props, 2)).toEqual(outputOf(App, fill, props, 2));
    process.env['CDK8S_DISABLE_SORT'] = 'true';
    expect(outputOf(FleetApp, fill, props)).toEqual(outputOf(App, fill, props));
  });

  test('the text is that of cdk8s', () => {
    const own = yamlOf(FleetApp, fill);
    expect(stockSynthYaml).not.toHaveBeenCalled();
    expect(own).toBe(yamlOf(App, fill));
  });

  test('charts are in the order of cdk8s', () => {
    const [own, stock] = [FleetApp, App].map((kind) => {
      const app = new kind(props);
      fill(app);
      return app.charts.map(({ node }) => node.path);
    });
    expect(own).toEqual(stock);
  });
});

const object = (chart: Chart, id: string) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' });

test.each<[string, (app: App) => void]>([
  ['a circle of objects', (app) => {
    const chart = new Chart(app, 'chart');
    const [a, b] = [object(chart, 'a'), object(chart, 'b')];
    a.addDependency(b);
    b.addDependency(a);
  }],
  ['a circle of charts', (app) => {
    const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];
    object(a, 'one').addDependency(b);
    object(b, 'one').addDependency(a);
  }],
  ['errors of validations', (app) => {
    for (const id of ['a', 'b']) { object(new Chart(app, id), 'one').node.addValidation({ validate: () => [`${id} is wrong`, 'and more'] }); }
  }],
  ['an object that cannot be rendered', (app) => { object(new Chart(app, 'a'), 'one').addJsonPatch(JsonPatch.remove('/none/at/all')); }],
  ['a dependency outside of a chart', (app) => { object(new Chart(app, 'a'), 'one').node.addDependency(app); }],
])('the error is that of cdk8s: %s', (_, fill) => {
  const own = outputOf(FleetApp, fill);
  expect(Object.keys(own)).toEqual(['error']);
  expect(own).toEqual(outputOf(App, fill));
});

test('a dependency that is in another tree is left to cdk8s', () => {
  const fill = (app: App) => { object(new Chart(app, 'a'), 'one').addDependency(object(new Chart(new App(), 'b'), 'one')); };
  const own = outputOf(FleetApp, fill);
  expect(stockSynth).toHaveBeenCalledTimes(1);
  expect(own).toEqual(outputOf(App, fill));
});

test('an unknown layout is left to cdk8s', () => {
  const props = { yamlOutputType: 7 as YamlOutputType };
  const app = new FleetApp();
  Object.assign(app, props);
  new Chart(app, 'chart');
  app.synth();
  expect(stockSynth).toHaveBeenCalledTimes(1);
});

test('unknown properties are refused', () => {
  expect(() => new FleetApp({ outDir: 'x' } as never)).toThrow('FleetApp:');
});

test('no method of an app is replaced', () => {
  const app = new FleetApp();
  APPS['databases']!.fill(app);
  expect(Object.getOwnPropertyNames(app).filter((name) => typeof (app as unknown as Record<string, unknown>)[name] === 'function' && name !== 'printer')).toEqual([]);
});
