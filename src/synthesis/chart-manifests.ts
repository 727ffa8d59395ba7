import { ApiObject, Chart } from 'cdk8s';
import { dependencyOrder } from './dependency-order';
import { objectsOf } from './tree-preparation';
import { TreeValidation } from '../verification';

/** What an object becomes; any value if the chart renders itself. */
export type RenderedManifest = unknown;

/** The objects of a chart, each after those that it depends on. Source: cdk8s src/app.ts, `chartToKube`. */
export function objectsInOrder(chart: Chart): ApiObject[] {
  return objectsOf(dependencyOrder(chart), chart);
}

/** The manifest of an object. It is made when it is written, and not kept. */
export function manifestOf(object: ApiObject): RenderedManifest {
  const manifest: unknown = object.toJson();
  TreeValidation.forget(object);
  return manifest;
}

/** The manifests of charts. A chart with a `toJson` of its own renders itself: cdk8s documents that method for this purpose. */
export function* manifestsOf(charts: Iterable<Chart>): Generator<RenderedManifest> {
  for (const chart of charts) {
    if (chart.toJson === Chart.prototype.toJson) {
      for (const object of objectsInOrder(chart)) { yield manifestOf(object); }
    } else {
      yield* Object.values(chart.toJson());
    }
  }
}

/** Manifests as the parts of a YAML text. Source: cdk8s src/yaml.ts, `Yaml.stringify`. */
export function* textsOf(manifests: Iterable<RenderedManifest>, print: (manifest: RenderedManifest) => string): Generator<string> {
  let before = '';
  for (const manifest of manifests) {
    yield before + (manifest === undefined ? '\n' : print(manifest));
    before = '---\n';
  }
}
