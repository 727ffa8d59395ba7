import { isGiven, mapping, valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { type OperatorDatabase, operatorCertificate } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile, source } from '../engine/sources';

export const operatorSecretNotReloaded: Rule<OperatorDatabase> = {
  id: 'operator-secret-not-reloaded',
  code: 'PGTLS-O05',
  severity: Severity.WARNING,
  title: 'Secret of a CloudNativePG Cluster or Pooler without the label cnpg.io/reload',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    cloudNativePgFile('internal/controller/cluster_predicates.go', 'hasReloadLabelSet: changes of other Secrets start nothing'),
    cloudNativePgFile('docs/src/certificates.md', 'cnpg.io/reload'),
    source('tried: a renewed certificate was not served after 59 s, and with the label within 0.8 s'),
  ],
  check: (database, report) => {
    const { secrets, reloadLabel, manifests, at: { namespace } } = database;
    if (reloadLabel === undefined) { return; }
    for (const { name, field } of secrets.filter((secret, index) => secrets.findIndex((other) => other.name === secret.name) === index)) {
      const certificate = operatorCertificate(database, name);
      const declared = manifests.find('', 'Secret', namespace, name, database.at)?.manifest;
      const labels = [valueAt(certificate?.spec, 'secretTemplate.labels'), valueAt(declared, 'metadata.labels')].map(mapping);
      if (certificate?.isRenewed === true && !labels.some((given) => isGiven(given[reloadLabel]))) {
        report(field, `${displayName(certificate.at)} writes Secret '${name}' without the label ${reloadLabel}: instances keep the old certificate after a renewal`);
      }
    }
  },
  fix: "set the label in the Certificate: secretTemplate: { labels: { cnpg.io/reload: 'true' } }; or acknowledge the warning if instances are reloaded in another way",
};
