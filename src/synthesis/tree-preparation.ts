import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { memoizeByObject } from '../data';

/** A dependency as cdk8s lists it. */
interface Dependency {
  readonly source: IConstruct;
  readonly target: IConstruct;
}

/**
 * Throws the errors of all constructs together, as `App.synth()` does.
 *
 * Source: cdk8s src/app.ts, `validate`.
 */
export function validateAll(constructs: readonly IConstruct[]): void {
  const errors = constructs.flatMap(({ node }) => node.validate().map((error) => `[${node.path}] ${error}`));
  if (errors.length > 0) { throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`); }
}

/** Whether each construct depends on constructs of the same tree alone. cdk8s finds the others by their path, so that another construct may be meant. */
export function dependsOnItselfAlone(constructs: readonly IConstruct[]): boolean {
  const dependencies = dependenciesOf(constructs);
  if (dependencies.length === 0) { return true; }
  const tree = new Set(constructs);
  return dependencies.every(({ target }) => tree.has(target));
}

/**
 * Adds the dependencies between charts and between objects that follow from those between constructs, as `App.synth()` does. A second call adds nothing.
 *
 * Source: cdk8s src/app.ts, `resolveDependencies`.
 *
 * @param constructs all constructs of the app, in the order of the tree
 * @returns whether a chart depends on another: the names of files then begin with a number
 */
export function resolveDependencies(constructs: readonly IConstruct[]): boolean {
  let hasDependantCharts = false;
  for (const parent of constructs.filter(isChart)) {
    for (const child of parent.node.children.filter(isChart)) {
      parent.node.addDependency(child);
      hasDependantCharts = true;
    }
  }
  for (const { source, target } of dependenciesOf(constructs)) {
    const [sourceChart, targetChart] = [Chart.of(source), Chart.of(target)];
    if (sourceChart !== targetChart) {
      sourceChart.node.addDependency(targetChart);
      hasDependantCharts = true;
    }
  }
  const objects = memoizeByObject((construct: IConstruct) => objectsOf(construct.node.findAll(), Chart.of(construct)));
  for (const { source, target } of dependenciesOf(constructs)) {
    for (const targetObject of objects(target)) {
      for (const sourceObject of objects(source)) {
        if (targetObject !== sourceObject) { sourceObject.node.addDependency(targetObject); }
      }
    }
  }
  return hasDependantCharts;
}

/** The objects of a chart among constructs, in their order. */
export function objectsOf(constructs: readonly IConstruct[], chart: Chart): ApiObject[] {
  return constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && Chart.of(construct) === chart);
}

/** Whether a construct is a chart. */
export function isChart(construct: IConstruct): construct is Chart {
  return Chart.isChart(construct);
}

function dependenciesOf(constructs: readonly IConstruct[]): Dependency[] {
  return constructs.flatMap((source) => source.node.dependencies.map((target) => ({ source, target })));
}
