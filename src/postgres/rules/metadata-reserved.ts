import type { DatabaseContext } from '../plan/database-context';
import { objectLabels } from '../plan/names';
import { Consequence, Rule } from '../../rules';

const OWN_PREFIX = 'cdk8s-postgres-tls/';

export const metadataReserved: Rule<DatabaseContext> = {
  id: 'metadata-reserved',
  code: 'PGTLS-P93',
  title: 'metadata with a label or annotation of this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, Labels and Selectors; Prometheus Operator, ServiceMonitor: finds the Service by its labels',
  check: ({ plan: { name, metadata } }) => [
    ...Object.keys(metadata.labels ?? {}).filter((label) => label in objectLabels(name) || label.startsWith(OWN_PREFIX)).map((label) => `metadata: label '${label}' is reserved for this package`),
    ...Object.keys(metadata.annotations ?? {}).filter((annotation) => annotation.startsWith(OWN_PREFIX)).map((annotation) => `metadata: annotation '${annotation}' is reserved for this package`),
  ],
  fix: 'choose another key; set the name of the database with metadata.name',
};
