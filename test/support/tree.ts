import { App, Chart, Testing } from 'cdk8s';

/** A manifest as written; tests assert on parts of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Manifest = any;

/** A chart in the namespace `demo` of an app of its own. */
export function chartIn(namespace: string | undefined = 'demo', id = 'chart', app: App = new App()): Chart {
  return new Chart(app, id, { namespace });
}

/** The manifest of one kind and name that the chart writes. */
export function written(chart: Chart, kind: string, name?: string): Manifest {
  const matches = Testing.synth(chart).filter((manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name));
  if (matches.length !== 1) { throw new Error(`expected one ${kind} ${name ?? ''}, got ${matches.length}`); }
  return matches[0];
}

/** The error of the synthesis, or an empty text without one. */
export function refusal(chart: Chart): string {
  try {
    Testing.synth(chart);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
