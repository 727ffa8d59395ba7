import { join } from 'node:path';
import { Chart, Names, YamlOutputType } from 'cdk8s';
import { manifestOf, manifestsOf, objectsInOrder, RenderedManifest, textsOf } from './chart-manifests';

/** An app that can be written. */
export interface PreparedApp {
  /** In the order in which they are written. */
  readonly charts: readonly Chart[];
  readonly hasDependantCharts: boolean;
  readonly print: (manifest: RenderedManifest) => string;
}

/** A file of the output. Its text is made while it is written. */
export interface OutputText {
  /** Path in the output directory. */
  readonly path: string;
  readonly texts: Iterable<string>;
}

/** How manifests are divided into files. */
type Layout = (app: PreparedApp, extension: string) => Iterable<OutputText>;

/**
 * The files of each layout of cdk8s.
 *
 * Source: cdk8s src/app.ts, `App.synth()`.
 */
export const LAYOUTS: Readonly<Partial<Record<YamlOutputType, Layout>>> = {
  *[YamlOutputType.FILE_PER_APP]({ charts, print }, extension) {
    if (charts.length > 0) { yield { path: `app${extension}`, texts: textsOf(manifestsOf(charts), print) }; }
  },
  *[YamlOutputType.FILE_PER_CHART](app, extension) {
    for (const [index, chart] of app.charts.entries()) {
      yield { path: `${chartName(app, chart, index)}${extension}`, texts: textsOf(manifestsOf([chart]), app.print) };
    }
  },
  *[YamlOutputType.FILE_PER_RESOURCE]({ charts, print }, extension) {
    for (const manifest of manifestsOf(charts)) {
      if (manifest !== undefined) { yield { path: `${resourceName(manifest as NamedResource)}${extension}`, texts: textsOf([manifest], print) }; }
    }
  },
  *[YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE](app, extension) {
    for (const [index, chart] of app.charts.entries()) {
      const folder = chartName(app, chart, index);
      // In this layout cdk8s does not ask the chart for its manifests.
      for (const object of objectsInOrder(chart)) {
        yield { path: join(folder, `${resourceName(object)}${extension}`), texts: textsOf([manifestOf(object)], app.print) };
      }
    }
  },
};

/** Charts that depend on others are numbered, so that tools that apply files by name keep the order. */
function chartName({ hasDependantCharts }: PreparedApp, chart: Chart, index: number): string {
  return hasDependantCharts ? `${String(index).padStart(4, '0')}-${Names.toDnsLabel(chart)}` : Names.toDnsLabel(chart);
}

interface NamedResource {
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

function resourceName({ kind, metadata }: NamedResource): string {
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
