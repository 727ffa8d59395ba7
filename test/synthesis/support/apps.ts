import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, IResolver, JsonPatch, Lazy, Names, ResolutionContext, Size } from 'cdk8s';
import { ConfigMap, Deployment, k8s, Secret } from 'cdk8s-plus-27';
import { Construct, Dependable, DependencyGroup, IDependable } from 'constructs';
import { CertificateAuthority, Postgres, PostgresMonitor, PostgresStorage, PostgresVersion } from '../../../src';
import { Fill } from './outputs';

const configMap = (scope: Construct, id: string, data: Record<string, unknown> = { id }, metadata = {}) =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
const charts = (app: App, ...ids: string[]) => ids.map((id) => {
  const chart = new Chart(app, id);
  configMap(chart, 'one');
  configMap(chart, 'two');
  return chart;
});

/** A chart that renders itself, and changes what cdk8s renders. */
class RenderingChart extends Chart {
  public override toJson(): unknown[] {
    return [...super.toJson(), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'added' } }];
  }
}

/** An object that renders itself: one part twice, which YAML writes as an alias. */
class SharedPart extends ApiObject {
  public override toJson(): unknown {
    const part = { cpu: 1 };
    return { ...super.toJson() as object, limits: part, requests: part };
  }
}

const UPPER: IResolver = {
  resolve(context: ResolutionContext) {
    if (context.value === 'lower') { context.replaceValue('UPPER'); }
    if (context.key.at(-1) === 'count' && context.value === 1) { context.replaceValue({ value: 2 }); }
  },
};

const fileOfManifests = () => {
  const file = join(mkdtempSync(join(tmpdir(), 'include-')), 'manifests.yaml');
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: included }\ndata: { "on": "0755", text: "a\\nb\\n" }\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: also }\n');
  return file;
};

