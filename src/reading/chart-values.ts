import { isGiven, type Mapping, text, valueAt } from '../data';

/** A file with values for a chart of Helm, which state a setting of the cluster. */
export interface ChartValues {
  readonly file: string;
  readonly content: Mapping;
}

/** Values of cert-manager's and trust-manager's charts that decide where they look up Secrets; no other chart has these names. */
const SETTINGS = ['clusterResourceNamespace', 'app.trust.namespace'];

/** Whether a document is values of a chart that state where cert-manager or trust-manager looks up Secrets. */
export function statesNamespace(content: Mapping): boolean {
  return !isGiven(content['apiVersion']) && !isGiven(content['kind']) && SETTINGS.some((path) => text(valueAt(content, path)) !== '');
}
