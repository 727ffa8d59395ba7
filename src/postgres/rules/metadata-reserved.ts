import type { DatabaseContext } from '../plan/database-context';
import { objectLabels } from '../plan/names';
import { entryPath } from '../../data';
import { Consequence, kubernetesPage, type Rule, SERVICE_MONITOR } from '../../rules';

const OWN_PREFIX = 'cdk8s-postgres-tls/';

export const metadataReserved: Rule<DatabaseContext> = {
  id: 'metadata-reserved',
  code: 'PGTLS-P93',
  title: 'metadata with a label or annotation of this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [kubernetesPage('concepts/overview/working-with-objects/labels/', 'Labels and Selectors'), SERVICE_MONITOR],
  check: ({ plan: { name, metadata } }, report) => {
    for (const label of Object.keys(metadata.labels ?? {})) {
      if (label in objectLabels(name) || label.startsWith(OWN_PREFIX)) { report(entryPath('metadata.labels', label), `metadata: label '${label}' is reserved for this package`); }
    }
    for (const annotation of Object.keys(metadata.annotations ?? {})) {
      if (annotation.startsWith(OWN_PREFIX)) { report(entryPath('metadata.annotations', annotation), `metadata: annotation '${annotation}' is reserved for this package`); }
    }
  },
  fix: 'choose another key; set the name of the database with metadata.name',
};
