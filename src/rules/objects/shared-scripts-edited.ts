import { mapping, text, valueAt } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';
import { SCRIPTS_LABEL, scriptsDigest } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { kubernetesPage, source } from '../engine/sources';

export const sharedScriptsEdited: Rule<ManifestTarget> = {
  id: 'shared-scripts-edited',
  code: 'PGTLS-P147',
  title: 'shared scripts that differ from the digest in their name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesPage('concepts/configuration/configmap/', 'ConfigMaps', 'the data of an immutable ConfigMap cannot be changed'),
    source('this package: running pods keep the scripts that they were created with until the name changes'),
  ],
  check: ({ at }, report) => {
    const digest = digestOf(at);
    if (digest === undefined) { return; }
    if (scriptsDigest(mapping(at.manifest['data'])) !== digest) {
      report('data', `${displayName(at)} has other data than the digest '${digest}' in its name and label: the API server rejects the change of an immutable ConfigMap`);
    } else if (!at.name.endsWith(`-${digest}`)) {
      report('metadata.name', `${displayName(at)} is not named after its digest '${digest}'`);
    } else if (at.manifest['immutable'] !== true) {
      report('immutable', `${displayName(at)} is not immutable`);
    }
  },
  fix: 'remove the patch; the scripts change with the version of this package',
  fixInYaml: 'restore the ConfigMap as this package wrote it',
};

function digestOf({ group, kind, manifest }: Manifest): string | undefined {
  const label = group === '' && kind === 'ConfigMap' ? mapping(valueAt(manifest, 'metadata.labels'))[SCRIPTS_LABEL] : undefined;
  return label === undefined ? undefined : text(label);
}
