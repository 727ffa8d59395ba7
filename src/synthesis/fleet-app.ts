import { App, AppProps, Chart } from 'cdk8s';
import { manifestsOf, objectsInOrder, textsOf } from './chart-manifests';
import { dependencyOrder } from './dependency-order';
import { LAYOUTS, OutputText, PreparedApp } from './layouts';
import { ManifestPrinter } from './manifest-printer';
import { StagedOutput } from './staged-output';
import { dependsOnItselfAlone, isChart, resolveDependencies, validateAll } from './tree-preparation';
import { checkArguments } from '../checks';
import { once } from '../data';
import { isKnownRelease, TreeValidation } from '../verification';

/** Properties of a FleetApp: those of a cdk8s `App`, and what is specific to large ones. */
export interface FleetAppProps extends AppProps {
  /**
   * Whether files of the output directory that this app does not write are removed: those in it, and in its folders, whose name ends with
   * `outputFileExtension`. Set it where the directory belongs to this app alone.
   *
   * @default false
   */
  readonly removeStaleFiles?: boolean;
}

/**
 * A cdk8s `App` whose synthesis takes time in proportion to the number of manifests; that of a cdk8s `App` grows with the square of the number of charts.
 * The files are the same, byte by byte, in every `YamlOutputType`. They are all replaced or, after an error, none.
 *
 * Charts with a `toJson` of their own and objects with one are rendered by it. What this class cannot do as cdk8s does is left to cdk8s: values that are
 * no plain data, dependencies that form a circle or lead to another app, and releases of cdk8s with which it was not compared.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class FleetApp extends App {
  private readonly removesStaleFiles: boolean;
  private readonly recordsConstructMetadata: boolean;
  private readonly printer = once(() => new ManifestPrinter());

  public constructor(props: FleetAppProps = {}) {
    checkArguments('FleetApp', props);
    super(props);
    this.removesStaleFiles = props.removeStaleFiles ?? false;
    this.recordsConstructMetadata = props.recordConstructMetadata ?? process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true';
    TreeValidation.announce(this);
  }

  /** All charts, each after those that it depends on. */
  public override get charts(): Chart[] {
    return dependsOnItselfAlone(this.node.findAll()) ? dependencyOrder(this).filter(isChart) : super.charts;
  }

  /**
   * Writes all manifests to the output directory.
   *
   * @throws the errors of all constructs together; the files of the directory are then as before
   */
  public override synth(): void {
    TreeValidation.during(this, () => {
      const layout = LAYOUTS[this.yamlOutputType];
      const app = layout && this.prepared();
      if (app) { this.write(layout(app, this.outputFileExtension), app.charts); } else { super.synth(); }
    });
  }

  /** All manifests as one text of YAML. */
  public override synthYaml(): string {
    return TreeValidation.during(this, () => {
      const app = this.prepared();
      return app ? [...textsOf(manifestsOf(app.charts), app.print)].join('') : super.synthYaml();
    });
  }

  /** The validated app with the dependencies that follow from others, or nothing if cdk8s must write it. */
  private prepared(): PreparedApp | undefined {
    const constructs = this.node.findAll();
    if (!isKnownRelease() || !dependsOnItselfAlone(constructs)) { return undefined; }
    validateAll(constructs);
    const hasDependantCharts = resolveDependencies(this.node.findAll());
    return { charts: this.charts, hasDependantCharts, print: (document) => this.printer().print(document) };
  }

  private write(files: Iterable<OutputText>, charts: readonly Chart[]): void {
    const output = new StagedOutput(this.outdir);
    try {
      for (const { path, texts } of files) { output.write(path, texts); }
      if (this.recordsConstructMetadata) { output.write('construct-metadata.json', [constructMetadata(charts)]); }
      output.publish(this.removesStaleFiles ? output.others(this.outputFileExtension) : []);
    } catch (error) {
      output.discard();
      throw error;
    }
  }
}

/** Where each object is defined. Source: cdk8s src/app.ts, `writeConstructMetadata`. */
function constructMetadata(charts: readonly Chart[]): string {
  const resources = Object.fromEntries(charts.flatMap(objectsInOrder).map(({ name, node }) => [name, { path: node.path }]));
  return JSON.stringify({ version: '1.0.0', resources });
}
