import { ApiObject, App, Chart, Names, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import type { Judged } from './judged';
import { mapping } from './reading';

/** A file that a synthesis writes. */
export interface OutputFile {
  /** Relative to the output directory. */
  readonly path: string;
  /** Objects that are written together; a second writer of the same file replaces what the first has written. */
  readonly writer: unknown;
}

/**
 * The file that cdk8s writes each object to. Empty where the root is no app: then nothing is written.
 *
 * Source: cdk8s src/app.ts, `App.synth()`.
 */
export function outputFiles(root: IConstruct, objects: ReadonlyMap<ApiObject, Judged>): ReadonlyMap<Judged, OutputFile> {
  if (!isApp(root)) { return new Map(); }
  const { yamlOutputType: type, outputFileExtension: extension } = root;
  const isIndexed = hasDependentCharts(root);
  const nameOf = charts(isIndexed);
  const located = [...objects].map(([object, manifest]): readonly [Judged, OutputFile] => {
    const chart = Chart.of(object);
    switch (type) {
      case YamlOutputType.FILE_PER_APP: return [manifest, { path: `app${extension}`, writer: root }];
      case YamlOutputType.FILE_PER_RESOURCE: return [manifest, { path: `${resourceName(manifest)}${extension}`, writer: object }];
      case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE: return [manifest, { path: `${nameOf(chart)}/${resourceName(manifest)}${extension}`, writer: object }];
      default: return [manifest, { path: `${nameOf(chart)}${extension}`, writer: chart }];
    }
  });
  return new Map(located);
}

function isApp(root: IConstruct): root is App {
  return typeof (root as App).yamlOutputType === 'number' && typeof (root as App).outputFileExtension === 'string';
}

/** Names of charts as files and folders: with a number in front, which makes them unique, where charts depend on each other. */
function charts(isIndexed: boolean): (chart: Chart) => string {
  const names = new Map<Chart, string>();
  return (chart) => {
    const known = names.get(chart) ?? `${isIndexed ? `${names.size}-` : ''}${Names.toDnsLabel(chart)}`;
    names.set(chart, known);
    return known;
  };
}

/** Whether cdk8s finds that charts depend on each other: one in another, or a dependency between what is in them. */
function hasDependentCharts(root: IConstruct): boolean {
  return root.node.findAll().some((construct) => (Chart.isChart(construct) && construct.node.children.some((child) => Chart.isChart(child)))
    || construct.node.dependencies.some((dependency) => chartOf(construct) !== chartOf(dependency)));
}

function chartOf(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find((scope) => Chart.isChart(scope));
}

/** Characters that are left out can make two names one. */
function resourceName({ manifest, kind }: Judged): string {
  return `${kind}.${String(mapping(manifest['metadata'])['name'])}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