/** Apps that use what cdk8s offers, and the properties of each app. */
export const APPS: Readonly<Record<string, { readonly fill: Fill; readonly props?: { readonly resolvers?: IResolver[]; readonly recordConstructMetadata?: boolean } }>> = {
  'no chart': { fill: () => undefined },
  'a chart without objects': { fill: (app) => { new Chart(app, 'empty'); charts(app, 'full'); } },
  'charts': { fill: (app) => { charts(app, 'b', 'a', 'c'); } },
  'charts with numbers as ids': { fill: (app) => { charts(app, 'b', '10', 'a', '9', '01', '4294967294', '4294967295'); } },
  'namespaces, labels and names without hashes': {
    fill: (app) => {
      const chart = new Chart(app, 'chart', { namespace: 'team', labels: { team: 'a', tier: 'yes' }, disableResourceNameHashes: true });
      configMap(chart, 'one', {}, { labels: { own: 'true' }, annotations: { note: 'a: b' } });
      configMap(new Construct(chart, 'middle'), 'Resource', {}, { name: Names.toDnsLabel(chart, { extra: ['x'] }) });
    },
  },
  'dependencies between objects': {
    fill: (app) => {
      const chart = new Chart(app, 'chart');
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => configMap(chart, id)) as [ApiObject, ApiObject, ApiObject, ApiObject];
      a.addDependency(d, c);
      c.addDependency(b);
      d.addDependency(c);
    },
  },
  'dependencies between constructs': {
    fill: (app) => {
      const chart = new Chart(app, 'chart');
      const [first, second] = ['first', 'second'].map((id) => new Construct(chart, id)) as [Construct, Construct];
      for (const id of ['x', 'y', 'z']) { configMap(first, id); configMap(second, id); }
      first.node.addDependency(second);
    },
  },
  'dependency on the own chart': { fill: (app) => { const [chart] = charts(app, 'chart'); configMap(chart!, 'zero').addDependency(chart!); } },
  'dependencies between charts': {
    fill: (app) => {
      const [a, , c, d] = charts(app, 'a', 'b', 'c', 'd');
      a!.addDependency(d!);
      d!.addDependency(c!);
    },
  },
  'dependencies of objects across charts': {
    fill: (app) => {
      const [a, b, c] = charts(app, 'a', 'b', 'c');
      configMap(a!, 'needs').addDependency(configMap(b!, 'needed'), c!);
      configMap(b!, 'also').addDependency(configMap(c!, 'needed'));
    },
  },
  'charts in charts': {
    fill: (app) => {
      const [parent] = charts(app, 'parent', 'other');
      const child = new Chart(parent!, 'child', { namespace: 'inner' });
      configMap(child, 'one');
      configMap(new Chart(new Construct(child, 'between'), 'grandchild'), 'one');
      configMap(parent!, 'late').addDependency(child);
    },
  },
  'groups of dependencies, and dependables': {
    fill: (app) => {
      const [a, b, c] = charts(app, 'a', 'b', 'c');
      a!.node.addDependency(new DependencyGroup(b!, c!));
      const part = { dependencyRoots: [configMap(c!, 'root')] };
      const dependable: IDependable = {};
      Dependable.implement(dependable, part);
      configMap(b!, 'needs').node.addDependency(dependable);
    },
  },
  'manifests of a file': { fill: (app) => { new Include(new Chart(app, 'chart'), 'include', { url: fileOfManifests() }); } },
  'objects of cdk8s-plus and L1 objects': {
    fill: (app) => {
      const chart = new Chart(app, 'chart', { namespace: 'plus' });
      const data = new ConfigMap(chart, 'data', { data: { 'a.conf': 'x = 1\ny = 2\n', 'empty': '' } });
      const secret = Secret.fromSecretName(chart, 'secret', 'existing');
      const deployment = new Deployment(chart, 'web', { containers: [{ image: 'nginx:1.27', portNumber: 80, envVariables: { PASSWORD: secret.envValue('password') } }] });
      deployment.node.addDependency(data);
      new k8s.KubeService(chart, 'service', { spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('web') }, { port: 81, targetPort: k8s.IntOrString.fromNumber(81) }] } });
      new k8s.KubePersistentVolumeClaim(chart, 'claim', { spec: { resources: { requests: { storage: k8s.Quantity.fromString('1Gi') } } } });
    },
  },
  'late values': {
    fill: (app) => {
      const chart = new Chart(app, 'chart');
      const words: string[] = [];
      configMap(chart, 'one', { late: Lazy.any({ produce: () => words.join(',') }), list: Lazy.any({ produce: () => words }), token: { resolve: () => ({ deep: Lazy.any({ produce: () => 1 }) }) } });
      words.push('added', 'later');
    },
  },
  'patches': {
    fill: (app) => {
      const shared = { cpu: '1', memory: '1Gi' };
      const chart = new Chart(app, 'chart');
      configMap(chart, 'one').addJsonPatch(JsonPatch.add('/spec', { limits: shared, requests: shared }), JsonPatch.replace('/kind', 'Other'), JsonPatch.add('/zero', null));
      configMap(chart, 'two').addJsonPatch(JsonPatch.remove('/data'), JsonPatch.add('/nothing', undefined), JsonPatch.add('/when', new Date(0)));
    },
  },
  'resolvers': { fill: (app) => { configMap(new Chart(app, 'chart'), 'one', { word: 'lower', count: 1 }); }, props: { resolvers: [UPPER] } },
  'construct metadata': { fill: (app) => { charts(app, 'b', 'a')[0]!.addDependency(app.node.findChild('a') as Chart); }, props: { recordConstructMetadata: true } },
  'a chart that renders itself': { fill: (app) => { configMap(new RenderingChart(app, 'own'), 'one'); charts(app, 'other'); } },
  'an object that renders itself': { fill: (app) => { new SharedPart(new Chart(app, 'chart'), 'shared', { apiVersion: 'v1', kind: 'ConfigMap' }); } },
  'databases': {
    fill: (app) => {
      for (const id of ['orders', 'billing']) {
        const chart = new Chart(app, id, { namespace: id });
        const { issuer } = new CertificateAuthority(chart, 'ca');
        new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }), monitor: PostgresMonitor.prometheus() });
      }
    },
  },
};
