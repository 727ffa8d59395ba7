import { isNamedByServer } from './named-by-server';
import { mapping } from '../../data';
import { displayName, inNamespace, type Manifest, type ManifestIndex, podTemplateOf } from '../../kubernetes';
import { SCOPE_LABEL } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { kubernetesPage } from '../engine/sources';

export const objectDuplicate: Rule<ManifestTarget> = {
  id: 'object-duplicate',
  code: 'PGTLS-N02',
  title: 'duplicate object (same kind, namespace and name)',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/overview/working-with-objects/names/', 'Object Names and IDs', 'the object that is applied later overwrites the other one')],
  check: ({ at, manifests }, report) => {
    const first = manifests.find(at.group, at.kind, at.namespace, at.name, at)!;
    // Each file that needs a Namespace declares it.
    const isShared = at.kind === 'Namespace' && first.file !== at.file;
    if (first !== at && at.kind !== '' && !isShared && !isNamedByServer(at.manifest)) {
      report('metadata.name', `${displayName(at)}${inNamespace(at.namespace)} is declared twice, first at '${first.path}'`);
    }
    const database = databaseOfStore(at, manifests);
    if (database !== undefined) {
      report('metadata.name', `${displayName(at)}${inNamespace(at.namespace)} is a part of the store that Patroni creates for database '${database}'`);
    }
  },
  fix: 'rename one of them',
};

/** The database with Patroni in whose store a ConfigMap is: applied from Git, it would reset the store. */
function databaseOfStore(at: Manifest, manifests: ManifestIndex): string | undefined {
  const name = at.group === '' && at.kind === 'ConfigMap' ? /^(.+)-ha-(?:config|failover|leader|sync)$/.exec(at.name)?.[1] : undefined;
  const database = name === undefined ? undefined : manifests.find('apps', 'StatefulSet', at.namespace, name, at);
  return database !== undefined && mapping(mapping(podTemplateOf(database)?.['metadata'])['labels'])[SCOPE_LABEL] === `${name}-ha` ? name : undefined;
}
